// Scene → SVG: picture and sentence, as text that scales. Fonts are named, not embedded.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/scene.h"

namespace cutaway::viz {

// One document of this size with the scenes above each other, each where its own coordinates say.
[[nodiscard]] std::string svg(const std::vector<Scene>& scenes, double width, double height);
[[nodiscard]] std::string svg(const Scene& scene);

}  // namespace cutaway::viz
