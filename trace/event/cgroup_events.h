// What happens to cgroups: limits, members, counts.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/cgroup.h"

namespace cutaway {

struct CgroupCreated {
  CgroupId id;
  CgroupId parent;
  HierarchyId hierarchy;
  std::string path, controller;  ///< controller: of a v1 hierarchy ("memory"), "unified" on v2
  std::uint32_t uid = 0, gid = 0;
  FIELDS(id, parent, hierarchy, path, controller, uid, gid)
};
/// A cgroup's folder, or a file of it, belongs to somebody else or may be used by others.
struct CgroupAttributesSet {
  CgroupId id;
  std::string path, controller;
  std::string file;  ///< empty: the folder
  std::uint32_t mode = 0, uid = 0, gid = 0;
  FIELDS(id, path, controller, file, mode, uid, gid)
};
struct CgroupLimited {
  CgroupId id;
  std::string path, controller, file;
  std::string value;  ///< as written: "33554432", "max 100000"
  FIELDS(id, path, controller, file, value)
};

/// The stamp's task belongs to this cgroup now.
struct CgroupAttached {
  CgroupId id;
  TaskId member;  ///< who was moved (the stamp's task wrote cgroup.procs)
  std::string path, controller;
  FIELDS(id, member, path, controller)
};
struct CgroupUsage {
  CgroupId id;
  std::string path, controller, file;
  std::int64_t value = 0;
  FIELDS(id, path, controller, file, value)
};
struct CgroupThrottled {
  CgroupId id;
  std::string path, controller;
  std::int64_t from = 0, to = 0;
  FIELDS(id, path, controller, from, to)
};
struct CgroupReclaimed {
  CgroupId id;
  std::string path, controller;
  std::int64_t pages = 0;
  FIELDS(id, path, controller, pages)
};
struct CgroupOom {
  CgroupId id;
  std::string path, controller;
  TaskId victim;
  FIELDS(id, path, controller, victim)
};
struct CgroupRefused {
  CgroupId id;
  std::string path, controller, why;
  FIELDS(id, path, controller, why)
};
struct CgroupRemoved {
  CgroupId id;
  std::string path, controller;
  FIELDS(id, path, controller)
};

}  // namespace cutaway
