// A small trace that was made by hand: a daemon forks a runtime, which mounts, talks and ends.
#pragma once

#include <string>

#include "trace/log/trace.h"

namespace cutaway {

/// The machine before anything happens: init and a daemon, their namespaces, a root file system,
/// cgroups of v2 (or v1).
World sample_world(CgroupVersion cgroup = CgroupVersion::V2);
Trace sample_trace(CgroupVersion cgroup = CgroupVersion::V2);

/// A call as the tests write it down.
Syscall call(abi::Sys sys, std::vector<Arg> args, std::int64_t ret = 0,
             abi::Errno err = abi::Errno::kOk);

}  // namespace cutaway
