// Which cgroup hierarchies this machine has, and where (cgroups(7)).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::real {

enum class CgroupMode : std::uint8_t {
  None,
  V1,      ///< a hierarchy for each controller, or for a few together
  Hybrid,  ///< as v1, and a v2 hierarchy with what v1 has left over
  V2,      ///< one hierarchy for all
};

struct CgroupHierarchy {
  std::int32_t version = 2;
  /// Sorted. v1: of the mount's options, "name=systemd" for one without controllers. v2: of the
  /// file cgroup.controllers.
  std::vector<std::string> controllers;
  std::string mounted;     ///< mount point
  std::string root = "/";  ///< the cgroup that is seen there; not "/" inside another container
  std::string own;         ///< the cgroup of this process, from the hierarchy's root

  /// "memory", "cpu,cpuacct", "name=systemd"; "unified" for v2.
  std::string key() const;
  bool has(std::string_view controller) const;
};

struct CgroupHost {
  std::vector<CgroupHierarchy> hierarchies;

  CgroupMode mode() const;
  /// The hierarchy that has this controller, or null.
  const CgroupHierarchy* with(std::string_view controller) const;
  /// Those in which a container gets a folder: all of v1, or the one of v2. A hybrid machine's v2
  /// hierarchy is left out, as its controllers are none that docker uses.
  std::vector<const CgroupHierarchy*> used() const;

  /// For spec::PlanHost: 1 or 2, and mount points by key().
  std::int32_t plan_version() const;
  std::map<std::string, std::string> plan_mounts() const;
};

/// From the texts of /proc/self/mountinfo and /proc/self/cgroup. `controllers` of a v2 hierarchy
/// stay empty.
CgroupHost parse_cgroup_host(std::string_view mountinfo, std::string_view own);

/// This machine's. A mount that another one hides is left out: what counts is what statfs(2) says
/// of the folder, not that the folder exists.
Result<CgroupHost> detect_cgroups();

}  // namespace cutaway::real
