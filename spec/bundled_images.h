// Front door: the images that every hub offers, the simulated one and the real one:
// spec/images/*.json, scenario documents of which only the images count.
#pragma once

#include <vector>

#include "spec/scenario.h"

namespace cutaway::spec {

const std::vector<ScenarioImage>& bundled_images();

}  // namespace cutaway::spec
