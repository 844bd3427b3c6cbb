// Puts the parts of the ship together, in the order in which they lie above each other.
#include "viz/scene/ship.h"

#include <algorithm>

#include "viz/scene/ship/draw.h"
#include "viz/scene/ship/layout.h"
#include "viz/scene/ship/plate.h"

namespace cutaway::viz {
namespace {

void draw_decks(const ShipDraw& d) {
  draw_hull(d);
  if (!d.l.afar) draw_deck_names(d);
  draw_engine(d);
  draw_processes(d);
  draw_gates(d);
  draw_rows(d);
  draw_tables(d);
  draw_hardware(d);
  draw_disk(d);
  Plate plate(d);
  draw_packet(d, plate);
  draw_signal(d, plate);
  if (d.l.afar) return;
  draw_nameplate(d, plate);
  if (d.model.legend) draw_legend(d);
}

}  // namespace

Scene ship_scene(const ShipModel& model, const SceneStyle& style, const Rect& area,
                 const ShipWords& words, const PacketMotion& motion) {
  SceneBuilder builder(style.theme, style.metrics, area);
  const double scale = std::min({1.0, area.w / kShipMinWidth, area.h / kShipMinHeight});
  const auto scaled = builder.moved(scale, {area.x * (1 - scale), area.y * (1 - scale)});
  const Rect room = {area.x, area.y, area.w / scale, area.h / scale};
  const ShipLayout layout = ship_layout(model, room);
  const ShipDraw draw = {builder, model, layout, words, motion};
  if (layout.afar) {
    const auto afar = builder.from_afar();
    draw_decks(draw);
  } else if (engine_is_large(model)) {
    draw_large_engine(draw, room);
  } else {
    draw_decks(draw);
  }
  return builder.take();
}

}  // namespace cutaway::viz
