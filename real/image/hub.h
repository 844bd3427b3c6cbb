// The hub that comes with the program: an OCI image layout that the build makes of the bundled
// images (real/image/tool/), in the folder hub/ beside the program; CUTAWAY_HUB names another one.
#pragma once

#include <string>

#include "base/result.h"
#include "real/image/build.h"
#include "real/image/layout.h"

namespace cutaway::real {

std::string embedded_hub_folder();
/// Cannot, with the reason, where there is none.
Result<Layout> open_embedded_hub();
/// The static programs that lie in its folder programs/, by name: images of a scenario are made
/// with them (build.h).
Result<ProgramFiles> hub_programs();

}  // namespace cutaway::real
