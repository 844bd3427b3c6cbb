// SHA-256 as images use it.
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

/// 64 hex digits.
std::string sha256_hex(std::string_view bytes);
/// "sha256:" and 64 hex digits.
std::string sha256_digest(std::string_view bytes);

}  // namespace cutaway
