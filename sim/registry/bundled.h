// The images that every simulated hub offers (sim/registry/images/*.json; the form is that of a
// scenario's `images`; a path that ends in "/" is an empty folder).
#pragma once

#include <vector>

#include "base/json.h"
#include "sim/registry/hub.h"

namespace cutaway::sim {

std::vector<ImageSource> bundled_images();

/// One entry of a scenario's `images`, already checked by the loader.
ImageSource image_source(const Json& image);

/// Files that hold programs get the size of the real binary.
void set_program_sizes(ImageSource& image, const ProgramTable& programs);

}  // namespace cutaway::sim
