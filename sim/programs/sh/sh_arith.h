// Arithmetic of the shell: $(( … )), let. 64-bit integers with C's operators.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/programs/sh/sh_state.h"

namespace cutaway::sim::sh {

struct Arithmetic {
  std::int64_t value = 0;
  std::string error;  ///< ash's words: "divide by zero" …
};
/// Assignments within change the shell's variables.
Arithmetic evaluate(std::string_view expression, Shell& shell);

}  // namespace cutaway::sim::sh
