// The id that comes next, of each kind: for whoever makes an event that brings a new object.
// evolve notes the greatest one seen, so ids are never handed out twice.
#pragma once

#include "trace/world/world.h"

namespace cutaway {

inline TaskId next_task(const World& world) { return TaskId{world.counters.task + 1}; }
inline NsId next_ns(const World& world) { return NsId{world.counters.ns + 1}; }
inline MountId next_mount(const World& world) { return MountId{world.counters.mount + 1}; }
inline FilesystemId next_filesystem(const World& world) {
  return FilesystemId{world.counters.filesystem + 1};
}
inline InodeId next_inode(const World& world) { return InodeId{world.counters.inode + 1}; }
inline FileId next_file(const World& world) { return FileId{world.counters.file + 1}; }
inline PipeId next_pipe(const World& world) { return PipeId{world.counters.pipe + 1}; }
inline SocketId next_socket(const World& world) { return SocketId{world.counters.socket + 1}; }
inline TerminalId next_terminal(const World& world) {
  return TerminalId{world.counters.terminal + 1};
}
inline HierarchyId next_hierarchy(const World& world) {
  return HierarchyId{world.counters.hierarchy + 1};
}
inline CgroupId next_cgroup(const World& world) { return CgroupId{world.counters.cgroup + 1}; }
inline ContainerId next_container(const World& world) {
  return ContainerId{world.counters.container + 1};
}
inline RequestId next_request(const World& world) { return RequestId{world.counters.request + 1}; }
inline std::uint32_t next_peer_group(const World& world) { return world.counters.peer_group + 1; }
inline std::uint32_t next_ns_inode(const World& world) { return world.counters.ns_inode + 1; }

/// The numbers that a child of `forker` gets, outermost pid namespace first (alloc_pid in
/// kernel/pid.c): the next free one of each namespace, and 1 in a new one.
std::vector<std::int32_t> next_pids(const World& world, const Task& forker,
                                    std::uint64_t clone_flags);

}  // namespace cutaway
