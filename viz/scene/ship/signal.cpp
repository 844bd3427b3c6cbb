// A signal: the kernel reaches up to a task, through a port of its own. A syscall filter has no say
// in it.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

void draw_port(const ShipDraw& d, double x) {
  const double half = measure::kSignalPort / 2;
  const double y = d.l.plate_y;
  d.b.rect({x - half, y - 1, measure::kSignalPort, 26}, 0, {d.t().deck[2], {}});
  for (const double edge : {x - half, x + half})
    d.b.line({edge, y - 1}, {edge, y + 25}, {d.t().edge, 1.2, {}});
}

}  // namespace

void draw_signal(const ShipDraw& d) {
  if (!d.model.signal) return;
  const Signal& s = *d.model.signal;
  const Seat* seat = d.l.seat_of(s.slot);
  const auto card = d.l.tasks.find(s.task);
  if (seat == nullptr || card == d.l.tasks.end()) return;
  const Theme& t = d.t();
  const auto id = d.b.as("signal");
  const Rect& box = card->second;
  const double x = box.x + std::min(box.w - 20, 90.0);
  const double port = d.l.signal_port;
  const double foot = box.bottom() + 6;
  const double along = d.l.plate_y - 7;
  draw_port(d, port);
  wire(d.b, {{{port, d.l.row_y(seat->row)}, {port, along}, {x, along}, {x, foot}}, t.bad, 2.5});
  // What stops it is drawn at the task's door.
  if (s.dropped) d.b.rect({box.x + 8, box.bottom() - 1, box.w - 16, 5}, 2, {t.text, {}});
  bead(d.b, {x, foot}, {BeadKind::Signal, t.bad, 0});
  const Flag label = {.text = s.label,
                      .color = t.bad,
                      .solid = !s.dropped,
                      .verdict = s.dropped ? Verdict::Bad : Verdict::None};
  const double y = d.l.plate_y + measure::kPlate / 2;
  const double w = flag_width(d.b, label);
  const bool right = port + 18 + w < d.l.in_x + d.l.in_w - 8;
  flag(d.b, {right ? port + 18 : port - 18 - w, y}, label);
  d.b.hit("signal", {right ? port + 18 : port - 18 - w, y - kFlagHeight / 2, w, kFlagHeight});
}

}  // namespace cutaway::viz
