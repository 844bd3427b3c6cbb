// A frame between interfaces: along a container's cable (veth(4)) to the bridge, from there along
// another's cable, or by the card out of the machine. It runs when its call takes effect.
#include <algorithm>
#include <optional>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

// Below the tables' edge: between the interfaces and the bridge they hang on a bead covers no
// words.
constexpr double kBridgeGap = 31.5;
constexpr double kBridgeBottom = 59;
constexpr double kBeside = 20;

// Where a frame leaves or reaches: down its cable, or the middle of the bridge, which is the
// host's.
struct Port {
  double x = 0;
  bool cable = false;
};

std::optional<Port> port_of(const ShipDraw& d, int slot) {
  if (slot < 0) return Port{d.l.column(Column::Net).mid(), false};
  const Seat* seat = d.l.seat_of(slot);
  if (seat == nullptr || seat->actor->table(Column::Net).empty()) return std::nullopt;
  return Port{d.l.net_slot(seat->row).mid(), true};
}

// Where its way begins or ends above the bridge; outside lies beneath the bridge's middle.
Point landing(const ShipDraw& d, const std::optional<Port>& port) {
  return {port ? port->x : d.l.column(Column::Net).mid(), d.l.tables_y + kBridgeGap};
}

struct FrameWay {
  std::vector<Point> above;    // along the cables; empty: one of its ends is not in the picture
  std::vector<Point> through;  // behind the bridge and down to the card, or up from there
};

FrameWay frame_way(const ShipDraw& d, const Frame& frame) {
  const std::optional<Port> from = frame.from ? port_of(d, *frame.from) : std::nullopt;
  const std::optional<Port> to = frame.to ? port_of(d, *frame.to) : std::nullopt;
  if ((frame.from && !from) || (frame.to && !to) || frame.from == frame.to) return {};
  FrameWay way;
  way.above = {landing(d, from), landing(d, to)};
  if (from && to) return way;
  // Where the call that sent it comes to rest as well there are two beads, side by side.
  const bool beside = d.model.packet && d.model.packet->column == Column::Net;
  const double x = d.l.column(Column::Net).mid() + (beside ? kBeside : 0);
  way.through = {{x, d.l.tables_y + kBridgeBottom}, {x, d.l.hard_y - 3}};
  if (!from) std::reverse(way.through.begin(), way.through.end());
  return way;
}

// All of it in the order in which it is run.
std::vector<Point> whole(const FrameWay& way, bool from_outside) {
  std::vector<Point> all = from_outside ? way.through : way.above;
  const std::vector<Point>& rest = from_outside ? way.above : way.through;
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

}  // namespace

void draw_frame(const ShipDraw& d) {
  if (!d.model.frame || d.model.host.table(Column::Net).empty()) return;
  const Frame& frame = *d.model.frame;
  const FrameWay way = frame_way(d, frame);
  if (way.above.empty()) return;
  const auto id = d.b.as("frame");
  const int slot = frame.from ? *frame.from : frame.to.value_or(kHostSlot);
  const Color color = frame.dropped ? d.t().bad : d.color(slot);
  const std::vector<Point> all = whole(way, !frame.from);
  const double length = length_of(all);
  const double ran = d.motion.rest ? length : length * d.motion.effect;
  for (const std::vector<Point>* part : {&way.above, &way.through}) {
    if (part->empty()) continue;
    wire(d.b, {*part, color, measure::kTravelled, ran - distance_to(all, part->front())});
  }
  if (ran <= 0) return;
  const Point at = point_along(all, ran);
  if (d.l.afar && !d.b.is_free({at.x - 8, at.y - 8, 16, 16})) return;  // the letter is read first
  bead(d.b, at, {frame.dropped ? BeadKind::Refusal : BeadKind::Call, color, 0.6});
}

}  // namespace cutaway::viz
