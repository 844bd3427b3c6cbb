// Decks from the height, columns from the width, rows from who is there.
#include "viz/scene/ship/layout.h"

#include <algorithm>
#include <cmath>

#include "viz/scene/ship/layout_people.h"
#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

namespace m = measure;

constexpr std::array<double, kColumnCount> kColumnWidth = {84, 122, 252, 142, 98, 66, 84};
// From afar no figures stand beside the meters, and the names at the foot are larger than all else.
constexpr std::array<double, kColumnCount> kColumnWidthAfar = {72, 100, 252, 150, 90, 86, 122};
// Of what is spare, a column takes this share; of what is missing, it gives at most this many
// pixels.
constexpr std::array<double, kColumnCount> kGains = {0, 0.1, 0, 0.1, 0, 0, 0};
constexpr std::array<double, kColumnCount> kGives = {0, 8, 0, 10, 6, 4, 0};
constexpr double kGivesAt = 40;  // pixels missing
constexpr double kEngineHeight = 80;
constexpr double kEngineFolded = 26;
constexpr double kEngineFoldsBelow = 560;  // height of the area
constexpr double kHardwareFolded = 26;
constexpr double kRowsHead = 29;  // names of columns
constexpr int kRowsMax = 12;
constexpr double kHostShare = 0.78;   // of a container's place on the disk
constexpr double kPitchFigures = 36;  // a row with the figures of its meters …
constexpr double kPitchTight = 31;    // … the least for those …
constexpr double kPitchNames = 22;    // … with its name …
constexpr double kPitchTags = 14;     // … with its tag alone

// The heights of the decks: what they have at scale 1, and how far they give way or grow.
struct Heights {
  double engine = kEngineHeight;
  double processes = 142;
  double rows = 142;
  double tables = 64;
  double hardware = 138;

  [[nodiscard]] double total() const {
    return m::kWall + engine + m::kFloor + processes + m::kPlate + rows + tables + m::kFloor +
           hardware + m::kKeel;
  }
};

double pitch_for(int capacity) {
  return capacity <= 4 ? kPitchFigures : capacity <= 6 ? kPitchNames : kPitchTags;
}

double least_pitch_for(int capacity) {
  return capacity <= 3 ? kPitchTight : capacity <= 6 ? kPitchNames : kPitchTags;
}

int capacity_for(int rows) { return rows <= 3 ? 3 : rows <= 4 ? 4 : rows <= 6 ? 6 : kRowsMax; }

// Takes up to `most` from a deck while something is missing.
void give(double& deck, double most, double& missing) {
  const double part = std::clamp(missing, 0.0, std::max(most, 0.0));
  deck -= part;
  missing -= part;
}

// Rows first get their names and figures, then the other decks their air.
void use_spare(Heights& h, double spare, int capacity) {
  const double wish = kRowsHead + 6 + capacity * (capacity <= 6 ? kPitchFigures : kPitchNames);
  const double rows = std::clamp(wish - h.rows, 0.0, spare * 0.6);
  h.rows += rows;
  spare -= rows;
  h.processes += std::min(spare * 0.22, 40.0);
  h.tables += std::min(spare * 0.10, 24.0);
  h.rows += std::min(spare * 0.08, 20.0);
}

// What is still missing at the end cannot be given: then fewer rows must do.
struct Fit {
  Heights heights;
  double missing = 0;
};

// What is folded, in the order of the tokens.
struct Folds {
  bool engine = false;
  bool hardware = false;
};

Fit fit_heights(double height, int rows, int capacity, const Folds& folds) {
  Fit fit;
  Heights& h = fit.heights;
  h.engine = folds.engine ? kEngineFolded : kEngineHeight;
  if (folds.hardware) h.hardware = kHardwareFolded;
  h.rows = std::max(h.rows, kRowsHead + capacity * pitch_for(capacity) + 5);
  fit.missing = h.total() - height;
  if (fit.missing <= 0) {
    use_spare(h, -fit.missing, capacity);
    // Hardware takes what is left; where it is folded, the processes do.
    double& rest = folds.hardware ? h.processes : h.hardware;
    rest = 0;
    rest = height - h.total();
    return fit;
  }
  give(h.rows, h.rows - (kRowsHead + rows * pitch_for(capacity) + 6), fit.missing);
  give(h.hardware, folds.hardware ? 0 : 30, fit.missing);
  give(h.processes, 22, fit.missing);
  give(h.tables, 8, fit.missing);
  give(h.rows, h.rows - (kRowsHead + rows * least_pitch_for(capacity) + 6), fit.missing);
  return fit;
}

Fit fit_heights(const ShipModel& model, double height, int rows, int capacity) {
  // Where a socket pierces the hull, that is to be seen.
  const double folds_below = model.outside ? kShipOutsideHeight : kEngineFoldsBelow;
  const bool folded = model.size[0] == ShipModel::Size::Folded || height < folds_below;
  const bool put_away = model.size[0] != ShipModel::Size::Large &&
                        model.size[kDeckCount - 1] == ShipModel::Size::Folded;
  const bool low = height < kShipMinHeight || put_away;
  const Fit fit = fit_heights(height, rows, capacity, {folded, low});
  return fit.missing > 0 && !folded ? fit_heights(height, rows, capacity, {true, low}) : fit;
}

// Rows that are needed: those of all who have one, "+ n more", and what is kept free for others.
int rows_needed(const ShipLayout& l, const ShipModel& model, int rows_max) {
  int rows = 0;
  for (const Seat& seat : l.seats) rows = std::max(rows, seat.row + 1);
  return std::min(std::max(rows + (l.more > 0 ? 1 : 0), places_for(model) + 1), rows_max);
}

void place_decks(ShipLayout& l, const Heights& h) {
  l.engine_y = l.area.y + m::kWall;
  l.engine_h = h.engine;
  l.engine_folded = h.engine < 40;
  l.hardware_folded = h.hardware < 40;
  l.proc_y = l.engine_y + h.engine + m::kFloor;
  l.proc_h = h.processes;
  l.plate_y = l.proc_y + h.processes;
  l.rows_y = l.plate_y + m::kPlate;
  l.rows_h = h.rows;
  l.tables_y = l.rows_y + h.rows;
  l.tables_h = h.tables;
  l.meters_y = l.tables_y + m::kFloor;
  l.hard_y = l.tables_y + h.tables + m::kFloor;
  l.keel_y = l.hard_y + h.hardware;
  l.bottom = l.keel_y + m::kKeel;
}

void place_columns(ShipLayout& l) {
  const auto& widths = l.afar ? kColumnWidthAfar : kColumnWidth;
  l.gutter = l.afar ? 0 : m::kGutter;
  l.hull_x = l.area.x + l.gutter;
  l.hull_w = l.area.w - l.gutter;
  l.in_x = l.hull_x + m::kWall;
  l.in_w = l.hull_w - 2 * m::kWall;
  l.engine_w = l.hull_w - 158;
  double fixed = 2 * m::kGap + (kColumnCount - 1) * m::kGap;
  for (const double width : widths) fixed += width;
  const double spare = l.in_w - fixed;
  // What is left goes to the disk, whose words are the longest; what is missing, every column gives
  // a little.
  double x = l.in_x + m::kGap;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    double width = widths[i];
    width += spare > 0 ? std::min(spare * kGains[i], 60.0)
                       : -kGives[i] * std::min(-spare / kGivesAt, 1.0);
    l.columns[i] = {x, width};
    x += width + m::kGap;
  }
  const double rest = l.in_x + l.in_w - m::kGap - (x - m::kGap);
  l.columns[index_of(Column::Mount)].w += rest;
  for (std::size_t i = index_of(Column::Net); i < widths.size(); ++i) l.columns[i].x += rest;
  l.disk_wall_x = l.column(Column::Mount).x - m::kGap / 2;
  l.leg_x = l.column(Column::Pid).x - m::kGap / 2;
}

}  // namespace

double ShipLayout::gap_after(Column c) const { return column(c).right() + m::kGap / 2; }

double ShipLayout::row_y(int row) const {
  return rows_y + kRowsHead + row_pitch * row + row_pitch / 2 + (figures() ? 3 : 0);
}

int ShipLayout::disk_slots() const { return row_capacity; }

Span ShipLayout::disk_slot(int row) const {
  const Span& c = column(Column::Mount);
  const int n = disk_slots();
  const double gap = n <= 6 ? 6 : 3;
  // The host's place is narrower: its words are short.
  const double width = (c.w - gap * (n - 1)) / (n - 1 + kHostShare);
  if (row == 0) return {c.x, width * kHostShare};
  return {c.x + width * kHostShare + gap + (row - 1) * (width + gap), width};
}

Span ShipLayout::net_slot(int row) const {
  const Span& c = column(Column::Net);
  const int n = std::max(row_capacity - 1, 1);
  const double gap = n <= 4 ? 6 : 2;
  return {c.x + (row - 1) * (c.w + gap) / n, (c.w - gap * (n - 1)) / n};
}

double ShipLayout::node_x(int row, Column c) const {
  if (c == Column::Mount) {
    // Right of the short words that a way into the disk must pass.
    const Span slot = disk_slot(row);
    return slot.x + std::min(std::max(slot.w * 0.56, row == 0 ? 0.0 : 61.0), slot.w - 12);
  }
  if (c == Column::Net) {
    // The drop of the host passes between two places of containers, near the middle.
    const int half = row_capacity / 2;
    if (row == 0) return (net_slot(half).right() + net_slot(half + 1).x) / 2;
    const Span slot = net_slot(row);
    return row_capacity <= 3 ? slot.mid() + 10 : slot.mid();
  }
  const Span& s = column(c);
  const double step = std::min(14.0, (s.w - 24) / row_capacity);
  return s.right() - 14 - step * (row_capacity - 1 - row);
}

Rect ShipLayout::room(Column c) const {
  const Span& s = column(c);
  const double y = c == Column::Cpu || c == Column::Memory ? meters_y
                   : is_table(c)                           ? tables_y
                                                           : hard_y;
  return {s.x, y + 6, s.w, keel_y - y - (is_table(c) ? 52 : 36)};
}

const GateBox* ShipLayout::gate_of(const Actor& actor) const {
  for (const GateBox& gate : gates) {
    if (gate.actor == &actor) return &gate;
  }
  return nullptr;
}

const Seat* ShipLayout::seat_of(int slot) const {
  for (const Seat& seat : seats) {
    if (seat.actor->slot == slot) return &seat;
  }
  return nullptr;
}

int ShipLayout::row_of(int slot) const {
  const Seat* seat = seat_of(slot);
  return seat == nullptr ? -1 : seat->row;
}

ShipLayout ship_layout(const ShipModel& model, const Rect& area) {
  ShipLayout l;
  l.area = area;
  l.afar = model.level == Level::Ship;
  Fit fit;
  for (const int rows_max : {12, 6, 4, 3}) {
    seat_actors(l, model, rows_max);
    const int rows = rows_needed(l, model, rows_max);
    l.row_capacity = capacity_for(rows);
    fit = fit_heights(model, area.h, rows, l.row_capacity);
    if (fit.missing <= 0) break;
  }
  place_decks(l, fit.heights);
  const double pitch = (l.rows_h - kRowsHead - 5) / l.row_capacity;
  l.row_pitch = std::clamp(pitch, least_pitch_for(l.row_capacity), kPitchFigures);
  place_columns(l);
  place_outlines(l, model);
  place_host_tasks(l, model);
  place_gates(l, model);
  return l;
}

}  // namespace cutaway::viz
