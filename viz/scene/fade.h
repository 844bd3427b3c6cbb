// What has just appeared fades in where nothing travels.
#pragma once

#include <string_view>

#include "viz/scene/scene.h"

namespace cutaway::viz {

/// Marks of this id become as strong as `opacity`, 0 … 1.
void fade(Scene& scene, std::string_view id, double opacity);

}  // namespace cutaway::viz
