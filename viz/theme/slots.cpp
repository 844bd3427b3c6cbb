// Which sign a slot has.
#include "viz/theme/slots.h"

#include <array>
#include <cstddef>

namespace cutaway::viz {
namespace {

constexpr int kSlotColors = 8;

constexpr std::array<int, kPatternCount> kTilePx = {8, 10, 7, 10, 10, 8, 12, 10, 7, 8};
constexpr std::array<const char*, kPatternCount> kPatternNames = {
    "dots", "dashes", "bars", "plus", "rings", "checks", "waves", "chevrons", "hatch", "stop"};
constexpr std::array<const char*, kSlotColors> kDarkNames = {"sky",    "mint",   "orange", "mauve",
                                                             "indigo", "yellow", "cyan",   "sand"};
constexpr std::array<const char*, kSlotColors> kLightNames = {
    "sky", "forest", "orange", "plum", "indigo", "olive", "teal", "umber"};

std::size_t wrapped(int slot) { return static_cast<std::size_t>(slot % kSlotColors); }

}  // namespace

int pattern_tile_px(Pattern pattern) { return kTilePx[static_cast<std::size_t>(pattern)]; }

const char* pattern_name(Pattern pattern) {
  return kPatternNames[static_cast<std::size_t>(pattern)];
}

Color slot_color(const Theme& theme, int slot) {
  return slot < 0 ? theme.host : theme.container[wrapped(slot)];
}

Pattern slot_pattern(int slot) {
  return slot < 0 ? Pattern::Bars : static_cast<Pattern>((slot + slot / kSlotColors) % kSlotColors);
}

std::string slot_letter(int slot) {
  if (slot < 0) {
    return "";
  }
  std::string letter(1, static_cast<char>('A' + slot % 26));
  return slot < 26 ? letter : letter + std::to_string(slot / 26 + 1);
}

const char* slot_color_name(const Theme& theme, int slot) {
  if (slot < 0) {
    return "grey";
  }
  return theme.dark ? kDarkNames[wrapped(slot)] : kLightNames[wrapped(slot)];
}

}  // namespace cutaway::viz
