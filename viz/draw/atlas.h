// PictureAtlas: what drawing needs from a font atlas: the four fonts at the sizes of the tokens,
// the patterns of the containers, the hull's hatch and the glow. All in one texture, so that a
// whole frame is one draw call.
//
//   ImFontAtlas* fonts = ImGui::GetIO().Fonts;
//   PictureAtlas atlas = bake_atlas(*fonts, {inter, inter_semi_bold, mono, mono_bold}, scale);
//   … upload fonts->GetTexDataAsRGBA32() as usual …
#pragma once

#include <imgui.h>

#include <array>
#include <cstddef>
#include <vector>

#include "viz/scene/metrics.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

// A font file in memory; it must outlive the atlas.
struct FontFile {
  const void* data = nullptr;
  std::size_t size = 0;
};
using FontFiles =
    std::array<FontFile, 4>;  // Inter Regular, Inter Semi Bold, JetBrains Mono Regular, Bold

// A block of the texture that holds whole tiles of a pattern: side in pixels, place in the texture.
struct PatternBlock {
  int side_px = 0;
  ImVec2 uv0;
  ImVec2 uv1;
};

// A font of the atlas. ImGui::PushFont(baked.font) sets text of exactly this size.
struct BakedFont {
  FontStyle style = {};
  ImFont* font = nullptr;
  double baseline_px = 0;  // below the top of a line

  // What ImGui calls the size: the height of a line, in pixels.
  [[nodiscard]] float line_px() const { return font->FontSize * font->Scale; }
};

class PictureAtlas {
 public:
  // The font to draw this style with: the next larger size where the exact one is not baked.
  [[nodiscard]] const BakedFont& font(const FontStyle& style) const;
  [[nodiscard]] const PatternBlock& pattern(Pattern pattern) const {
    return blocks_[static_cast<std::size_t>(pattern)];
  }
  [[nodiscard]] const PatternBlock& glow() const { return glow_; }
  [[nodiscard]] ImVec2 white() const { return white_; }
  [[nodiscard]] double scale() const { return scale_; }

 private:
  friend PictureAtlas bake_atlas(ImFontAtlas& atlas, const FontFiles& files, double scale);
  std::vector<BakedFont> fonts_;
  std::array<PatternBlock, kPatternCount> blocks_ = {};
  PatternBlock glow_;
  ImVec2 white_;
  double scale_ = 1;
};

// Clears the atlas, adds everything and builds it. The first font of the atlas is Inter Regular 15.
[[nodiscard]] PictureAtlas bake_atlas(ImFontAtlas& atlas, const FontFiles& files, double scale);

}  // namespace cutaway::viz
