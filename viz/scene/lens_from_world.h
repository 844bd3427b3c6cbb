// Lens from a World: each section is read through the process's own namespaces, root and limits,
// as its own ps, findmnt, ip and id would read them.
#pragma once

#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/scene/lens_model.h"

namespace cutaway::viz {

[[nodiscard]] Lens lens_of(const World& world, const cutaway::Task& eye);

/// What is its own and what it shares with the host, in two sentences.
[[nodiscard]] Caption lens_caption(const World& world, const cutaway::Task& eye);

/// Who looks out of a container: its first living process; of no container: the host's first one.
/// May be null.
[[nodiscard]] const cutaway::Task* lens_eye(const World& world, int slot);

}  // namespace cutaway::viz
