// The cgroups of containers: a folder of each in a common one, which is there only while it is
// needed. Without root there are none: making one is root's, or of whom root has given a part of
// the tree to (cgroups(7), "Delegation"), which on v1 nobody does.
#pragma once

#include <string>

#include "base/result.h"
#include "real/cgroup/cgroup.h"
#include "real/sys/fd.h"

namespace cutaway::real {

inline constexpr std::string_view kCgroupFolder = "/cutaway";

/// How they are mounted here: asked once, and so for as long as we run.
const Result<CgroupHost>& cgroup_host();
Result<CgroupDriver> cgroup_driver();

/// Makes the common folder. It stays at least as long as what is returned: an exclusive lock is
/// needed to remove it.
Result<Fd> hold_cgroups();
/// Removes the common folder unless it is in use.
Status release_cgroups();
/// Ends members that are left (without root: end_by_mounts), removes the container's folders, and
/// the common one if it is empty.
Status clear_cgroups(const std::string& id);

}  // namespace cutaway::real
