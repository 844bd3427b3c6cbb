// The filter in this kernel: loaded by a child with no_new_privs, which then makes the calls.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "real/seccomp/seccomp.h"
#include "spec/plan/plan.h"

namespace cutaway::test {
namespace {

int errno_of(long result) { return result < 0 ? errno : 0; }

/// Each call after the filter is loaded, and what it must say. The child ends with the number of
/// the first that says something else.
struct Try {
  int expected;
  int (*call)();
};
constexpr Try kTries[] = {
    {0, [] { return errno_of(syscall(SYS_getpid)); }},
    {EPERM, [] { return errno_of(syscall(SYS_mount, "x", "/nowhere", "tmpfs", 0, nullptr)); }},
    {EPERM, [] { return errno_of(syscall(SYS_unshare, CLONE_NEWUSER)); }},
    {ENOSYS, [] { return errno_of(syscall(SYS_clone3, nullptr, 0)); }},
    {EPERM, [] { return errno_of(syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, 0, 0)); }},
    {0, [] { return errno_of(syscall(SYS_personality, 0xffffffffUL)); }},
    {0, [] { return errno_of(syscall(SYS_personality, 0UL)); }},
    {EPERM, [] { return errno_of(syscall(SYS_personality, 0x0040000UL)); }},
    {ENOSYS, [] { return errno_of(syscall(2000)); }},
};

void load_and_try(const std::string& bytes) {
  sock_fprog program{static_cast<unsigned short>(bytes.size() / sizeof(sock_filter)),
                     reinterpret_cast<sock_filter*>(const_cast<char*>(bytes.data()))};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(101);
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) _exit(102);
  int number = 1;
  for (const Try& one : kTries) {
    if (one.call() != one.expected) _exit(number);
    ++number;
  }
  _exit(0);
}

TEST(SeccompLoaded, TheKernelTakesItAndAnswers) {
  const auto made =
      real::docker_seccomp_filter({spec::kDockerCapabilities, real::running_kernel()});
  ASSERT_TRUE(made.has_value()) << made.error().message;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) load_and_try(*made);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0) << "number of the call that was answered otherwise";
}

}  // namespace
}  // namespace cutaway::test
