// A container's sign: colour + pattern + letter, from the slot that it holds for life. The host has
// a plain grey.
#pragma once

#include <string>

#include "viz/theme/theme.h"

namespace cutaway::viz {

inline constexpr int kHostSlot = -1;

// Hatch and Stop are no container's: cut material, and time that was held back.
enum class Pattern { Dots, Dashes, Bars, Plus, Rings, Checks, Waves, Chevrons, Hatch, Stop };
inline constexpr int kPatternCount = 10;

// Side of the square that repeats, in pixels at scale 1.
[[nodiscard]] int pattern_tile_px(Pattern pattern);
[[nodiscard]] const char* pattern_name(Pattern pattern);

[[nodiscard]] Color slot_color(const Theme& theme, int slot);
// From slot 8 on the colours come again, each with the next slot's pattern, so that the pair stays
// unique.
[[nodiscard]] Pattern slot_pattern(int slot);
// A, B, … Z, A2, B2, …
[[nodiscard]] std::string slot_letter(int slot);
// The name of the colour in words: "sky", or on paper "teal" for what is "cyan" on blue.
[[nodiscard]] const char* slot_color_name(const Theme& theme, int slot);

}  // namespace cutaway::viz
