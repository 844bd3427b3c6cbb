// What the computed file systems' existence (virtual_fs.h) and content (virtual_content.h) share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/fixed_tree.h"
#include "trace/world/walk.h"

namespace cutaway {

/// /proc without tasks; /sys without network devices.
FixedTree proc_tree();
FixedTree sysfs_tree();

/// A path below /proc/PID: whose, and which of its files.
struct ProcPlace {
  const Task* task = nullptr;
  bool thread = false;            ///< /proc/PID/task/TID
  std::vector<std::string> rest;  ///< the path within its folder
};
std::optional<ProcPlace> proc_place(const World& world, const Filesystem& fs,
                                    std::string_view path);

/// A device's folder (`file` empty) or one of its files in /sys/devices.
const Interface* sysfs_link(const World& world, const Filesystem& fs, std::string_view path,
                            std::string& file);
/// /proc/net/dev, tcp, udp and route of a network namespace; others are empty.
std::string proc_net_text(const World& world, NsId ns, std::string_view file);
std::string sysfs_link_text(const Interface& link, std::string_view file);

/// A path in a cgroup file system: which cgroup, and which of its files (empty: the folder).
struct CgroupPlace {
  const Cgroup* cgroup = nullptr;
  std::string file;
};
std::optional<CgroupPlace> cgroup_place(const World& world, const Filesystem& fs,
                                        std::string_view path);
/// Owner and permissions of a cgroup's file; of its folder where `file` is empty.
Permissions cgroup_permissions(const World& world, const Cgroup& cgroup, std::string_view file);

}  // namespace cutaway
