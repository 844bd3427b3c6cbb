// A container made by hand, with the calls of spec/plan: what is traced in these tests.
#pragma once

#include <cstdint>
#include <string>

namespace cutaway::real {

/// The steps of its word, from 1 on.
inline constexpr const char* kSmallSteps[] = {
    "",          "subreaper",  "ns.clone",    "mnt.private",  "mnt.rootfs",    "mnt.proc",
    "mnt.dev",   "mnt.devpts", "mnt.sysfs",   "mnt.mqueue",   "mnt.shm",       "dev.nodes",
    "net.setup", "root.pivot", "root.detach", "uts.hostname", "path.readonly", "path.mask",
    "session",   "cap.bound",  "id.set",      "cap.set",      "exec",          "reap"};

struct SmallContainer {
  std::string root;  ///< a folder with /bin/busybox in it
  std::uint32_t uid = 0;
  volatile std::uint32_t* word = nullptr;  ///< shared with the tracer
};

/// Runs as the shim: makes the container, waits for it, ends with its exit status. Never returns.
[[noreturn]] void run_small_container(const SmallContainer& container);

}  // namespace cutaway::real
