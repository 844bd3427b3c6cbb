// Places of the large Engine. Private to viz/scene.
#pragma once

#include <vector>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {

inline constexpr double kTerminalReads = 180;  // a narrower terminal only has its name

struct LargeLayout {
  Rect hull;              // outer, with the folded decks below
  double shoulder_x = 0;  // right end of the superstructure; the hub lies beyond
  Rect engine;            // inside the walls
  Rect terminal, client, server, cache, hub;
  double cards_y = 0;  // of the sentences' heading
  double folded_y = 0, folded_h = 30;
};
[[nodiscard]] LargeLayout large_layout(const EngineModel& engine, const Rect& area);

struct LargeDraw {
  const ShipDraw& d;
  const LargeLayout& l;
  [[nodiscard]] const EngineModel& engine() const { return d.model.engine; }
  [[nodiscard]] const Theme& t() const { return d.t(); }
};

void draw_large_stations(const LargeDraw& g);
void draw_large_messages(const LargeDraw& g);
void draw_large_cards(const LargeDraw& g);

}  // namespace cutaway::viz
