// What a half-typed line can become.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_complete.h"

namespace cutaway::app {

/// The names that a session knows.
struct ShellNames {
  spec::KnownNames docker;
  std::vector<std::string> futures;
};

/// Words that the last word of `line` (typed up to here) can become, sorted; whole words, without
/// what stands before them.
std::vector<std::string> shell_candidates(std::string_view line, const ShellNames& names);

}  // namespace cutaway::app
