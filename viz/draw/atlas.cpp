// Baking fonts and patterns into one texture.
#include "viz/draw/atlas.h"

#include <algorithm>
#include <cmath>

#include "viz/draw/pattern_ink.h"
#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

constexpr int kBlockPx = 96;  // about; always a whole number of tiles
constexpr int kGlowPx = 64;

struct BakedSize {
  bool mono;
  bool bold;
  double size;
};
constexpr BakedSize kSizes[] = {
    {false, false, type::kMedium},   {false, false, type::kSmall}, {false, false, type::kLarge},
    {false, false, type::kSentence}, {false, false, type::kWide},  {false, false, type::kPresenter},
    {false, true, type::kSmall},     {false, true, type::kMedium}, {false, true, type::kLarge},
    {false, true, type::kSentence},  {false, true, type::kWide},   {false, true, type::kPresenter},
    {false, true, type::kHuge},      {true, false, type::kSmall},  {true, false, type::kMedium},
    {true, true, type::kSmall},      {true, true, type::kMedium},  {true, true, type::kLarge},
};

struct BlockPlan {
  int custom_rect = 0;
  int side = 0;
  double tile_px = 0;  // whole pixels at this scale
};

BlockPlan plan_block(ImFontAtlas& atlas, Pattern pattern, double scale) {
  BlockPlan plan;
  plan.tile_px = std::max(2.0, std::round(pattern_tile_px(pattern) * scale));
  const int tiles = std::max(1, static_cast<int>(kBlockPx * scale / plan.tile_px));
  plan.side = static_cast<int>(plan.tile_px) * tiles;
  plan.custom_rect = atlas.AddCustomRectRegular(plan.side, plan.side);
  return plan;
}

template <typename Ink>
PatternBlock fill_block(ImFontAtlas& atlas, int custom_rect, int side, Ink ink) {
  const ImFontAtlasCustomRect* rect = atlas.GetCustomRectByIndex(custom_rect);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int at = (rect->Y + y) * atlas.TexWidth + rect->X + x;
      atlas.TexPixelsAlpha8[at] =
          static_cast<unsigned char>(std::lround(ink(x + 0.5, y + 0.5) * 255));
    }
  }
  PatternBlock block;
  block.side_px = side;
  atlas.CalcCustomRectUV(rect, &block.uv0, &block.uv1);
  return block;
}

// ImGui 1.90 cuts a font's size down to whole pixels, which would change every width by up to a
// twentieth. So the glyphs are rasterised for the exact size through the density, laid out at the
// whole one, and scaled back to the exact one when drawn: texel for pixel. The baseline is put on a
// whole pixel by the glyphs' offset.
BakedFont add_font(ImFontAtlas& atlas, const FontFile& file, const FontStyle& style, double scale) {
  static const FontMetrics metrics = FontMetrics::bundled();
  static_assert(sizeof(ImWchar) == sizeof(std::uint16_t),
                "the ranges are written for 16-bit ImWchar");
  const FontTable& table = metrics.table(style.mono, style.bold);
  // ImGui counts a font's size from ascent to descent, designers by its em.
  const double exact = metrics.line_height(style) * scale;
  const double whole = std::floor(exact);
  const double density = exact / whole;
  const double ascent = static_cast<double>(table.ascent) / (table.ascent - table.descent);
  BakedFont baked = {style, nullptr, std::round(ascent * exact)};
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = style.size * scale < 24 ? 2 : 1;
  config.RasterizerDensity = static_cast<float>(density);
  config.GlyphOffset.y =
      static_cast<float>(baked.baseline_px / density - std::floor(ascent * whole + 1));
  // Small text is drawn without hinting: thin strokes fall between two pixels and pale. This gives
  // them back.
  config.RasterizerMultiply = style.size * scale < 18 ? 1.18F : 1.0F;
  baked.font = atlas.AddFontFromMemoryTTF(const_cast<void*>(file.data), static_cast<int>(file.size),
                                          static_cast<float>(whole), &config,
                                          reinterpret_cast<const ImWchar*>(glyph_ranges()));
  baked.font->Scale = static_cast<float>(density);
  return baked;
}

}  // namespace

const BakedFont& PictureAtlas::font(const FontStyle& style) const {
  const BakedFont* best = nullptr;
  for (const BakedFont& baked : fonts_) {
    if (baked.style.mono != style.mono || baked.style.bold != style.bold) continue;
    const bool enough = baked.style.size >= style.size - 0.01;
    const bool best_enough = best != nullptr && best->style.size >= style.size - 0.01;
    const bool nearer = best == nullptr || std::abs(baked.style.size - style.size) <
                                               std::abs(best->style.size - style.size);
    if (best == nullptr || (enough && !best_enough) || (enough == best_enough && nearer))
      best = &baked;
  }
  return best == nullptr ? fonts_.front() : *best;
}

PictureAtlas bake_atlas(ImFontAtlas& atlas, const FontFiles& files, double scale) {
  PictureAtlas picture;
  picture.scale_ = scale;
  atlas.Clear();
  atlas.TexGlyphPadding = 1;
  for (const BakedSize& size : kSizes) {
    const FontStyle style = {size.size, size.mono, size.bold};
    const std::size_t family = size.mono ? 2 : 0;
    const FontFile& file = files[family + (size.bold ? 1 : 0)];
    picture.fonts_.push_back(add_font(atlas, file, style, scale));
  }
  std::array<BlockPlan, kPatternCount> plans = {};
  for (std::size_t i = 0; i < plans.size(); ++i)
    plans[i] = plan_block(atlas, static_cast<Pattern>(i), scale);
  const int glow = atlas.AddCustomRectRegular(kGlowPx, kGlowPx);
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  picture.white_ = atlas.TexUvWhitePixel;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto pattern = static_cast<Pattern>(i);
    const double to_tile = pattern_tile_px(pattern) / plans[i].tile_px;
    picture.blocks_[i] =
        fill_block(atlas, plans[i].custom_rect, plans[i].side, [&](double x, double y) {
          return pattern_ink(pattern, x * to_tile, y * to_tile, 1 / to_tile);
        });
  }
  picture.glow_ = fill_block(atlas, glow, kGlowPx, [](double x, double y) {
    return glow_ink(std::hypot(x - kGlowPx / 2.0, y - kGlowPx / 2.0) / (kGlowPx / 2.0));
  });
  return picture;
}

}  // namespace cutaway::viz
