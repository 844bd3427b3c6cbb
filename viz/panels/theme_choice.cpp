// Which themes somebody can choose, in the order of the switch.
#include <array>

#include "viz/panels/window.h"

namespace cutaway::viz {
namespace {

struct ThemeRow {
  ThemeChoice choice;
  const Theme* theme;
};
constexpr std::array<ThemeRow, 3> kThemeRows = {{{ThemeChoice::Dark, &kDark},
                                                 {ThemeChoice::Light, &kLight},
                                                 {ThemeChoice::Projector, &kProjector}}};

}  // namespace

const Theme& theme_of(ThemeChoice choice) {
  return *kThemeRows[static_cast<std::size_t>(choice)].theme;
}

ThemeChoice next_theme(ThemeChoice choice) {
  return kThemeRows[(static_cast<std::size_t>(choice) + 1) % kThemeRows.size()].choice;
}

ThemeChoice theme_choice(std::string_view name) {
  for (const ThemeRow& row : kThemeRows) {
    if (row.theme->name == name) return row.choice;
  }
  return ThemeChoice::Dark;
}

}  // namespace cutaway::viz
