// The devices controller of cgroup v1 (cgroup-v1/devices.rst): which device nodes a task may make
// and open.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/kernel/rights.h"

namespace cutaway::sim {

/// `access`: of "r" open for reading, "w" for writing, "m" mknod. EPERM or kOk.
abi::Errno device_cgroup_verdict(const World& world, const Task& task, const FileEntry& device,
                                 std::string_view access);

}  // namespace cutaway::sim
