// Between folders of the host and tar archives: unpacking layers, `docker cp`, commit, export.
#pragma once

#include <string>
#include <vector>

#include "sim/core/sys.h"
#include "sim/registry/tar.h"

namespace cutaway::sim {

struct UnpackHow {
  bool layer = false;  ///< ".wh.x" takes x away (OCI image spec, "Whiteouts"); nothing is replaced
  /// Folders of the layers below, for ".wh..wh..opq": what they have there is hidden.
  std::vector<std::string> lower;
};
/// Below `folder`, which need not be there. 0, or −errno of the first call that failed.
Co<int> unpack_members(Sys sys, std::string folder, std::vector<TarMember> members, UnpackHow how);

/// What lies at `path`, with all below it, as members of an archive (without its end). The first is
/// called `name`; empty: only what is in the folder. `layer`: whiteouts of an overlay become
/// ".wh.".
Co<std::string> pack_tree(Sys sys, std::string path, std::string name, bool layer);

}  // namespace cutaway::sim
