// Front door: a litmus program as text, for an executable file that holds one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "spec/litmus.h"

namespace cutaway::spec {

/// A program as text and back, with the pointers of its steps.
std::string litmus_text(const LitmusProgram& program);
Result<LitmusProgram> litmus_from_text(std::string_view text);

}  // namespace cutaway::spec
