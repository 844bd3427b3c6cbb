#include "trace/world/new_id.h"

#include <algorithm>

#include "trace/world/lookup.h"

namespace cutaway {
namespace {

constexpr std::int32_t kPidMax = 4194304;    // /proc/sys/kernel/pid_max on 64 bit
constexpr std::int32_t kReservedPids = 300;  // after a wrap the low numbers are left alone

/// Numbers go up and are not reused before the wrap; one in use (also by a session or group) is
/// passed over.
std::int32_t next_pid(const World& world, const Namespace& ns) {
  std::int32_t pid = ns.last_pid;
  for (std::int32_t tried = 0; tried < kPidMax; ++tried) {
    pid = pid + 1 >= kPidMax ? kReservedPids : pid + 1;
    if (pid <= 1 || task_by_pid_in(world, ns.id, pid) == nullptr) return pid;
  }
  return pid;
}

}  // namespace

std::vector<std::int32_t> next_pids(const World& world, const Task& forker,
                                    std::uint64_t clone_flags) {
  std::vector<std::int32_t> pids;
  if ((clone_flags & abi::clone::kNewPid) != 0) pids.push_back(1);
  NsId ns = forker.pid_ns_for_children;
  while (const Namespace* level = world.namespaces.find(ns)) {
    pids.push_back(next_pid(world, *level));
    ns = level->parent;
  }
  std::reverse(pids.begin(), pids.end());
  return pids;
}

}  // namespace cutaway
