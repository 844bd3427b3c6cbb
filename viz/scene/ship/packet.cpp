// The present call: its way, its bead, its label at the gate, the numbered stations, and its answer.
#include "viz/scene/ship/packet.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kFlagGap = 34;        // from the middle of a gate to its label
constexpr double kAnswerGap = 10;
constexpr double kStreamWidth = 5;

Color packet_color(const ShipDraw& d, const Packet& p) {
  return d.color(p.slot);
}

// Does it go on below the row, into a table?
bool goes_through(const Packet& p) {
  return p.reach == Where::Table || p.reach == Where::Hardware;
}

void draw_way(const ShipDraw& d, const Packet& p, const PacketWay& way) {
  const auto fade = d.b.faded(d.motion.opacity);
  const auto id = d.b.as("packet");
  const double width = p.stream ? kStreamWidth : measure::kTravelled;
  const double travelled = d.motion.rest ? 1e9 : way.distance_at(d.motion.travelled);
  if (way.drop.empty()) {
    wire(d.b, {way.points, packet_color(d, p), width, travelled});
  } else {
    // Behind the entry of the table, out of its foot, and through the floor.
    const std::vector<Point> down_to_table(way.points.begin(), way.points.end() - 1);
    wire(d.b, {down_to_table, packet_color(d, p), width, travelled});
    wire(d.b, {way.drop, packet_color(d, p), width, travelled - (length_of(way.points) - length_of(way.drop))});
  }
  draw_cells(d, false);
  // The node through which it passed stands out.
  const Point* node = way.place_of(Where::Row);
  if (node != nullptr && p.column && goes_through(p) && d.motion.reached(2)) {
    d.b.circle(*node, 7, {packet_color(d, p), {d.t().deck[2], 2, {}}});
  }
}

Point bead_place(const ShipDraw& d, const PacketWay& way) {
  const double length = way.distances.back();
  const double at = d.motion.rest ? length : way.distance_at(d.motion.at);
  return point_along(way.points, std::max(0.0, at - (d.motion.returning ? 0 : d.motion.setback_px)));
}

void draw_bead(const ShipDraw& d, const Packet& p, const PacketWay& way) {
  const auto id = d.b.as("packet");
  const auto fade = d.b.faded(d.motion.opacity);
  const Color color = packet_color(d, p);
  const bool settled = d.motion.rest || d.motion.returning;
  if (settled) {
    // Where it got stays marked while the answer is on its way up.
    const Point end = point_along(way.points, way.distances.back());
    bead(d.b, end, {p.refused ? BeadKind::Refusal : BeadKind::Call, color, p.refused ? 0.6 : 1});
    if (d.motion.returning) bead(d.b, bead_place(d, way), {p.refused ? BeadKind::Refusal : BeadKind::Answer, color, 0});
    return;
  }
  const bool stopped = p.refused && d.motion.setback_px > 0;
  bead(d.b, bead_place(d, way), {stopped ? BeadKind::Refusal : BeadKind::Call, color, 1});
}

// Right of its gate, or left of it where the right has no room.
void draw_labels(const ShipDraw& d, const Packet& p, const PacketWay& way) {
  const auto id = d.b.as("packet");
  const double y = d.l.plate_y + measure::kPlate / 2;
  Flag call = {.text = p.label, .color = packet_color(d, p)};
  const bool answered = p.answer.has_value() && d.motion.answer > 0;
  const Flag answer = {.text = p.answer.value_or(""), .color = p.refused ? d.t().bad : packet_color(d, p), .solid = false,
                       .verdict = p.refused ? Verdict::Bad : Verdict::None};
  const double answer_w = p.answer ? flag_width(d.b, answer) + kAnswerGap : 0;
  const double right_room = d.l.in_x + d.l.in_w - 8 - (way.gate_x + kFlagGap);
  const double left_room = way.gate_x - kFlagGap - d.l.in_x - 8;
  const bool right = flag_width(d.b, call) + answer_w <= right_room || right_room >= left_room;
  const double room = std::max(60.0, (right ? right_room : left_room) - answer_w);
  const double pad = flag_width(d.b, call) - d.b.width(call.text, {.mono = true, .bold = true});
  call.text = d.b.metrics().cut(call.text, {call.size, true, true}, room - pad);
  const double w = flag_width(d.b, call);
  const double x = right ? way.gate_x + kFlagGap : way.gate_x - kFlagGap - w - answer_w;
  {
    const auto fade = d.b.faded(d.motion.opacity);
    flag(d.b, {x, y}, call);
  }
  d.b.hit("packet", {x, y - kFlagHeight / 2, w, kFlagHeight});
  if (!answered) return;
  const auto fade = d.b.faded(d.motion.answer);
  flag(d.b, {x + w + kAnswerGap, y}, answer);
}

// A balloon sits on its wire, away from words.
Point balloon_place(const ShipDraw& d, const Packet& p, const PacketWay& way, Where where) {
  const Point* at = way.place_of(where);
  const Point end = point_along(way.points, way.distances.back());
  const int row = std::max(d.l.row_of(p.slot), 0);
  switch (where) {
    case Where::Task:
      return p.slot < 0 ? Point{at->x + 9, at->y + 16} : Point{at->x, d.l.plate_y - 20};
    case Where::Gate:
      // Below the opening, between the rows, where no figure of a meter is.
      return {way.gate_x, row > 0 ? (d.l.row_y(row - 1) + d.l.row_y(row)) / 2 : d.l.rows_y + 12};
    case Where::Row:
      return {(way.gate_x + at->x) / 2 + 8, at->y};
    case Where::Table: {
      if (p.column == Column::Mount) {
        const Span slot = d.l.disk_slot(row);
        return {slot.right() - 2, at->y};
      }
      return {at->x + 24, at->y - 4};
    }
    case Where::Hardware:
      return {at->x + 25, at->y - 9};
    case Where::Answer:
      return end;
  }
  return end;
}

void draw_balloons(const ShipDraw& d, const Packet& p, const PacketWay& way) {
  const auto id = d.b.as("packet");
  const auto fade = d.b.faded(d.motion.opacity);
  for (const Station& station : p.stations) {
    const auto stop = std::find(way.stops.begin(), way.stops.end(), station.where);
    if (station.number == 0 || stop == way.stops.end()) continue;
    const bool reached = d.motion.reached(static_cast<int>(stop - way.stops.begin()));
    balloon(d.b, balloon_place(d, p, way, station.where), station.number, station.done && reached);
  }
}

}  // namespace

void draw_packet(const ShipDraw& d) {
  if (!d.model.packet) return;
  const Packet& p = *d.model.packet;
  const PacketWay way = packet_way(d.model, d.l, p);
  if (way.empty()) return;
  draw_way(d, p, way);
  draw_labels(d, p, way);
  draw_bead(d, p, way);
  draw_balloons(d, p, way);
}

// The kernel reaches up beside the container's gate: a syscall filter has no say in signals.
void draw_signal(const ShipDraw& d) {
  if (!d.model.signal) return;
  const Signal& s = *d.model.signal;
  const Seat* seat = d.l.seat_of(s.slot);
  const auto card = d.l.tasks.find(s.task);
  if (seat == nullptr || card == d.l.tasks.end()) return;
  const Theme& t = d.t();
  const auto id = d.b.as("signal");
  const Rect& box = card->second;
  const GateBox* gate = d.l.gate_of(*seat->actor);
  const double x = box.x + std::min(box.w - 20, 90.0);
  const double port = gate == nullptr ? x : gate->x + gate->w / 2 + measure::kSignalPort;
  const double y = d.l.row_y(seat->row);
  d.b.rect({port - 7, d.l.plate_y - 1, measure::kSignalPort, 26}, 0, {t.deck[2], {}});
  for (const double edge : {port - 7, port + 7}) d.b.line({edge, d.l.plate_y - 1}, {edge, d.l.plate_y + 25}, {t.edge, 1.2, {}});
  const double foot = box.bottom() + 5;
  const std::vector<Point> way = {{port, y}, {port, d.l.plate_y - 7}, {x, d.l.plate_y - 7}, {x, foot}};
  wire(d.b, {way, t.bad, 2.5});
  if (s.dropped) d.b.rect({box.x + 8, box.bottom() - 1, box.w - 16, 5}, 2, {t.text, {}});
  bead(d.b, {x, foot + 1}, {BeadKind::Signal, t.bad, 0});
  flag(d.b, {port + 18, d.l.plate_y + measure::kPlate / 2},
       {.text = s.label, .color = t.bad, .solid = !s.dropped, .verdict = s.dropped ? Verdict::Bad : Verdict::None});
}

}  // namespace cutaway::viz
