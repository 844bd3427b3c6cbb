// The present call: its way, its bead, its label at the gate, the numbered stations, and its
// answer.
#include "viz/scene/ship/packet.h"

#include <algorithm>
#include <cmath>

#include "viz/scene/ship/plate.h"

namespace cutaway::viz {
namespace {

constexpr double kFlagGap = 34;  // from the middle of a gate to its label
constexpr double kAnswerGap = 10;
constexpr double kStreamWidth = 5;
constexpr double kNumberRoom = 18;      // of a balloon
constexpr double kPacketBeadRoom = 24;  // of a bead, with air

Color packet_color(const ShipDraw& d, const Packet& p) { return d.color(p.slot); }

// Does it go on below the row, into a table?
bool goes_through(const Packet& p) { return p.reach == Where::Table || p.reach == Where::Hardware; }

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
    wire(d.b, {way.drop, packet_color(d, p), width,
               travelled - (length_of(way.points) - length_of(way.drop))});
  }
  draw_cells(d, false);
  // The node through which it passed stands out.
  const Point* node = way.place_of(Where::Row);
  if (node != nullptr && p.column && goes_through(p) &&
      d.motion.reached(way.index_of(Where::Row))) {
    d.b.circle(*node, 7, {packet_color(d, p), {d.t().deck[2], 2, {}}});
  }
}

Point bead_place(const ShipDraw& d, const PacketWay& way) {
  const double length = way.distances.back();
  const double at = d.motion.rest ? length : way.distance_at(d.motion.at);
  return point_along(way.points,
                     std::max(0.0, at - (d.motion.returning ? 0 : d.motion.setback_px)));
}

// From afar letters stand close to the ways: a bead that came to rest keeps off them.
Point resting_place(const ShipDraw& d, Point end) {
  if (!d.l.afar) return end;
  for (const Point& by : {Point{0, 0}, {0, -12}, {0, 12}, {14, 0}, {-14, 0}}) {
    const Point at = {end.x + by.x, end.y + by.y};
    if (d.b.is_free({at.x - 8, at.y - 8, 16, 16})) return at;
  }
  return end;
}

void draw_bead(const ShipDraw& d, const Packet& p, const PacketWay& way) {
  const auto id = d.b.as("packet");
  const auto fade = d.b.faded(d.motion.opacity);
  const Color color = packet_color(d, p);
  const bool settled = d.motion.rest || d.motion.returning;
  if (settled) {
    // Where it got stays marked while the answer is on its way up.
    const Point end = resting_place(d, point_along(way.points, way.distances.back()));
    bead(d.b, end, {p.refused ? BeadKind::Refusal : BeadKind::Call, color, p.refused ? 0.6 : 1});
    if (d.motion.returning)
      bead(d.b, bead_place(d, way), {p.refused ? BeadKind::Refusal : BeadKind::Answer, color, 0});
    return;
  }
  const bool stopped = p.refused && d.motion.setback_px > 0;
  bead(d.b, bead_place(d, way), {stopped ? BeadKind::Refusal : BeadKind::Call, color, 1});
}

struct Labels {
  Flag call;
  Flag answer;
  double call_x = 0;
  double answer_x = 0;
  Span place;  // of both
};

// Shortened until it is no wider; the answer may take half of the room, the call has the rest.
void fit_flag(const ShipDraw& d, Flag& label, double width) {
  const double around = flag_width(d.b, label) - d.b.width(label.text, flag_text(label));
  const std::string whole = label.text;
  label.text = d.b.metrics().cut(whole, flag_text(label).font(), std::max(width - around, 0.0));
  d.b.note_cut(whole, label.text);
}

// Beside its gate, the answer right of the call.
Labels labels_for(const ShipDraw& d, const Plate& plate, const Packet& p, const PacketWay& way) {
  Labels labels;
  labels.call = {.text = p.label, .color = packet_color(d, p)};
  labels.answer = {.text = p.answer.value_or(""),
                   .color = p.refused ? d.t().bad : packet_color(d, p),
                   .solid = false,
                   .verdict = p.refused ? Verdict::Bad : Verdict::None};
  double answer_w = p.answer ? flag_width(d.b, labels.answer) + kAnswerGap : 0;
  labels.place = plate.beside(way.gate_x, kFlagGap, flag_width(d.b, labels.call) + answer_w);
  const auto id = d.b.as("packet");
  if (answer_w > labels.place.w / 2 && flag_width(d.b, labels.call) + answer_w > labels.place.w) {
    fit_flag(d, labels.answer, labels.place.w / 2 - kAnswerGap);
    answer_w = flag_width(d.b, labels.answer) + kAnswerGap;
  }
  fit_flag(d, labels.call, labels.place.w - answer_w);
  const double w = flag_width(d.b, labels.call);
  labels.call_x =
      labels.place.x < way.gate_x ? labels.place.right() - w - answer_w : labels.place.x;
  labels.answer_x = labels.call_x + w + kAnswerGap;
  return labels;
}

void draw_labels(const ShipDraw& d, const Packet& p, const Labels& labels) {
  const auto id = d.b.as("packet");
  const double y = d.l.plate_y + measure::kPlate / 2;
  {
    const auto fade = d.b.faded(d.motion.opacity);
    flag(d.b, {labels.call_x, y}, labels.call);
  }
  d.b.hit("packet",
          {labels.call_x, y - kFlagHeight / 2, flag_width(d.b, labels.call), kFlagHeight});
  if (!p.answer || d.motion.answer <= 0) return;
  const auto fade = d.b.faded(d.motion.answer);
  flag(d.b, {labels.answer_x, y}, labels.answer);
}

// Half-way along the row: right of a meter that lies between, if there is room; beside the bead
// where the way is short.
double row_balloon_x(const ShipDraw& d, double from, double to) {
  const double meters_end = d.l.column(Column::Memory).right();
  if (from < meters_end && to > meters_end + 40) from = meters_end - 4;
  if (std::abs(to - from) < 44) return to + (to > from ? 24 : -24);
  return (from + to) / 2 + (to - from > 60 ? 8 : 0);
}

// A balloon sits on its wire, away from words.
Point balloon_place(const ShipDraw& d, const Packet& p, const PacketWay& way, Where where) {
  const Point* at = way.place_of(where);
  const Point end = point_along(way.points, way.distances.back());
  const int row = std::max(d.l.row_of(p.slot), 0);
  switch (where) {
    case Where::Task:
      // At the card's foot; the host's tasks stand above each other, so there at its end.
      return way.from_list ? Point{at->x + 6, at->y}
             : way.unseen  ? Point{at->x, d.l.plate_y - 6}
                           : Point{at->x, d.l.plate_y - 20};
    case Where::Gate:
      if (p.reach == Where::Gate) return {way.gate_x - 26, at->y};
      // Below the opening, between the rows, where no figure of a meter is.
      return row > 0 ? Point{way.gate_x, (d.l.row_y(row - 1) + d.l.row_y(row)) / 2} : *at;
    case Where::Rights: {
      // Where it ends, the bead is there: the balloon lies on the far side.
      const double aside = at->x >= way.gate_x ? 26 : -26;
      return p.reach == Where::Rights ? Point{at->x + aside, at->y} : *at;
    }
    case Where::Row: {
      const Point* rights = way.place_of(Where::Rights);
      const double from = rights == nullptr ? way.gate_x : rights->x;
      return {row_balloon_x(d, from, at->x), at->y};
    }
    case Where::Table: {
      if (p.column == Column::Mount) {
        const Span slot = d.l.disk_slot(row);
        return {std::max(slot.right() - 2, at->x + 25), at->y};
      }
      return {at->x + (at->x + 34 > d.l.area.right() ? -24 : 24), at->y - 4};
    }
    case Where::Hardware:
      // On the floor, between table and disk.
      return {at->x + 24, d.l.hard_y - 3};
    case Where::Answer:
      return end;
  }
  return end;
}

}  // namespace

void draw_packet(const ShipDraw& d, Plate& plate) {
  if (!d.model.packet) return;
  const Packet& p = *d.model.packet;
  const PacketWay way = packet_way(d.model, d.l, p);
  if (way.empty()) return;
  draw_way(d, p, way);
  if (d.l.afar) return draw_bead(d, p, way);
  const Labels labels = labels_for(d, plate, p, way);
  draw_labels(d, p, labels);
  plate.take(labels.place);
  plate.take(
      {way.gate_x - kPacketBeadRoom / 2, kPacketBeadRoom});  // its wire, and where it is refused
  draw_bead(d, p, way);
}

// On a short way there is no room for all numbers. The later ones are kept, and none covers words
// or the bead; the list under the sentence has all of them.
void draw_numbers(const ShipDraw& d) {
  if (!d.model.packet) return;
  const Packet& p = *d.model.packet;
  const PacketWay way = packet_way(d.model, d.l, p);
  if (way.empty()) return;
  const auto id = d.b.as("packet");
  const auto fade = d.b.faded(d.motion.opacity);
  for (auto station = p.stations.rbegin(); station != p.stations.rend(); ++station) {
    const auto stop = std::find(way.stops.begin(), way.stops.end(), station->where);
    if (station->number == 0 || stop == way.stops.end()) continue;
    const Point at = balloon_place(d, p, way, station->where);
    if (!d.b.is_free({at.x - kNumberRoom / 2, at.y - kNumberRoom / 2, kNumberRoom, kNumberRoom}))
      continue;
    const bool reached = d.motion.reached(static_cast<int>(stop - way.stops.begin()));
    balloon(d.b, at, station->number, station->done && reached);
  }
}

// Says once what the holes in the plate are, where no gate and no label needs the room.
void draw_nameplate(const ShipDraw& d, const Plate& plate) {
  const TextStyle style = {.size = type::kSmall, .color = d.t().text2};
  const double w = d.b.width(d.words.gate, style) + 20;
  const double x = d.l.in_x + d.l.in_w - w - 16;
  if (!plate.is_free({x - 8, w + 8})) return;
  const double y = d.l.plate_y + measure::kPlate / 2;
  d.b.rect({x, y - 9, w, 18}, 4, {d.t().deck[2], {d.t().edge, 1, {}}});
  d.b.text({x + 10, y + 4.5}, d.words.gate, style);
}

}  // namespace cutaway::viz
