// A container's root: docker's three files, the "init" layer with the mount points that every
// container needs, and the overlay of image and writable layer, or, where this machine mounts no
// overlay, a copy of the image's layers.
#pragma once

#include <string>

#include "real/engine/machine.h"
#include "spec/config.h"

namespace cutaway::real {

/// create: folders, and the init layer where it is missing; moves no bytes of the image.
Status make_writable_layer(const StateFolder& state, const ContainerRecord& record);
Status write_etc(const StateFolder& state, const ContainerRecord& record,
                 const spec::ContainerConfig& config);

struct MountedRoot {
  std::string merged;    ///< the folder that will be "/"
  std::string options;   ///< of the overlay, as given to mount(2); empty: the layers were copied
  bool by_init = false;  ///< not mounted yet: the container's first process does it itself

  bool copied() const { return options.empty(); }
};
/// Mounts the overlay, or copies the layers, and notes in the record which. The first start
/// decides: a copy where the mount says that there is no overlay for us here, or where the
/// environment says CUTAWAY_ROOT=copy. Without root the mount is tried in a user namespace that
/// ends with the try; the container's first process makes it in its own.
/// Of a container that `goes_at_end` (--rm) root mounts it without a thought to a power cut.
Result<MountedRoot> mount_root(const Machine& machine, ContainerRecord& record, bool goes_at_end);
/// Lazily, so that it works while something still stands in it. No error when nothing is mounted.
Status unmount_root(const StateFolder& state, std::string_view id);

}  // namespace cutaway::real
