// Close-ups as pictures: a container with its tables, limits and layers; a process with what it
// holds and may; a system call with each check on its way.
#pragma once

#include "viz/scene/closeup_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

[[nodiscard]] Scene container_scene(const ContainerCloseup& closeup, const SceneStyle& style,
                                    const Rect& area);
[[nodiscard]] Scene process_scene(const ProcessCloseup& closeup, const SceneStyle& style,
                                  const Rect& area);
[[nodiscard]] Scene syscall_scene(const SyscallCloseup& closeup, const SceneStyle& style,
                                  const Rect& area);

/// Whichever of the three there is.
[[nodiscard]] Scene closeup_scene(const Closeup& closeup, const SceneStyle& style,
                                  const Rect& area);

}  // namespace cutaway::viz
