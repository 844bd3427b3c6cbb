// What the trace lost just before this moment: a torn gap with its count, where calls come through.
#include <algorithm>

#include "viz/scene/ship/packet.h"
#include "viz/scene/ship/plate.h"

namespace cutaway::viz {
namespace {

constexpr double kGapW = 12;
constexpr double kLeastStretch = 100;  // of a wire that can be torn beside its balloons

// In the row of who asks, nearer to the gate than the balloon in its middle.
void tear_wire(const ShipDraw& d) {
  const PacketWay way = packet_way(d.model, d.l, *d.model.packet);
  const Point* row = way.place_of(Where::Row);
  if (row == nullptr || std::abs(row->x - way.gate_x) < kLeastStretch) return;
  const double x = way.gate_x + (row->x - way.gate_x) * 0.24;
  tear(d.b, {x - kGapW / 2, row->y - 7, kGapW, 14}, d.t().deck[2], d.t().lost);
}

}  // namespace

void draw_loss(const ShipDraw& d, Plate& plate) {
  if (d.model.lost <= 0) return;
  const auto id = d.b.as("loss");
  if (d.model.packet) tear_wire(d);
  const Flag label = {.text = std::to_string(d.model.lost) + " " + d.words.lost,
                      .color = d.t().lost,
                      .solid = false};
  const double w = flag_width(d.b, label) + kGapW + 10;
  const Span place = plate.beside(d.l.in_x + d.l.in_w - w - 40, 10, w);
  const double y = d.l.plate_y + measure::kPlate / 2;
  if (place.w < w) return d.b.note_cut(label.text, "");
  plate.take(place);
  tear(d.b, {place.x + 4, d.l.plate_y, kGapW, measure::kPlate}, d.t().deck[2], d.t().lost);
  flag(d.b, {place.x + kGapW + 10, y}, label);
  d.b.hit("loss", {place.x, d.l.plate_y, w, measure::kPlate});
}

}  // namespace cutaway::viz
