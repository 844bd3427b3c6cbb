// A container made by hand, with the calls of spec/plan: what is traced in these tests.
#pragma once

#include <cstdint>
#include <string>

namespace cutaway::real {

/// The steps of its words, from 1 on.
inline constexpr const char* kSmallSteps[] = {
    "",          "subreaper",  "ns.clone",    "mnt.private",  "mnt.rootfs",    "mnt.proc",
    "mnt.dev",   "mnt.devpts", "mnt.sysfs",   "mnt.mqueue",   "mnt.shm",       "dev.nodes",
    "net.setup", "root.pivot", "root.detach", "uts.hostname", "path.readonly", "path.mask",
    "session",   "cap.bound",  "id.set",      "cap.set",      "exec",          "reap",
    "cg.create", "cg.attach",  "cg.remove"};

/// What the tracer and the container's makers share. One word for each, as steps overlap.
struct SmallPage {
  volatile std::uint32_t shim = 0, runtime = 0, init = 0;
  volatile std::int32_t first_pid = 0;  ///< the container's init, as the host numbers it
};

struct SmallContainer {
  std::string root;  ///< a folder with /bin/busybox in it
  std::uint32_t uid = 0;
  std::string cgroup;         ///< a folder that the runtime makes and the shim removes; empty: none
  std::string command;        ///< for sh -c
  bool join = false;          ///< another process joins it, and says "joined"
  bool stop = false;          ///< SIGTERM, then SIGKILL
  SmallPage* page = nullptr;  ///< shared memory
};

/// Runs as the shim: makes the container, waits for it, ends with its exit status. Never returns.
[[noreturn]] void run_small_container(const SmallContainer& container);

}  // namespace cutaway::real
