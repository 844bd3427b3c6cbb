#include "viz/panels/terminal_ink.h"

#include <array>
#include <utility>

namespace cutaway::viz {
namespace {

constexpr double kReadable = 4.5;  // WCAG 2, AA

// The sixteen that have names: black, red, green, yellow, blue, magenta, cyan, white, then
// brighter.
constexpr std::array<std::uint32_t, 16> kNamed = {
    0x2E3436, 0xCC0000, 0x4E9A06, 0xC4A000, 0x3465A4, 0x75507B, 0x06989A, 0xD3D7CF,
    0x555753, 0xEF2929, 0x8AE234, 0xFCE94F, 0x729FCF, 0xAD7FA8, 0x34E2E2, 0xEEEEEC};

/// 16 … 231: a cube of 6 x 6 x 6; 232 … 255: greys (as xterm has them).
std::uint32_t hex_of(TerminalColor color) {
  if (color >= kTrueColor) return static_cast<std::uint32_t>(color - kTrueColor);
  const auto n = static_cast<std::uint32_t>(color) & 0xFFU;
  if (n < kNamed.size()) return kNamed[n];
  if (n >= 232) return (8 + (n - 232) * 10) * 0x010101;
  const auto level = [](std::uint32_t step) { return step == 0 ? 0 : 55 + step * 40; };
  const std::uint32_t cell = n - 16;
  return (level(cell / 36) << 16U) | (level(cell / 6 % 6) << 8U) | level(cell % 6);
}

Color readable(Color ink, Color ground) {
  const Color white = rgb(0xFFFFFF);
  const Color black = rgb(0x000000);
  const Color end = contrast(white, ground) > contrast(black, ground) ? white : black;
  constexpr int kSteps = 20;
  for (int i = 0; i < kSteps; ++i) {
    const Color tried = mix(ink, end, static_cast<double>(i) / kSteps);
    if (contrast(tried, ground) >= kReadable) return tried;
  }
  return end;
}

}  // namespace

TerminalInk terminal_ink(const Theme& theme, const LetterLook& ink, Color usual_text) {
  TerminalInk look;
  look.text = ink.text == kOwnColor ? (ink.bold ? theme.text : usual_text) : rgb(hex_of(ink.text));
  if (ink.ground != kOwnColor) look.ground = rgb(hex_of(ink.ground));
  if (ink.reverse) {
    if (!look.ground.visible()) look.ground = theme.inset;
    std::swap(look.text, look.ground);
  }
  const bool own = ink.text == kOwnColor && ink.ground == kOwnColor && !ink.reverse;
  if (!own) look.text = readable(look.text, look.ground.visible() ? look.ground : theme.inset);
  return look;
}

}  // namespace cutaway::viz
