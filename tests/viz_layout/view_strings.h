// Every word that the models of the views beside the ship hold: what a model itself ends in "…" was
// not cut by the picture.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/channels_model.h"
#include "viz/scene/closeup_model.h"
#include "viz/scene/layers_model.h"
#include "viz/scene/lens_model.h"
#include "viz/scene/matrix_model.h"
#include "viz/scene/tree_model.h"

namespace cutaway::viz {

std::vector<std::string> strings_of(const Lens& lens);
std::vector<std::string> strings_of(const Matrix& matrix);
std::vector<std::string> strings_of(const ProcessTree& tree);
std::vector<std::string> strings_of(const Channels& channels);
std::vector<std::string> strings_of(const Layers& layers);
std::vector<std::string> strings_of(const Closeup& closeup);

}  // namespace cutaway::viz
