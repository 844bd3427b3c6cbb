// The part of the layout that depends on who is there: rows, outlines with their task cards, gates.
#pragma once

#include <optional>
#include <string>

#include "viz/scene/ship/layout.h"

namespace cutaway::viz {

// How many containers the picture has places for: up to the last that is there, and what is to be
// left free.
[[nodiscard]] int places_for(const ShipModel& model);
void seat_actors(ShipLayout& l, const ShipModel& model, int rows_max);
void place_outlines(ShipLayout& l, const ShipModel& model);
void place_host_tasks(ShipLayout& l, const ShipModel& model);
void place_gates(ShipLayout& l, const ShipModel& model);

inline constexpr double kHostTaskX = 10;  // from the wall
inline constexpr double kHostTaskW = 174;
inline constexpr double kHostTaskPitch = 32;
inline constexpr double kHostTaskH = 26;
inline constexpr double kOutlineX = 196;  // from the wall
/// A card of the host's list, beside the outlines of containers.
inline bool in_host_list(const ShipLayout& l, const Rect& card) {
  return card.right() < l.in_x + kOutlineX;
}
inline constexpr double kOutlineGap = 12;
inline constexpr double kTaskFootX = 60;  // where a wire leaves a card
inline constexpr double kPlugsW = 152;

/// The "+2" that stands for the tasks of a container whose cards find no room.
[[nodiscard]] Rect more_cards_box(const OutlineBox& outline);
/// The task's card, or the "+2" that stands for it; none: the picture does not show its container.
[[nodiscard]] std::optional<Rect> where_seen(const ShipLayout& l, const std::string& task);

// How many of the host's tasks find a place below each other.
[[nodiscard]] std::size_t host_task_room(const ShipLayout& l);

}  // namespace cutaway::viz
