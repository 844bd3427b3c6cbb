// The cgroups of our containers: what the plan (spec/plan: cg.create, cg.attach, cg.limit,
// cg.remove) does not do by itself. All are folders below one of ours, the same in each hierarchy:
// "/cutaway/<id>".
//
//   CgroupDriver cgroups(host, "/cutaway");
//   TRY(cgroups.prepare());                       // once, before the first container
//   input.cgroup_path = cgroups.path_of(id);      // for the plan
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/cgroup/host.h"
#include "real/cgroup/oom.h"
#include "real/cgroup/usage.h"
#include "spec/plan/limits.h"

namespace cutaway::real {

class CgroupDriver {
 public:
  explicit CgroupDriver(CgroupHost host, std::string folder = "/cutaway");

  const CgroupHost& host() const { return host_; }
  /// How long killing, freezing and removing go on trying.
  void set_patience(std::int64_t ns) { patience_ns_ = ns; }
  std::string path_of(const std::string& id) const { return folder_ + "/" + id; }

  /// Makes the common folder. v1: gives it cpus and memory nodes (an empty cpuset takes no member:
  /// ENOSPC). v2: has the controllers enabled for those below it.
  Status prepare() const;
  /// Removes the common folder; what is still in it is an error.
  Status unprepare() const;

  /// Ids of ours that are there in any hierarchy, sorted.
  std::vector<std::string> list() const;
  /// Pids of the members in any hierarchy, with those of cgroups that the container made below,
  /// sorted.
  Result<std::vector<pid_t>> members(const std::string& id) const;
  /// SIGKILL to all members, again until none is left. Through pidfds, each checked to be a member
  /// when its pidfd was already open, so that a reused pid is never hit.
  Status kill_all(const std::string& id) const;
  /// `docker pause`. Returns when all are frozen, or thaws them and says why not.
  Status freeze(const std::string& id) const;
  Status thaw(const std::string& id) const;
  /// Writes one file; what it says afterwards. Empty: an optional file that this kernel has not.
  Result<std::string> set_limit(const std::string& id, const spec::CgroupSetting& setting) const;
  /// rmdir in each hierarchy, those that the container made below first. EBUSY is tried again for a
  /// while: a dying member leaves its cgroup a moment after its parent has seen it end.
  Status remove(const std::string& id) const;

  Result<CgroupMeter> meter(const std::string& id) const;
  Result<OomWatch> watch_oom(const std::string& id) const;

 private:
  std::string place(const CgroupHierarchy& hierarchy, const std::string& id) const;
  /// The container's folder where this controller is; an error names the controller.
  Result<std::string> place_with(std::string_view controller, const std::string& id) const;
  Status signal_members(const std::string& id) const;

  CgroupHost host_;
  std::string folder_;
  std::int64_t patience_ns_ = 5'000'000'000;
};

}  // namespace cutaway::real
