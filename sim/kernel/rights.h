// Who may do what: capabilities(7), user_namespaces(7), the permission check of path_resolution(7).
#pragma once

#include "trace/world/walk.h"
#include "trace/world/world.h"

namespace cutaway::sim {

/// What stands at a path (trace/world/walk.h); in this room `Entry` is where a program starts.
using FileEntry = cutaway::Entry;

/// Numbers of include/uapi/linux/capability.h.
namespace cap {
inline constexpr int kChown = 0, kDacOverride = 1, kDacReadSearch = 2, kFowner = 3, kFsetid = 4,
                     kKill = 5, kSetgid = 6, kSetuid = 7, kSetpcap = 8, kNetBindService = 10,
                     kNetAdmin = 12, kNetRaw = 13, kSysChroot = 18, kSysPtrace = 19, kSysAdmin = 21,
                     kSysNice = 23, kSysResource = 24, kSysTime = 25, kMknod = 27;
}  // namespace cap

/// Bits of access(2).
inline constexpr std::uint32_t kMayRead = 4, kMayWrite = 2, kMayExecute = 1;

inline NsId user_ns_of(const Task& task) { return task.in(NsKind::User); }

/// Does the task have this capability in that user namespace (security/commoncap.c, cap_capable)?
bool capable_in(const World& world, const Task& task, NsId user_ns, int capability);
/// … in its own user namespace.
bool capable(const World& world, const Task& task, int capability);
/// … in the user namespace that owns this namespace (of any kind).
bool capable_over(const World& world, const Task& task, NsId ns, int capability);
/// … in the initial user namespace, as root of the machine.
bool capable_on_host(const World& world, const Task& task, int capability);

/// … in the user namespace that a file system belongs to (sb->s_user_ns).
bool capable_over_filesystem(const World& world, const Task& task, FilesystemId fs, int capability);
/// … over a file, whose owner and group must mean something there (capable_wrt_inode_uidgid).
bool capable_for(const World& world, const Task& task, const Permissions& file, int capability);

/// May it read, write, execute or search this? `mask`: kMay… bits.
bool permitted(const World& world, const Task& task, const Permissions& file, std::uint32_t mask);
/// The task as access(2) has it ask: with the real ids, and the capabilities that go with them
/// (access_override_creds in fs/open.c).
Task with_real_ids(const World& world, const Task& task);
/// Owner of the file, or CAP_FOWNER (inode_owner_or_capable).
bool owns(const World& world, const Task& task, const Permissions& file);
bool in_group(const Task& task, std::uint32_t gid);

/// A kernel id as this user namespace shows it; 65534 (overflowuid) where it has none.
std::uint32_t shown_uid(const World& world, NsId user_ns, std::uint32_t kuid);
std::uint32_t shown_gid(const World& world, NsId user_ns, std::uint32_t kgid);
/// What a number inside a user namespace means; false when it is not mapped.
bool kernel_uid(const World& world, NsId user_ns, std::uint32_t uid, std::uint32_t& kuid);
bool kernel_gid(const World& world, NsId user_ns, std::uint32_t gid, std::uint32_t& kgid);

}  // namespace cutaway::sim
