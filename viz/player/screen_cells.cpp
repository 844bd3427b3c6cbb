#include "viz/player/screen_cells.h"

#include "base/text.h"

namespace cutaway::viz {
namespace {

constexpr std::uint32_t kBehindWide = 0xFFFFFFFF;  // libvterm's mark of a wide letter's second cell

/// As UTF-8; what is no letter becomes U+FFFD.
void append_utf8(std::string& text, std::uint32_t point) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  const bool bad = point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF);
  const std::uint32_t p = bad ? kReplacement : point;
  const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (p < 0x80) return add(p);
  if (p < 0x800) {
    add(0xC0 | (p >> 6));
  } else if (p < 0x10000) {
    add(0xE0 | (p >> 12));
    add(0x80 | ((p >> 6) & 0x3F));
  } else {
    add(0xF0 | (p >> 18));
    add(0x80 | ((p >> 12) & 0x3F));
    add(0x80 | ((p >> 6) & 0x3F));
  }
  add(0x80 | (p & 0x3F));
}

TerminalColor color_of(const VTermColor& color, bool is_default) {
  if (is_default) return kOwnColor;
  if (VTERM_COLOR_IS_INDEXED(&color)) return color.indexed.idx;
  return kTrueColor | (color.rgb.red << 16) | (color.rgb.green << 8) | color.rgb.blue;
}

LetterLook ink_of(const VTermScreenCell& cell) {
  LetterLook ink;
  ink.text = color_of(cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
  ink.ground = color_of(cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
  ink.bold = cell.attrs.bold != 0;
  ink.italic = cell.attrs.italic != 0;
  ink.underline = cell.attrs.underline != 0;
  ink.reverse = cell.attrs.reverse != 0;
  ink.strike = cell.attrs.strike != 0;
  return ink;
}

bool is_empty(const VTermScreenCell& cell, RowEnd end) {
  const bool blank = cell.chars[0] == 0 || (cell.chars[0] == ' ' && end == RowEnd::Letters);
  return blank && ink_of(cell) == LetterLook();
}

void append_letter(std::string& text, const VTermScreenCell& cell) {
  if (cell.chars[0] == 0) {
    text += ' ';
    return;
  }
  for (const std::uint32_t point : cell.chars) {
    if (point == 0) break;
    append_utf8(text, point);
  }
}

std::string sgr_color(TerminalColor color, int base) {
  if (color == kOwnColor) return "";
  if (color < kTrueColor) return ";" + decimal(base) + ";5;" + decimal(color);
  return ";" + decimal(base) + ";2;" + decimal((color >> 16) & 0xFF) + ";" +
         decimal((color >> 8) & 0xFF) + ";" + decimal(color & 0xFF);
}

}  // namespace

ScreenLine line_of(const VTermScreenCell* cells, int columns, RowEnd row_end) {
  ScreenLine line;
  int end = columns;
  while (row_end != RowEnd::Edge && end > 0 && is_empty(cells[end - 1], row_end)) --end;
  bool wide_before = false;
  bool plain = true;
  for (int column = 0; column < end; ++column) {
    const VTermScreenCell& cell = cells[column];
    if (cell.chars[0] == kBehindWide) continue;
    const LetterLook ink = ink_of(cell);
    if (line.runs.empty() || wide_before || line.runs.back().ink != ink)
      line.runs.push_back({line.text.size(), 0, static_cast<std::size_t>(column), ink});
    append_letter(line.text, cell);
    line.runs.back().to = line.text.size();
    line.runs.back().wide = wide_before = cell.width > 1;
    plain = plain && !wide_before && ink == LetterLook();
  }
  if (plain) line.runs.clear();
  return line;
}

std::string sgr(const LetterLook& ink) {
  std::string codes = "0";
  if (ink.bold) codes += ";1";
  if (ink.italic) codes += ";3";
  if (ink.underline) codes += ";4";
  if (ink.reverse) codes += ";7";
  if (ink.strike) codes += ";9";
  return "\x1b[" + codes + sgr_color(ink.text, 38) + sgr_color(ink.ground, 48) + "m";
}

}  // namespace cutaway::viz
