// What an overlay cannot do (Documentation/filesystems/overlayfs.rst; fs/overlayfs/dir.c).
#pragma once

#include "sim/kernel/decision.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

/// Null: this is no overlay.
const Filesystem* overlay_of(const World& world, const Location& where);

/// May this name be made? Over a whiteout a folder has to be marked as opaque; mounted in a user
/// namespace an overlay cannot mark anything (trusted.overlay.* is the machine's root's): EIO.
abi::Errno overlay_may_make(const Ask& ask, const Location& parent, const std::string& name,
                            bool folder);
/// May this folder be removed, or replaced? One whose upper part holds whiteouts is first replaced
/// by an empty opaque one.
abi::Errno overlay_may_clear(const Ask& ask, const Location& folder);
/// A folder that layers below have part in cannot be renamed: EXDEV, and mv(1) copies.
bool overlay_is_below(const Ask& ask, const Walk& from);
/// May it be renamed? A folder that would come to lie over one of a lower layer must be marked.
abi::Errno overlay_may_rename(const Ask& ask, const Walk& from, const Walk& to);

}  // namespace cutaway::sim
