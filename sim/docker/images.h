// Names of images, who stands on them, and taking names away.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "sim/docker/daemon.h"

namespace cutaway::sim {

/// All names of an image, sorted.
std::vector<std::string> names_of(Sys sys, const std::string& image_id);
/// A container of that image which runs, or does not; null when there is none.
const Container* user_of(const World& world, const std::string& image_id, bool running);
/// Takes one name away; with the last one the image. Docker's lines: {"Untagged": …},
/// {"Deleted": …}.
Co<Json> remove_name(Sys sys, std::string name);

}  // namespace cutaway::sim
