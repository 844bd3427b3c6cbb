// Widths from the advance tables.
#include "viz/scene/metrics.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

#include "font_tables.inc"

constexpr char32_t kReplacement = 0xFFFD;

const GlyphAdvance* find(const FontTable& table, char32_t code_point) {
  // A table begins with the letters of ASCII, none missing: what nearly all text is made of.
  const std::size_t guess = code_point - table.glyphs[0].code_point;
  if (guess < table.glyph_count && table.glyphs[guess].code_point == code_point)
    return table.glyphs + guess;
  const GlyphAdvance* end = table.glyphs + table.glyph_count;
  const auto* at = std::lower_bound(
      table.glyphs, end, code_point,
      [](const GlyphAdvance& glyph, char32_t code) { return glyph.code_point < code; });
  return at != end && at->code_point == code_point ? at : nullptr;
}

// A glyph that no font has is drawn as U+FFFD, or as "?" where the font lacks even that: as ImGui
// does.
int advance(const FontTable& table, char32_t code_point) {
  for (const char32_t code : {code_point, kReplacement, U'?'}) {
    if (const GlyphAdvance* glyph = find(table, code)) {
      return glyph->advance;
    }
  }
  return 0;
}

/// Of those that are longer than one byte; 0: there is none such.
int sequence_length(unsigned char lead) {
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  const int length = sequence_length(lead);
  if (length == 0 || at + static_cast<std::size_t>(length) > text.size()) {
    ++at;
    return kReplacement;
  }
  char32_t code = lead & (0xFFU >> (length + 1));
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
    if ((byte & 0xC0U) != 0x80U) {
      ++at;
      return kReplacement;
    }
    code = (code << 6U) | (byte & 0x3FU);
  }
  at += static_cast<std::size_t>(length);
  return code;
}

FontMetrics FontMetrics::bundled() {
  FontMetrics metrics;
  metrics.tables_[0] = &kInterRegularTable;
  metrics.tables_[1] = &kInterSemiBoldTable;
  metrics.tables_[2] = &kMonoRegularTable;
  metrics.tables_[3] = &kMonoBoldTable;
  return metrics;
}

const FontTable& FontMetrics::table(bool mono, bool bold) const {
  return *tables_[(mono ? 2 : 0) + (bold ? 1 : 0)];
}

double FontMetrics::width(std::string_view text, const FontStyle& style) const {
  const FontTable& font = table(style.mono, style.bold);
  int units = 0;
  for (std::size_t at = 0; at < text.size();) {
    units += advance(font, next_code_point(text, at));
  }
  return units * style.size / font.units_per_em;
}

double FontMetrics::line_height(const FontStyle& style) const {
  const FontTable& font = table(style.mono, style.bold);
  return (font.ascent - font.descent) * style.size / font.units_per_em;
}

std::string FontMetrics::cut(std::string_view text, const FontStyle& style,
                             double width_max) const {
  if (width(text, style) <= width_max) {
    return std::string(text);
  }
  const double room = width_max - width("…", style);
  const FontTable& font = table(style.mono, style.bold);
  std::size_t keep = 0;
  int units = 0;
  for (std::size_t at = 0; at < text.size();) {
    units += advance(font, next_code_point(text, at));
    if (units * style.size / font.units_per_em > room) break;
    keep = at;
  }
  while (keep > 0 && text[keep - 1] == ' ') {
    --keep;
  }
  // A stump says nothing: better an empty place, and the whole in the tooltip.
  if (keep < 2 || (keep < 4 && keep * 2 < text.size())) {
    return "";
  }
  return std::string(text.substr(0, keep)) + "…";
}

std::string shortened_figure(std::string_view figure) {
  std::string text(figure);
  for (const char* unit : {"KiB", "MiB", "GiB", "TiB", "kB", "MB", "GB"}) {
    const std::size_t at = text.find(unit);
    if (at != std::string::npos) return text.replace(at, std::string_view(unit).size(), 1, unit[0]);
  }
  const bool address = text.find_first_not_of("0123456789.") == std::string::npos &&
                       std::count(text.begin(), text.end(), '.') == 3;
  if (!address) return text;
  const std::size_t last = text.rfind('.');
  return text.substr(text.rfind('.', last - 1));
}

const std::uint16_t* glyph_ranges() { return kRanges; }

}  // namespace cutaway::viz
