// The World before a run, under construction; each aspect of the machine has its own file.
// Private to real/observe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/observe/proc_text.h"
#include "real/observe/snapshot.h"

namespace cutaway::real {

class WorldReader {
 public:
  World world;

  void machine(const std::vector<MountLine>& mounts);
  Status namespaces();
  Status cgroups(const std::vector<std::string>& extra);  // snapshot_cgroups.cpp
  Status tasks(Role self);                                // snapshot_tasks.cpp

 private:
  HierarchyId hierarchy(const CgroupLine& line);
  void read_control(CgroupId id);
  TaskId task(int pid, TaskId parent);
  void join_cgroups(Task& task, int pid);

  NsId ns_[kNsKinds];
  std::map<std::string, HierarchyId> hierarchies_;  ///< by controllers, as in /proc/PID/cgroup
};

/// The cgroup at `path` of a hierarchy, made with all above it where the World has none yet.
CgroupId cgroup_at(World& world, HierarchyId hierarchy, const std::string& path);
/// Where a hierarchy's folder is on this machine; empty: not mounted.
std::string cgroup_folder(const World& world, HierarchyId hierarchy);

/// What /proc/PID/status says of a task's rights; ids and sets as the kernel keeps them.
Credentials read_credentials(const StatusFields& status);
/// Dispositions by SigIgn and SigCgt.
std::map<std::int32_t, std::string> read_actions(const StatusFields& status);

}  // namespace cutaway::real
