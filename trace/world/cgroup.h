// cgroups(7): hierarchies (one on v2, one per controller on v1) and their trees.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"

namespace cutaway {

struct Hierarchy {
  HierarchyId id;
  std::int32_t version = 2;
  std::vector<std::string> controllers;  ///< sorted; what cgroup.controllers shows on v2
  CgroupId root;
  FIELDS(id, version, controllers, root)
};

/// Owner and permissions of a cgroup's folder, or of a file in it.
struct CgroupAttributes {
  std::uint32_t mode = 0;  ///< permissions alone
  std::uint32_t uid = 0, gid = 0;
  FIELDS(mode, uid, gid)
};

/// A cgroup. Files are named as on Linux ("memory.max", "pids.current", "memory.limit_in_bytes").
struct Cgroup {
  CgroupId id;
  HierarchyId hierarchy;
  CgroupId parent;
  std::string path;                           ///< "/" or "/docker/<id>", within its hierarchy
  std::map<std::string, std::string> limits;  ///< file → as written; absent = default (max)
  std::map<std::string, std::int64_t> usage;  ///< file → value, as counted
  std::int32_t tasks = 0;                     ///< members, without those of its children
  std::uint32_t uid = 0, gid = 0;             ///< who made it: folder and files are theirs
  /// What was given to somebody else since; "" is the folder (delegation, cgroup-v2.rst).
  std::map<std::string, CgroupAttributes> attributes;
  FIELDS(id, hierarchy, parent, path, limits, usage, tasks, uid, gid, attributes)
};

}  // namespace cutaway
