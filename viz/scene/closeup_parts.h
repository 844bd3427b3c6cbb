// What the three close-ups have in common: a frame in the colour of whose it is, titled boxes, rows
// of facts. Private to viz/scene.
#pragma once

#include "viz/scene/closeup_model.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {

class CloseupInk {
 public:
  CloseupInk(SceneBuilder& b, int slot) : b_(b), slot_(slot) {}

  [[nodiscard]] Color color() const { return slot_color(b_.theme(), slot_); }
  /// The whole: tag, name, and a line beside it. Returns the room below.
  Rect frame(const Rect& area, const std::string& name, const std::string& beside);
  /// A box with a title; returns the room inside.
  Rect box(const Rect& at, const std::string& title, const std::string& note = {});
  /// Rows of key and value from the top of `room`; what does not fit becomes a count. Returns where
  /// the next thing may begin.
  double facts(const Rect& room, const std::vector<Fact>& facts, double key_width);

 private:
  SceneBuilder& b_;
  int slot_;
};

inline constexpr double kCloseupRow = 20;

}  // namespace cutaway::viz
