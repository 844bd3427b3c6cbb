// What lies in a folder.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace cutaway::real {

/// Sorted, without "." and "..". An error: it cannot be read.
Result<std::vector<std::string>> names_in(const std::string& folder);
/// The same, and no names where there is no such folder.
std::vector<std::string> names_if_any(const std::string& folder);

}  // namespace cutaway::real
