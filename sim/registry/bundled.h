// The images that every simulated hub offers (spec/bundled_images.h), as the hub takes them.
#pragma once

#include <vector>

#include "sim/registry/hub.h"
#include "spec/scenario.h"

namespace cutaway::sim {

std::vector<ImageSource> bundled_images();

ImageSource image_source(const spec::ScenarioImage& image);

/// Files that hold programs get the size of the real binary.
void set_program_sizes(ImageSource& image, const ProgramTable& programs);

}  // namespace cutaway::sim
