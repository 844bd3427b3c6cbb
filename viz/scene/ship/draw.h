// What every part of the ship's picture is given. Private to viz/scene.
#pragma once

#include "viz/anim/packet_motion.h"
#include "viz/scene/builder.h"
#include "viz/scene/ship/layout.h"
#include "viz/scene/ship_words.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {

struct ShipDraw {
  SceneBuilder& b;
  const ShipModel& model;
  const ShipLayout& l;
  const ShipWords& words;
  const PacketMotion& motion;

  [[nodiscard]] const Theme& t() const { return b.theme(); }
  [[nodiscard]] Color color(int slot) const { return slot_color(b.theme(), slot); }
  // Under a lens everything but its own container is quiet.
  [[nodiscard]] double strength(int slot) const {
    return !model.lit || *model.lit == slot ? 1.0 : 0.22;
  }
};

// A slice: a share of something, or an entry of a table. Its colour says whose it is.
struct Slice {
  int slot = kHostSlot;
  std::string label = {};
  std::string figure = {};
  bool strong = false;
  bool mono = true;
  double words_to = 0;   // where its words must end, if not at its own end
  int ring = kHostSlot;  // slot of who is just using it: a contour in that colour
  bool ringed = false;
};
void draw_slice(const ShipDraw& d, const Rect& box, const Slice& slice);

// Who works just now speaks, who took part is quiet, who is at rest is quieter.
[[nodiscard]] Color name_color(const Theme& theme, StationState state);
// Does somebody there act, or ask, just now?
[[nodiscard]] bool acts(const ShipDraw& d, const Container& container);

// What lies around a hull that is a virtual machine.
void draw_outside(const ShipDraw& d, const Rect& area);
// The room that it leaves for the hull; the area itself where there is no such outside.
[[nodiscard]] Rect hull_area(const ShipModel& model, const Rect& area);

void draw_hull(const ShipDraw& d);
void draw_deck_names(const ShipDraw& d);
void draw_legend(const ShipDraw& d);
void draw_engine(const ShipDraw& d);
void draw_processes(const ShipDraw& d);
// The clock of a grace, in the outline of its container; false: there is no room for it.
bool draw_grace(const ShipDraw& d, const Rect& room);
void draw_gates(const ShipDraw& d);
void draw_rows(const ShipDraw& d);
// Meters and nodes; once more after the wires, so that a path visibly runs through what checks it.
void draw_cells(const ShipDraw& d, bool figures);
void draw_tables(const ShipDraw& d);
void draw_hardware(const ShipDraw& d);
void draw_feet(const ShipDraw& d);  // the names of the columns; from afar after what moves
void draw_disk(const ShipDraw& d);
// What stops a dropped signal, at the task's door; beneath the packet of the same task.
void draw_door(const ShipDraw& d);
class Plate;
void draw_packet(const ShipDraw& d, Plate& plate);
// Of its stations, where there is room: when all else is drawn.
void draw_numbers(const ShipDraw& d);
void draw_signal(const ShipDraw& d, Plate& plate);
void draw_frame(const ShipDraw& d);
void draw_loss(const ShipDraw& d, Plate& plate);
void draw_nameplate(const ShipDraw& d, const Plate& plate);

// Where there is no room for decks: each is one line, and those that find none are left out.
void draw_strips(const ShipDraw& d, const Rect& area);

// The large arrangement: the Engine takes the room, the other decks are one line each.
[[nodiscard]] bool engine_is_large(const ShipModel& model);
inline constexpr double kLargeMinWidth = 980;
inline constexpr double kLargeMinHeight = 500;
void draw_large_engine(const ShipDraw& d, const Rect& area);

}  // namespace cutaway::viz
