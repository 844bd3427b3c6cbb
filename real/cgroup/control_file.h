// Files of cgroup folders: small texts, written in one call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::real {

/// One write(2); the kernel takes or refuses it as a whole.
Status write_control(const std::string& path, std::string_view text);
/// Without the newline at its end.
Result<std::string> read_control(const std::string& path);
/// The number behind `key` in "key value" lines, or the whole text with an empty key; −1 when there
/// is none.
std::int64_t number_in(std::string_view text, std::string_view key);
/// Paths of the folders below, deepest first, without `path` itself.
std::vector<std::string> folders_below(const std::string& path);

}  // namespace cutaway::real
