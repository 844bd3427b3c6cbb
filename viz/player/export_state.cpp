#include "viz/player/export_state.h"

#include <algorithm>

namespace cutaway::viz {

Stretch export_stretch(const Player& player, ExportRange range) {
  const StepIndex& index = player.index();
  if (range == ExportRange::Story) return {index.beginning(), player.count()};
  const StepSize size = range == ExportRange::Command ? StepSize::Command : StepSize::Beat;
  Stretch stretch = index.stretch_at(size, player.position());
  // Before anything has happened: the first one.
  if (stretch.to == 0) stretch = {0, index.next(size, 0)};
  return stretch;
}

ExportRange next_range(ExportRange range, int by) {
  return static_cast<ExportRange>(std::clamp(static_cast<int>(range) + by, 0, 2));
}

void ask_export(ExportState& state, const Player& player, ExportForm form) {
  if (!is_film(form)) {
    state.asks.push_back({form, {player.position(), player.position()}});
  } else if (!state.job) {
    state.asks.push_back({form, export_stretch(player, state.range)});
  }
}

}  // namespace cutaway::viz
