// Starts the helper (real/runtime/helper) as the shim of a container.
#pragma once

#include <string>

#include "base/result.h"
#include "real/runtime/table.h"
#include "real/sys/fd.h"

namespace cutaway::real {

/// Where `name` lies: beside this program, or in the folder that CUTAWAY_HELPERS names.
std::string helper_path(const std::string& name);
/// A helper's bytes in memory, sealed: nobody can change them any more (memfd_create(2)).
Result<Fd> sealed_helper(const std::string& name);

/// What a shim starts with. Its descriptors stay the caller's.
struct ShimLaunch {
  std::string mode = "shim";  ///< or "exec"
  std::string bundle;         ///< folder that holds the table ("plan")
  int in = -1, out = -1, err = -1;
  int control = -1;        ///< write end: kControlFd
  int step_page = -1;      ///< −1: it is not traced
  int console = -1;        ///< a socket that takes the terminal's master, or −1
  int not_inherited = -1;  ///< of ours: the other end of wait_for_byte
  int wait_for_byte =
      -1;  ///< it starts when a byte comes here (so that a tracer can seize it first)
};

/// Forks and execs the helper from a sealed copy in memory: nothing in a container can reach the
/// file on disk through /proc/PID/exe (CVE-2019-5736). Its pid.
Result<int> start_shim(const ShimLaunch& launch);

/// The page through which the helper announces its steps, shared with it by `fd`.
class SharedStepPage {
 public:
  static Result<SharedStepPage> make();
  SharedStepPage(SharedStepPage&&) noexcept;
  SharedStepPage& operator=(SharedStepPage&&) noexcept;
  ~SharedStepPage();
  int fd() const { return fd_.get(); }
  StepPage& page() const { return *page_; }

 private:
  SharedStepPage(Fd fd, StepPage* page) : fd_(std::move(fd)), page_(page) {}
  Fd fd_;
  StepPage* page_;
};

}  // namespace cutaway::real
