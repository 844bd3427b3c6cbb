// "6.12.3-cloud" as a number that can be compared.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace cutaway::spec {

/// major << 16 | minor; what is no number counts as 0.
inline std::uint32_t kernel_version(std::string_view text) {
  std::uint32_t parts[2] = {0, 0};
  std::size_t at = 0;
  for (std::uint32_t& part : parts) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9' && part < 0x1000)
      part = part * 10 + static_cast<std::uint32_t>(text[at++] - '0');
    if (at < text.size() && text[at] == '.') ++at;
  }
  return parts[0] << 16 | (parts[1] & 0xffff);
}

}  // namespace cutaway::spec
