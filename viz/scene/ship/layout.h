// Where everything of the ship stands: computed once, from the area and from what is there, never
// from time. Private to viz/scene. The same model and area give the same places.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "viz/scene/geometry.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

struct Span {
  double x = 0;
  double w = 0;
  [[nodiscard]] double right() const { return x + w; }
  [[nodiscard]] double mid() const { return x + w / 2; }
};

// Somebody who has a row. `more` > 0: the row that stands for all who found no place.
struct Seat {
  const Actor* actor = nullptr;
  int row = 0;
};

struct OutlineBox {
  const Container* container = nullptr;
  Rect box;
  double card_w = 0;
  std::size_t cards = 0;  // how many task cards find room
  double side_x = 0;      // where notes may begin
};

struct GateBox {
  const Actor* actor = nullptr;
  double x = 0;  // middle
  double w = 0;
};

struct ShipLayout {
  Rect area;
  bool afar = false;              // level "ship"
  double gutter = 0;              // left of the hull, for the names of decks
  double hull_x = 0, hull_w = 0;  // outer
  double in_x = 0, in_w = 0;      // inside the walls
  double engine_y = 0, engine_h = 0, engine_w = 0;
  double proc_y = 0, proc_h = 0;
  double plate_y = 0;
  double rows_y = 0, rows_h = 0;
  double tables_y = 0, tables_h = 0;
  double meters_y = 0;  // hardware begins here under the meters …
  double hard_y = 0;    // … and here under the tables
  double keel_y = 0, bottom = 0;
  std::array<Span, kColumnCount> columns;
  double disk_wall_x = 0, leg_x = 0;  // where the kernel steps down, twice
  double row_pitch = 36;
  int row_capacity = 3;
  bool engine_folded = false;
  bool hardware_folded = false;  // its rooms have their names alone

  std::vector<Seat> seats;
  int more = 0;              // containers that have no row at all
  bool guest = false;        // the last row, which stands for those, is lent to one who asks
  std::vector<Rect> places;  // of outlines, by slot; the last is for "+ n more" if need be
  std::vector<OutlineBox> outlines;
  int more_outlines = 0;
  std::vector<GateBox> gates;
  double signal_port = 0;             // where the present signal comes up
  std::map<std::string, Rect> tasks;  // cards, by task id

  [[nodiscard]] const Span& column(Column c) const { return columns[index_of(c)]; }
  // Middle of the gap to the right of a column: the only places where wires rise.
  [[nodiscard]] double gap_after(Column c) const;
  [[nodiscard]] double row_y(int row) const;
  // Places inside the disk's column, one for each row.
  [[nodiscard]] int disk_slots() const;
  [[nodiscard]] Span disk_slot(int row) const;
  [[nodiscard]] Span net_slot(int row) const;
  [[nodiscard]] double node_x(int row, Column c) const;
  // The room of a column below the rows: hardware, or the table that it ends in.
  [[nodiscard]] Rect room(Column c) const;
  [[nodiscard]] const GateBox* gate_of(const Actor& actor) const;
  [[nodiscard]] const Seat* seat_of(int slot) const;
  [[nodiscard]] int row_of(int slot) const;  // -1: none
  [[nodiscard]] bool figures() const { return row_pitch >= 31; }
};

// Columns that end in a table of the kernel: it comes down to the keel there.
constexpr bool is_table(Column c) {
  return c == Column::Pid || c == Column::User || c == Column::Uts;
}

[[nodiscard]] ShipLayout ship_layout(const ShipModel& model, const Rect& area);
// The least area that the layout can serve with all its decks open, and with Hardware folded.
inline constexpr double kShipMinWidth = 900;
inline constexpr double kShipMinHeight = 504;
inline constexpr double kShipFoldedHeight = 420;
// … and with an open Engine in a low hull that has an outside.
inline constexpr double kShipOutsideHeight = 526;

}  // namespace cutaway::viz
