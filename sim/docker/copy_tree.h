// Folders of the host as the daemon handles them: listed, and copied with owners and modes.
#pragma once

#include <string>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// Names in a folder, sorted, without "." and ".."; none when it cannot be read.
Co<std::vector<std::string>> list_folder(Sys sys, std::string folder);

/// `cp -a`: what lies at `from` (folder, file, link, device node), with all below it, comes to lie
/// at `to`, which need not be there. 0, or −errno of the first call that failed.
Co<int> copy_tree(Sys sys, std::string from, std::string to);

/// The content of a folder, and its owner and mode, for an empty one.
Co<int> copy_content(Sys sys, std::string from, std::string to);

}  // namespace cutaway::sim
