// The way of a packet through the decks, as points and stations. Private to viz/scene.
#pragma once

#include <vector>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {

struct PacketWay {
  std::vector<Point> points;
  std::vector<Where> stops;       // in the order in which they are met
  std::vector<double> distances;  // along the way, of each stop
  std::vector<Point> places;
  std::vector<Point> drop;  // the last stretch, from a table's foot into hardware
  double gate_x = 0;
  bool from_list = false;  // it leaves a card of the host's list, at its end
  bool unseen = false;     // its task is among those that became a count

  [[nodiscard]] bool empty() const { return points.size() < 2; }
  // Distance along the way for a place between two stops ("2.5" is half-way between the third and
  // the fourth).
  [[nodiscard]] double distance_at(double station) const;
  [[nodiscard]] const Point* place_of(Where where) const;
  // Which stop that is; beyond the last where it does not stop there.
  [[nodiscard]] int index_of(Where where) const;
};

// Empty when the packet's task or gate is not in the picture.
[[nodiscard]] PacketWay packet_way(const ShipModel& model, const ShipLayout& l,
                                   const Packet& packet);

}  // namespace cutaway::viz
