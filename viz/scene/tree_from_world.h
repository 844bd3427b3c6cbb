// Process tree from a World: parents, threads, pid_namespaces(7).
#pragma once

#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/scene/tree_model.h"

namespace cutaway::viz {

/// `acting`: whose call the moment is about; may be none.
[[nodiscard]] ProcessTree tree_of(const World& world, TaskId acting);
[[nodiscard]] Caption tree_caption(const ProcessTree& tree);

}  // namespace cutaway::viz
