// Unpacks a layer: the members of a tar archive that a stranger wrote, below one folder and nowhere
// else. This process is not in a chroot, so the care is all here: names are taken apart, absolute
// ones and ".." refused; each part of a parent is opened by itself and never through a link (a
// layer names real folders: its maker walked a tree); the last part is made, not opened, or opened
// with O_EXCL. A layer that breaks a rule is refused as a whole.
//
// Device nodes are refused, though docker makes them: a container gets its own /dev, and in the
// store a node would be a way to the host's disk for whoever gets at the folder.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "real/image/descriptor.h"

namespace cutaway::real {

struct UnpackLimits {
  std::int64_t members = 1'000'000;
  std::int64_t bytes = std::int64_t{16} << 30;          ///< of all files, as long as they seem
  std::int64_t archive_bytes = std::int64_t{17} << 30;  ///< of the archive, not compressed
  std::int64_t ratio = 250;                             ///< archive to blob …
  std::int64_t ratio_free_bytes = 64 << 20;             ///< … from this length of archive on
  std::size_t depth = 256;                              ///< parts of a name
};

/// How "this file is deleted" is written down. Overlay: as overlayfs reads it, a character device
/// 0:0, and an attribute on a folder that hides all below it. Apply: it is deleted, for layers that
/// are unpacked into one folder.
enum class Deletions { Overlay, Apply };

struct UnpackOptions {
  Deletions deletions = Deletions::Overlay;
  UnpackLimits limits;
  bool as_root = true;  ///< owners and capabilities of files are set
  /// "user.overlay.opaque" for an overlay mounted with userxattr, in a user namespace.
  std::string opaque_attribute = "trusted.overlay.opaque";
};

struct LayerSource {
  int blob = -1;  ///< a regular file, its own digest checked
  Packing packing = Packing::Gzip;
  std::string diff_id;
  std::string name;  ///< opens the messages
};

struct Unpacked {
  std::int64_t members = 0;
  std::int64_t bytes = 0;  ///< of all files
  /// The layer's root hides all of lower layers. overlayfs merges roots whatever their attributes
  /// say, so whoever mounts leaves the lower layers away.
  bool hides_lower = false;
};

/// Into a folder that nobody else writes to. On an error the folder holds a part: throw it away.
Result<Unpacked> unpack_layer(const LayerSource& layer, int folder, const UnpackOptions& options);

}  // namespace cutaway::real
