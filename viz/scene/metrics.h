// FontMetrics: how wide words are, known without a font file or ImGui. The advances are made at
// build time from the bundled fonts (metrics_gen.py), and tests/viz compares them with what ImGui
// measures.
//
//   const FontMetrics metrics = FontMetrics::bundled();
//   double w = metrics.width("pivot_root", {.size = 15, .mono = true, .bold = true});
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway::viz {

struct GlyphAdvance {
  std::uint16_t code_point;
  std::uint16_t advance;  // in units of the font's em
};

struct FontTable {
  int units_per_em;
  int ascent;
  int descent;  // negative
  const GlyphAdvance* glyphs;
  std::size_t glyph_count;
};

// Inter or JetBrains Mono, each in two weights (Semi Bold and Bold).
struct FontStyle {
  double size = 13;
  bool mono = false;
  bool bold = false;
};

class FontMetrics {
 public:
  [[nodiscard]] static FontMetrics bundled();

  [[nodiscard]] double width(std::string_view text, const FontStyle& style) const;
  [[nodiscard]] const FontTable& table(bool mono, bool bold) const;
  // Height of a line as fonts and ImGui count it (ascent and descent) for an em of this size.
  [[nodiscard]] double line_height(const FontStyle& style) const;

  // The longest beginning that fits, with "…" when something is missing; empty when hardly anything
  // would be left.
  [[nodiscard]] std::string cut(std::string_view text, const FontStyle& style,
                                double width_max) const;

 private:
  const FontTable* tables_[4] = {};
};

// A figure in fewer letters, for where it does not fit: "111.5 MiB" → "111.5 M", "172.17.0.2" →
// ".0.2".
[[nodiscard]] std::string shortened_figure(std::string_view figure);

// Pairs first, last, …, 0: what the tables know, and what an atlas has to bake.
[[nodiscard]] const std::uint16_t* glyph_ranges();

// Reads one code point and moves on; a broken byte is U+FFFD and one byte long.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);

}  // namespace cutaway::viz
