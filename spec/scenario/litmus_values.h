// Checks of single values of litmus programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/document.h"
#include "trace/event/shape.h"

namespace cutaway::spec {

/// Names of flags, constants and signals; other kinds are left to the interpreters.
void check_argument(Problems& problems, const ArgShape& shape, const Json& value,
                    const std::string& pointer);
/// An "expect" of a call.
void check_result(Problems& problems, const Json& value, const std::string& pointer);
bool good_variable(std::string_view name);
/// Of every syscall, for suggestions.
const std::vector<std::string>& syscall_names();

}  // namespace cutaway::spec
