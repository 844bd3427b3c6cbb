#include "viz/scene/ship/plate.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kAir = 4;
constexpr double kWallAir = 8;

}  // namespace

Plate::Plate(const ShipDraw& d)
    : left_(d.l.in_x + kWallAir), right_(d.l.in_x + d.l.in_w - kWallAir) {
  for (const GateBox& gate : d.l.gates) gates_.push_back({gate.x - gate.w / 2, gate.w});
  if (!d.model.signal) return;
  // A wire comes up through it: no label may lie on it.
  const double half = measure::kSignalPort / 2;
  labels_.push_back({d.l.signal_port - half, measure::kSignalPort});
}

double Plate::room(double x, bool right, bool of_gates) const {
  double end = right ? right_ : left_;
  const auto stop_at = [&](const Span& span) {
    if (right && span.right() + kAir > x) end = std::min(end, std::max(span.x - kAir, x));
    if (!right && span.x - kAir < x) end = std::max(end, std::min(span.right() + kAir, x));
  };
  for (const Span& label : labels_) stop_at(label);
  for (const Span& gate : gates_) {
    if (of_gates) stop_at(gate);
  }
  return right ? end - x : x - end;
}

bool Plate::is_free(const Span& span, bool of_gates) const {
  return span.x >= left_ && span.right() <= right_ && room(span.x, true, of_gates) >= span.w;
}

Span Plate::beside(double gate_x, double away, double width) const {
  for (const bool of_gates : {true, false}) {
    const double right = room(gate_x + away, true, of_gates);
    const double left = room(gate_x - away, false, of_gates);
    if (right >= width) return {gate_x + away, width};
    if (left >= width) return {gate_x - away - width, width};
    if (of_gates) continue;
    return right >= left ? Span{gate_x + away, right} : Span{gate_x - away - left, left};
  }
  return {};
}

}  // namespace cutaway::viz
