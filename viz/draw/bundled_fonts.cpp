#include "viz/draw/bundled_fonts.h"

#include "fonts/fonts.h"

namespace cutaway::viz {

FontFiles bundled_fonts() {
  const auto file = [](EmbeddedFont font) { return FontFile{font.data, font.size}; };
  return {file(inter_regular()), file(inter_semibold()), file(mono_regular()), file(mono_bold())};
}

}  // namespace cutaway::viz
