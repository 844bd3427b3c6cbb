// A signal: the kernel reaches up to a task, through a port of its own. A syscall filter has no say
// in it.
#include <algorithm>

#include "viz/scene/ship/draw.h"
#include "viz/scene/ship/layout_people.h"
#include "viz/scene/ship/plate.h"

namespace cutaway::viz {
namespace {

void draw_port(const ShipDraw& d, double x) {
  const double half = measure::kSignalPort / 2;
  const double y = d.l.plate_y;
  d.b.rect({x - half, y - 1, measure::kSignalPort, 26}, 0, {d.t().deck[2], {}});
  for (const double edge : {x - half, x + half})
    d.b.line({edge, y - 1}, {edge, y + 25}, {d.t().edge, 1.2, {}});
}

constexpr double kSignalBalloonAside = 26;
constexpr double kAskable = 12;  // around a bead
constexpr double kBesideRail = 5;
constexpr double kBesidePacket = 18;  // a task may signal itself: bead and balloon are both seen

// Where the kernel meets the task: under its card, or at the end of a card of the host's list.
std::vector<Point> way_up(const ShipDraw& d, const Rect& card, double row_y, bool asks) {
  const double port = d.l.signal_port;
  const double along = d.l.plate_y - 7;
  if (in_host_list(d.l, card)) {
    const double x = card.right() + 6;
    return {
        {port, row_y}, {port, along}, {x, along}, {x, card.mid_y() + (asks ? kBesidePacket : 0)}};
  }
  double x = card.x + std::min(card.w - 20, 90.0);
  if (asks) x = std::max(x, card.x + std::min(kTaskFootX, card.w / 2) + kBesidePacket);
  return {{port, row_y}, {port, along}, {x, along}, {x, card.bottom() + 6}};
}

// One that the lid of a memory sends comes along the row, beside the path of who touched a page.
std::vector<Point> signal_way(const ShipDraw& d, const Signal& s, const Rect& card, double row_y,
                              bool asks) {
  const double y = row_y + (s.from_lid ? kBesideRail : 0);
  std::vector<Point> way = way_up(d, card, y, asks);
  if (s.from_lid) way.insert(way.begin(), {d.l.column(Column::Memory).right() - 4, y});
  return way;
}

// Where somebody is chosen, half-way between the lid and the port.
void draw_choice(const ShipDraw& d, const Signal& s, const std::vector<Point>& way) {
  if (s.choice == 0 || d.l.afar) return;
  balloon(d.b, {(way[0].x + way[1].x) / 2, way[0].y}, s.choice, true);
}

void draw_signal_label(const ShipDraw& d, Plate& plate, const Signal& s) {
  const Flag label = {.text = s.label,
                      .color = d.t().bad,
                      .solid = !s.dropped,
                      .verdict = s.dropped ? Verdict::Bad : Verdict::None};
  const double port = d.l.signal_port;
  const double y = d.l.plate_y + measure::kPlate / 2;
  const Span place = plate.beside(port, 18, flag_width(d.b, label));
  if (place.w < flag_width(d.b, label)) return d.b.note_cut(s.label, "");
  plate.take(place);
  flag(d.b, {place.x, y}, label);
  d.b.hit("signal", {place.x, y - kFlagHeight / 2, place.w, kFlagHeight});
}

}  // namespace

void draw_door(const ShipDraw& d) {
  if (!d.model.signal || !d.model.signal->dropped) return;
  const auto card = d.l.tasks.find(d.model.signal->task);
  if (card == d.l.tasks.end()) return;
  const Rect& box = card->second;
  d.b.rect({box.x + 8, box.bottom() - 1, box.w - 16, 5}, 2, {d.t().text, {}});
}

void draw_signal(const ShipDraw& d, Plate& plate) {
  if (!d.model.signal) return;
  const Signal& s = *d.model.signal;
  const Seat* seat = d.l.seat_of(s.slot);
  const std::optional<Rect> target = where_seen(d.l, s.task);
  if (seat == nullptr || !target) return;
  const Theme& t = d.t();
  const auto id = d.b.as("signal");
  const Rect& box = *target;
  const bool asks = d.model.packet && d.model.packet->task == s.task;
  const std::vector<Point> way = signal_way(d, s, box, d.l.row_y(seat->row), asks);
  draw_port(d, d.l.signal_port);
  wire(d.b, {way, t.bad, 2.5});
  bead(d.b, way.back(), {BeadKind::Signal, t.bad, 0});
  draw_choice(d, s, way);
  // Beside the diamond, where the door or the foot of the card is.
  const bool below = !in_host_list(d.l, box) && way.back().x + kSignalBalloonAside < box.right();
  if (s.number > 0 && below && !d.l.afar)
    balloon(d.b, {way.back().x + kSignalBalloonAside, way.back().y}, s.number,
            s.dropped || s.from_lid || !asks);
  if (!d.l.afar) return draw_signal_label(d, plate, s);
  // From afar the bead alone is seen: it tells the rest when it is asked.
  d.b.note_cut(s.label, "");
  d.b.hit("signal", {way.back().x - kAskable, way.back().y - kAskable, 2 * kAskable, 2 * kAskable});
}

}  // namespace cutaway::viz
