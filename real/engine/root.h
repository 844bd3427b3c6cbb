// A container's root: docker's three files, the "-init" layer with the mount points that every
// container needs, and the overlay of image and writable layer.
#pragma once

#include <string>

#include "real/engine/state.h"
#include "spec/config.h"

namespace cutaway::real {

/// create: folders, files and the init layer; moves no bytes of the image.
Status make_writable_layer(const StateFolder& state, const ContainerRecord& record);
Status write_etc(const StateFolder& state, const ContainerRecord& record,
                 const spec::ContainerConfig& config);

/// Mounts the overlay. Where this machine has no overlay, the layers
/// are copied (`copied` says so).
struct MountedRoot {
  std::string merged;
  std::string options;  ///< as given to mount(2)
  bool copied = false;
};
Result<MountedRoot> mount_root(const StateFolder& state, const ContainerRecord& record);
/// Lazily, so that it works while something still stands in it. No error when nothing is mounted.
Status unmount_root(const StateFolder& state, std::string_view id);

}  // namespace cutaway::real
