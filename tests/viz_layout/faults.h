// What is wrong with a scene as it was laid out: one line for each fault, none for a tidy one.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/caption.h"
#include "viz/scene/scene.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

// The windows that the picture is promised for, in pixels, and how many of them make a unit.
struct Screen {
  double width = 0;
  double height = 0;
  double scale = 1;

  [[nodiscard]] std::string name() const;
};
[[nodiscard]] std::vector<Screen> screens();

// Collisions, what lies outside, words under 12 pixels, words that reach over the edge of the thing
// they stand in, and words that end in "…" though nobody said so: neither the model (`given`) nor a
// CutLabel.
[[nodiscard]] std::vector<std::string> faults(const Scene& scene, double scale,
                                              const std::vector<std::string>& given);

// All that the window shows of them, at this size: picture and caption.
[[nodiscard]] std::vector<std::string> window_faults(const ShipModel& model, const Caption& caption,
                                                     const Screen& screen, bool presenter);

}  // namespace cutaway::viz
