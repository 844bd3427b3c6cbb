// What the three close-ups have in common: a frame in the colour of whose it is, titled boxes, rows
// of facts; and, where there is no room for a picture, sections. Private to viz/scene.
#pragma once

#include "viz/scene/closeup_model.h"
#include "viz/scene/sections.h"
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
  /// Rows of key and value from the top of `room`. `key_width` 0: as wide as the keys are. Returns
  /// where the next thing may begin.
  double facts(const Rect& room, const std::vector<Fact>& facts, double key_width = 0);
  /// How high a box of this width must be to hold them all.
  [[nodiscard]] double box_height(const std::vector<Fact>& facts, double width,
                                  double key_width = 0) const;

 private:
  SceneBuilder& b_;
  int slot_;
};

inline constexpr double kCloseupRow = 20;
inline constexpr double kCloseupGap = 10;  // between boxes

/// A smaller close-up is made of sections.
[[nodiscard]] inline bool closeup_has_room(const Rect& area) {
  return area.w >= 900 && area.h >= 500;
}
[[nodiscard]] std::vector<Section> sections_of(const ContainerCloseup& closeup);
[[nodiscard]] std::vector<Section> sections_of(const ProcessCloseup& closeup);
[[nodiscard]] std::vector<Section> sections_of(const SyscallCloseup& closeup);

}  // namespace cutaway::viz
