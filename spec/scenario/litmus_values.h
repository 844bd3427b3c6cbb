// Checks of single values of litmus programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/document.h"

namespace cutaway::spec {

/// An "expect" of a call.
void check_result(Problems& problems, const Json& value, const std::string& pointer);
bool good_variable(std::string_view name);
/// Of every syscall, for suggestions.
const std::vector<std::string>& syscall_names();

}  // namespace cutaway::spec
