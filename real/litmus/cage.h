// The cgroup in which sandboxes live: made and limited by the parent, never seen from inside (the
// sandbox has a cgroup namespace and no cgroup file system of ours). Found again by its name:
// "/cutaway/litmus-PID-START", of the process that made it (real/prune).
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/cgroup/cgroup.h"
#include "spec/litmus.h"

namespace cutaway::real {

class LitmusCage {
 public:
  static Result<std::unique_ptr<LitmusCage>> make();
  /// Ends whoever is left in there and removes it.
  ~LitmusCage();
  LitmusCage(const LitmusCage&) = delete;
  LitmusCage& operator=(const LitmusCage&) = delete;

  /// A process of ours, in all hierarchies; its children are born in there.
  Status add(pid_t pid) const;
  /// What the document asks for, or what everybody gets. Kept while nothing changes.
  Status limit(const spec::Litmus& litmus);

 private:
  LitmusCage(CgroupDriver driver, std::string id, Fd held);
  std::vector<std::string> folders() const;

  CgroupDriver driver_;
  std::string id_;
  Fd held_;
  std::int64_t memory_ = 0, pids_ = 0, cpu_ = 0;
};

/// Removes the cages of processes that are gone, with whoever is left in them. Their names.
std::vector<std::string> prune_cages();

}  // namespace cutaway::real
