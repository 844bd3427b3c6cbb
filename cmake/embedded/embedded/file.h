// A file that was put into the program when it was built (cmake/embed.cmake).
#pragma once

#include <string_view>

namespace cutaway {

struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

}  // namespace cutaway
