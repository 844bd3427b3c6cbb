// PNG by stb_image_write, to memory.
#include "viz/export/image.h"

#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

namespace cutaway::viz {

std::string png(const Image& image) {
  std::string bytes;
  if (image.width <= 0 || image.height <= 0) return bytes;
  const auto append = [](void* context, void* data, int size) {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                               static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(append, &bytes, image.width, image.height, 4, image.rgba.data(),
                         image.width * 4);
  return bytes;
}

}  // namespace cutaway::viz
