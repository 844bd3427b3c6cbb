// Front door: the images that every hub offers, the simulated one and the real one, and those of
// stand-ins, which only the simulated one can offer: spec/images/*.json, scenario documents of
// which only images and sides count.
#pragma once

#include <vector>

#include "spec/scenario.h"

namespace cutaway::spec {

const std::vector<ScenarioImage>& bundled_images();
/// Images whose programs are simulated only.
const std::vector<ScenarioImage>& stand_in_images();

}  // namespace cutaway::spec
