// Limits as files of a container's cgroup folders, by cgroup version.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/plan/plan.h"

namespace cutaway::spec {

struct CgroupSetting {
  std::string controller, file, value;
  bool optional = false;  ///< not every kernel has the file
};

/// Where this controller is mounted, of the plan's hierarchies; on v1 "cpu,cpuacct" has both. Null
/// when it is nowhere.
const std::string* cgroup_mount(const PlanInput& input, std::string_view controller);

/// Files to write for the limits asked for; none without.
std::vector<CgroupSetting> cgroup_settings(const PlanInput& input);

/// `docker update` of a running container: the files that say something else afterwards, in an
/// order in which the kernel takes them. (runc writes all that are set; what comes of it is the
/// same.)
std::vector<CgroupSetting> changed_settings(const PlanInput& before, const PlanInput& after);

}  // namespace cutaway::spec
