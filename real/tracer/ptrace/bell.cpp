#include "real/tracer/ptrace/bell.h"

#include <linux/close_range.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

/// Only system calls: this is a fork of a process with threads. It holds no descriptor (a pipe of
/// the parent would never end), and no signal but SIGKILL, SIGSTOP and SIGCONT reaches it.
[[noreturn]] void child(pid_t parent) {
  const std::uint64_t all = ~std::uint64_t{0};
  ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, nullptr, sizeof all);
  ::syscall(SYS_close_range, 0U, ~0U, 0U);
  ::syscall(SYS_prctl, PR_SET_NAME, "cutaway-bell", 0L, 0L, 0L);
  ::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0L, 0L, 0L);
  if (::syscall(SYS_getppid) != parent) ::syscall(SYS_exit_group, 0);
  while (true) ::syscall(SYS_pause);
}

}  // namespace

Status Bell::hang() {
  if (pid_ > 0) return {};
  const pid_t parent = ::getpid();
  // No exit signal: nobody but who waits with __WALL ever sees it.
  const long made = ::syscall(SYS_clone, 0UL, 0UL, 0UL, 0UL, 0UL);
  if (made == 0) child(parent);
  if (made < 0) return os_fail("clone", "the tracer's bell", errno);
  pid_ = static_cast<int>(made);
  return {};
}

void Bell::ring() const {
  if (pid_ > 0) ::kill(pid_, SIGSTOP);
}

void Bell::silence() {
  int status = 0;
  const pid_t got = ::waitpid(pid_, &status, __WALL | WNOHANG | WUNTRACED);
  // SIGCONT also takes back a stop that was sent meanwhile; who sent it had said before what for.
  if (got == pid_ && WIFSTOPPED(status)) ::kill(pid_, SIGCONT);
  if (got == pid_ && !WIFSTOPPED(status)) {  // somebody killed it
    pid_ = -1;
    (void)hang();
  }
}

Bell::~Bell() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, __WALL) == pid_ && WIFSTOPPED(status)) {
  }
}

}  // namespace cutaway::real
