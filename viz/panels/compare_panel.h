// Two runs as two aligned lists: step, what each side did, how they differ and why.
#pragma once

#include <cstddef>
#include <optional>

#include "viz/panels/ui.h"
#include "viz/player/compare_list.h"

namespace cutaway::viz {

struct ComparePanelState {
  std::size_t selected = 0;
  std::size_t scrolled_to = static_cast<std::size_t>(-1);  ///< line that was brought into view
};

struct CompareNames {
  std::string_view left, right;  ///< "Simulated", "Real"
};

/// The line that was clicked on, if any.
std::optional<std::size_t> draw_compare_panel(const Ui& ui, const Rect& box,
                                              ComparePanelState& state, const CompareList& list,
                                              const CompareNames& names);

/// The sign of a line: its shape says it, its colour repeats it.
Color sign_color(const Theme& theme, const CompareLine& line);

}  // namespace cutaway::viz
