// Where a packet goes: task foot, gate, row of who asks, node, its own table, and on through the
// floor if the call reaches hardware. No search: the same World gives the same way.
#include <algorithm>
#include <cmath>

#include "viz/scene/ship/layout_people.h"
#include "viz/scene/ship/packet.h"

namespace cutaway::viz {
namespace {

constexpr double kAbovePlate = 7;
constexpr double kNarrowPlace = 40;  // a place whose letter the bead would cover
constexpr double kRightsPx = 34;     // from the gate to where rights are checked
constexpr double kPastMeters = 40;   // a row that goes on so far beyond them
constexpr double kStayPx = 84;       // how far right of its gate a call rests that asks no table

struct WayWriter {
  PacketWay& way;

  void go(Point p) {
    if (way.points.empty() ||
        std::hypot(way.points.back().x - p.x, way.points.back().y - p.y) > 0.5) {
      way.points.push_back(p);
    }
  }
  void stop(Where where, Point p) {
    way.stops.push_back(where);
    way.places.push_back(p);
  }
};

void leave_task(WayWriter& w, const ShipLayout& l, const Rect& card) {
  const double along = l.plate_y - kAbovePlate;
  // A task of the list may ask for a container: the runtime does, before it joins.
  w.way.from_list = in_host_list(l, card);
  if (w.way.from_list) {
    // Beside the cards, which stand above each other.
    const double x = card.right() + 6;
    w.go({card.right(), card.mid_y()});
    w.stop(Where::Task, {card.right(), card.mid_y()});
    w.go({x, card.mid_y()});
    w.go({x, along});
  } else {
    const double x = card.x + std::min(kTaskFootX, card.w / 2);
    w.go({x, card.bottom()});
    w.stop(Where::Task, {x, card.bottom()});
    w.go({x, along});
  }
  w.go({w.way.gate_x, along});
}

// A task that is folded into "+ n" has no card: its call comes from the deck.
void leave_unseen(WayWriter& w, const ShipLayout& l) {
  const Point from = {w.way.gate_x, l.plate_y - 9};
  w.way.unseen = true;
  w.go(from);
  w.stop(Where::Task, from);
}

void pass_gate(WayWriter& w, const ShipLayout& l) {
  const Point middle = {w.way.gate_x, l.plate_y + measure::kPlate / 2};
  w.stop(Where::Gate, middle);
}

// The upper edge of the entry, so that the bead does not cover its words.
double table_top(const ShipLayout& l, int row, Column c) {
  if (c == Column::Mount) return l.tables_y + 5;
  if (c == Column::Net) return l.tables_y + (row > 0 ? 1 : 33);
  return l.tables_y + 3;
}

// A call that asks no table rests on the row, past the meters.
double resting_x(const ShipLayout& l, double gate_x) {
  const double meters_end = l.column(Column::Memory).right();
  return gate_x < meters_end ? meters_end + 20 : gate_x + kStayPx;
}

// A meter is met from the side where the gate is.
double meter_end(const ShipLayout& l, Column c, double gate_x) {
  const Span& s = l.column(c);
  return gate_x > s.mid() ? s.right() - 14 : s.x + 8;
}

void fall_into_hardware(WayWriter& w, const ShipModel& model, const ShipLayout& l,
                        const Packet& packet, int row) {
  const double x = w.way.points.back().x;
  const Column c = *packet.column;
  double y = l.hardware_folded ? l.hard_y - 3 : l.room(c).y + 6;
  if (c == Column::Mount && !l.hardware_folded) {
    const auto& layers = model.hardware.layers;
    const bool layer = std::any_of(layers.begin(), layers.end(),
                                   [&](const Layer& k) { return k.asker == packet.slot; });
    y += layer && row > 0 ? 18.5 : -2;  // the upper edge of the top, or of the layers under it
    if (!layer && l.disk_slot(row).w < kNarrowPlace)
      y -= 8;  // above the letter, which has no room aside
  }
  w.go({x, y});
  w.stop(Where::Hardware, {x, y});
  // The host's entry stands at the very foot of the interfaces.
  const double foot = l.tables_y + l.tables_h + (c == Column::Net ? 1 : -6);
  w.way.drop = {{x, std::min(foot, y)}, {x, y}};
}

PacketWay measured(PacketWay way) {
  for (const Point& p : way.places) way.distances.push_back(distance_to(way.points, p));
  return way;
}

// A meter is met from the side where the gate is; a node from above.
double row_end(const ShipLayout& l, const Packet& packet, int row, double gate_x) {
  const bool meter = packet.column == Column::Cpu || packet.column == Column::Memory;
  return !packet.column ? resting_x(l, gate_x)
         : meter        ? meter_end(l, *packet.column, gate_x)
                        : l.node_x(row, *packet.column);
}

// Where the row begins: a little way off the gate, towards where it goes on to.
Point rights_place(const ShipLayout& l, const Packet& packet, int row, double gate_x) {
  const double to = row_end(l, packet, row, gate_x);
  // Past the meters, whose figures need their room.
  const double meters_end = l.column(Column::Memory).right();
  if (gate_x < meters_end && to > meters_end + kPastMeters)
    return {meters_end + kRightsPx / 3, l.row_y(row)};
  const double step = std::min(kRightsPx, std::abs(to - gate_x) / 2);
  return {gate_x + (to > gate_x ? step : -step), l.row_y(row)};
}

bool goes_beyond(Where reach, Where than) {
  return static_cast<int>(reach) > static_cast<int>(than);
}

}  // namespace

double PacketWay::distance_at(double station) const {
  if (distances.empty()) return 0;
  const double last = static_cast<double>(distances.size() - 1);
  const double at = std::clamp(station, 0.0, last);
  const auto before = static_cast<std::size_t>(at);
  if (before + 1 >= distances.size()) return distances.back();
  return distances[before] +
         (distances[before + 1] - distances[before]) * (at - static_cast<double>(before));
}

const Point* PacketWay::place_of(Where where) const {
  for (std::size_t i = 0; i < stops.size(); ++i) {
    if (stops[i] == where) return &places[i];
  }
  return nullptr;
}

int PacketWay::index_of(Where where) const {
  const auto found = std::find(stops.begin(), stops.end(), where);
  return static_cast<int>(found - stops.begin());
}

PacketWay packet_way(const ShipModel& model, const ShipLayout& l, const Packet& packet) {
  PacketWay way;
  const Seat* seat = l.seat_of(packet.slot);
  const GateBox* gate = seat == nullptr ? nullptr : l.gate_of(*seat->actor);
  if (gate == nullptr) return way;
  WayWriter w = {way};
  way.gate_x = gate->x;
  const auto card = l.tasks.find(packet.task);
  if (card != l.tasks.end()) {
    leave_task(w, l, card->second);
  } else {
    leave_unseen(w, l);
  }
  pass_gate(w, l);
  if (goes_beyond(packet.reach, Where::Gate)) {
    const double y = l.row_y(seat->row);
    w.go({way.gate_x, y});
    if (packet.rights) {
      const Point at = rights_place(l, packet, seat->row, way.gate_x);
      w.go(at);
      w.stop(Where::Rights, at);
      if (packet.reach == Where::Rights) return measured(way);
    }
    const bool meter = packet.column == Column::Cpu || packet.column == Column::Memory;
    const double x = row_end(l, packet, seat->row, way.gate_x);
    w.go({x, y});
    w.stop(Where::Row, {x, y});
    if (packet.column && !meter && goes_beyond(packet.reach, Where::Row)) {
      const double top = table_top(l, seat->row, *packet.column);
      w.go({x, top});
      w.stop(Where::Table, {x, top});
      if (goes_beyond(packet.reach, Where::Table))
        fall_into_hardware(w, model, l, packet, seat->row);
    }
  } else {
    w.go({way.gate_x, l.plate_y + measure::kPlate / 2});
  }
  return measured(way);
}

}  // namespace cutaway::viz
