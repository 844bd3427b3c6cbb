// The folders that an overlay was mounted over. The kernel holds them and looks no path up again
// (ovl_get_layers in fs/overlayfs/super.c): where they are moved, they are still its layers.
#pragma once

#include "trace/world/world.h"

namespace cutaway {

/// Notes what stands at each layer's path now, where that is not known yet.
void hold_layers(const World& world, Filesystem& overlay);
/// The same for all overlays: before a folder gets another name. A World that was read knows only
/// the paths.
void hold_all_layers(World& world);
/// Afterwards: layers that were in that folder, or are it, get the paths that they have now.
void follow_layers(World& world);

}  // namespace cutaway
