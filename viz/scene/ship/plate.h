// Who has which room on the plate between user space and kernel: gates, labels of packets and
// signals, the nameplate. Private to viz/scene.
#pragma once

#include <vector>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {

class Plate {
 public:
  explicit Plate(const ShipDraw& d);

  // Right or left of a gate: the side that is free of gates and labels, else the one that is free
  // of labels, else the roomier. What is wider than its room must be cut to it.
  [[nodiscard]] Span beside(double gate_x, double away, double width) const;
  void take(const Span& span) { labels_.push_back(span); }
  [[nodiscard]] bool is_free(const Span& span, bool of_gates = true) const;

 private:
  // How far it is free from x towards the right or the left.
  [[nodiscard]] double room(double x, bool right, bool of_gates) const;

  double left_ = 0, right_ = 0;  // inside the walls
  std::vector<Span> gates_;
  std::vector<Span> labels_;
};

}  // namespace cutaway::viz
