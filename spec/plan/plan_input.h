// From what the daemon resolved to what the plan depends on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "spec/config.h"
#include "spec/plan/plan.h"

namespace cutaway::spec {

/// What a plan must know of the machine and of docker's folders on it.
struct PlanHost {
  std::int32_t cgroup_version = 2;
  std::map<std::string, std::string> cgroup_mounts;  ///< by controller; "unified" on v2
  std::string rootfs;                                ///< where the overlay is mounted
  bool root_is_mount = true;                         ///< false: nothing to unmount at the end
  std::string init_mounts;                ///< options of an overlay that init mounts there itself
  std::optional<PlainUser> plain_user;    ///< started without root
  std::string etc_folder;                 ///< holds hosts, hostname, resolv.conf
  std::string volumes_folder;             ///< holds a folder for each volume
  std::vector<std::string> file_sources;  ///< of bind mounts: what is a file, not a folder
  std::map<std::string, std::string> shared;  ///< namespaces of others: see PlanInput
};

/// Where a volume's files lie: "<volumes>/<name>/_data".
std::string volume_folder(const std::string& volumes, const std::string& name);

PlanInput plan_input(const ContainerConfig& config, const PlanHost& host);

/// The plan as people read it: each step, who does it, why, and its calls. Wrapped at `columns`.
std::string plan_text(const Plan& plan, int columns);

}  // namespace cutaway::spec
