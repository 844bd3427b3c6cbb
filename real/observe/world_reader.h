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
  /// The mount table of this process.
  void mounts(NsId ns, const std::vector<MountLine>& lines);
  Status tasks(Role self, const std::vector<int>& watched);  // snapshot_tasks.cpp

 private:
  HierarchyId hierarchy(const CgroupLine& line);
  void read_control(CgroupId id);
  TaskId task(int pid, TaskId parent);
  void join_cgroups(Task& task, int pid);
  void sessions_and_groups();

  // neighbours.cpp: other processes
  Status neighbours(const std::vector<int>& pids);
  TaskId neighbour(int pid);
  void threads(int pid, TaskId leader);
  void namespaces_of(int pid);
  NsId namespace_in(NsKind kind, int fd, int pid);
  NsId new_namespace(NsKind kind, int fd, std::uint32_t inode, int pid);
  void mounts_of(NsId ns, int pid);
  void container_of(TaskId task);

  NsId ns_[kNsKinds];
  NsId own_mounts_;
  std::map<std::string, HierarchyId> hierarchies_;  ///< by controllers, as in /proc/PID/cgroup
  std::map<std::string, FilesystemId> devices_;     ///< file systems by major:minor
};

/// The cgroup at `path` of a hierarchy, made with all above it where the World has none yet.
CgroupId cgroup_at(World& world, HierarchyId hierarchy, const std::string& path);
/// Where a hierarchy's folder is on this machine; empty: not mounted.
std::string cgroup_folder(const World& world, HierarchyId hierarchy);

/// What /proc/PID/status says of a task's rights; ids and sets as the kernel keeps them.
Credentials read_credentials(const StatusFields& status);
/// What a process was started with (/proc/PID/cmdline).
std::vector<std::string> arguments(int pid);
/// Dispositions by SigIgn and SigCgt.
std::map<std::int32_t, std::string> read_actions(const StatusFields& status);

}  // namespace cutaway::real
