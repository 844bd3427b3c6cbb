// Puts the parts of the ship together, in the order in which they lie above each other.
#include "viz/scene/ship.h"

#include <algorithm>

#include "viz/scene/loudness.h"
#include "viz/scene/ship/draw.h"
#include "viz/scene/ship/layout.h"
#include "viz/scene/ship/plate.h"

namespace cutaway::viz {
namespace {

void draw_decks(const ShipDraw& d, const Rect& area) {
  draw_outside(d, area);
  draw_hull(d);
  if (!d.l.afar) draw_deck_names(d);
  draw_engine(d);
  draw_processes(d);
  draw_gates(d);
  draw_rows(d);
  draw_tables(d);
  draw_hardware(d);
  draw_disk(d);
  draw_frame(d);
  draw_door(d);
  Plate plate(d);
  draw_packet(d, plate);
  draw_signal(d, plate);
  if (d.l.afar) return draw_feet(d);
  draw_loss(d, plate);
  draw_nameplate(d, plate);
  if (d.model.legend) draw_legend(d);
  draw_numbers(d);
}

// Level "ship": as small as need be, since only a few words are read from afar.
void draw_afar(const ShipDraw& d, const Rect& area) {
  const auto afar = d.b.from_afar();
  draw_decks(d, area);
}
constexpr double kLeastAfar = 0.5;

// Words of 13 may be drawn as words of 12 where a few pixels are missing, never smaller: what needs
// more room than there is shows less.
constexpr double kLeastShrink = 12.0 / 13;

struct Least {
  double w = 0;
  double h = 0;
};
constexpr Least kLarge = {kLargeMinWidth, kLargeMinHeight};
constexpr Least kDecks = {kShipMinWidth, kShipMinHeight};
constexpr Least kOutsideDecks = {kShipMinWidth, kShipOutsideHeight};
constexpr Least kFoldedDecks = {kShipMinWidth, kShipFoldedHeight};

double scale_for(const Rect& area, const Least& least) {
  return std::min({1.0, area.w / least.w, area.h / least.h});
}

using Arrangement = void (*)(const ShipDraw&, const Rect&);

struct Choice {
  Arrangement draw = draw_strips;
  double scale = 1;
};

Choice choose(const ShipModel& model, const Rect& area) {
  const double afar = scale_for(area, kDecks);
  if (model.level == Level::Ship && afar >= kLeastAfar) return {draw_afar, afar};
  const double large = scale_for(area, kLarge);
  if (engine_is_large(model) && large >= kLeastShrink) return {draw_large_engine, large};
  for (const Least& least : {model.outside ? kOutsideDecks : kDecks, kDecks, kFoldedDecks}) {
    const double scale = scale_for(hull_area(model, area), least);
    if (scale >= kLeastShrink) return {draw_decks, scale};
  }
  return {};
}

}  // namespace

Scene ship_scene(const ShipModel& model, const SceneStyle& style, const Rect& area,
                 const ShipWords& words, const PacketMotion& motion) {
  SceneBuilder builder(style.theme, style.metrics, area);
  const Choice choice = choose(model, area);
  const double scale = choice.scale;
  const auto scaled = builder.moved(scale, {area.x * (1 - scale), area.y * (1 - scale)});
  const Rect room = {area.x, area.y, area.w / scale, area.h / scale};
  const ShipLayout layout = ship_layout(model, hull_area(model, room));
  const ShipWords inside = words_inside(model, words);
  choice.draw({builder, model, layout, inside, motion}, room);
  Scene scene = builder.take();
  hush(scene, style.theme);
  return scene;
}

}  // namespace cutaway::viz
