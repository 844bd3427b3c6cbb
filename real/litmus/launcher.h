// What outlives a single litmus program: the area, the cgroup, and the launcher in it, a child of
// ours that makes sandboxes (executor/launcher.cpp).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "real/litmus/area.h"
#include "real/litmus/cage.h"
#include "real/sys/fd.h"

namespace cutaway::real {

/// The executor's bytes: what a file of a document is that makes calls when it is executed.
Result<std::string> executor_bytes();

class LitmusLauncher {
 public:
  /// Needs root.
  static Result<std::unique_ptr<LitmusLauncher>> start();
  /// The launcher ends, and with it whatever it made.
  ~LitmusLauncher();
  LitmusLauncher(const LitmusLauncher&) = delete;
  LitmusLauncher& operator=(const LitmusLauncher&) = delete;

  pid_t pid() const { return pid_; }
  LitmusArea& area() const { return *area_; }
  int area_fd() const { return area_fd_.get(); }
  LitmusCage& cage() const { return *cage_; }
  /// Another program begins: all of the area is zero again.
  Status clear_area() const;

  Status say(std::string_view line) const;
  /// The next line from launcher or pid 1; an Error after `ms`.
  Result<std::string> hear(int ms) const;

 private:
  LitmusLauncher() = default;
  Status map_area();

  std::unique_ptr<LitmusCage> cage_;
  Fd area_fd_, control_;
  LitmusArea* area_ = nullptr;
  pid_t pid_ = -1;
  Fd process_;
};

}  // namespace cutaway::real
