#include "viz/scene/channels_model.h"

namespace cutaway::viz {

std::string bytes_words(std::int64_t bytes) {
  if (bytes < 10'000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  const std::int64_t tenths = bytes / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " kB";
}

}  // namespace cutaway::viz
