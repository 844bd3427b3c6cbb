// Which themes somebody can choose, in the order of the switch.
#include <array>

#include "viz/panels/window.h"

namespace cutaway::viz {
namespace {

struct Row {
  ThemeChoice choice;
  const Theme* theme;
};
constexpr std::array<Row, 3> kRows = {{{ThemeChoice::Dark, &kDark},
                                       {ThemeChoice::Light, &kLight},
                                       {ThemeChoice::Projector, &kProjector}}};

}  // namespace

const Theme& theme_of(ThemeChoice choice) { return *kRows[static_cast<std::size_t>(choice)].theme; }

ThemeChoice next_theme(ThemeChoice choice) {
  return kRows[(static_cast<std::size_t>(choice) + 1) % kRows.size()].choice;
}

ThemeChoice theme_choice(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.theme->name == name) return row.choice;
  }
  return ThemeChoice::Dark;
}

}  // namespace cutaway::viz
