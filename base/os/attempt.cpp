#include "base/os/attempt.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace cutaway::os {

namespace {

// Sent as it stands: the child is a copy of us, so the address of a literal means the same on both
// sides.
[[noreturn]] void run_child(const Attempt& attempt, int report) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const Outcome outcome = attempt();
  const bool sent = ::write(report, &outcome, sizeof outcome) == sizeof outcome;
  ::_exit(sent ? 0 : 1);
}

}  // namespace

Outcome attempt_in_child(const Attempt& attempt) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {errno, "pipe"};
  const pid_t child = ::fork();
  if (child == 0) run_child(attempt, ends[1]);
  const int fork_error = errno;
  ::close(ends[1]);
  Outcome outcome{fork_error, "fork"};
  if (child > 0) {
    outcome = {ECHILD, "the child that tried it ended early"};
    Outcome reported;
    ssize_t n = 0;
    do {
      n = ::read(ends[0], &reported, sizeof reported);
    } while (n < 0 && errno == EINTR);
    if (n == static_cast<ssize_t>(sizeof reported)) outcome = reported;
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(ends[0]);
  return outcome;
}

Outcome enter_user_namespace() {
  const unsigned uid = ::geteuid();
  const unsigned gid = ::getegid();
  if (::unshare(CLONE_NEWUSER) != 0) return {errno, "unshare(CLONE_NEWUSER)"};
  char map[40];
  std::snprintf(map, sizeof map, "0 %u 1", uid);
  if (const int error = write_whole_file("/proc/self/uid_map", map))
    return {error, "write /proc/self/uid_map"};
  if (const int error = write_whole_file("/proc/self/setgroups", "deny"))
    return {error, "write /proc/self/setgroups"};
  std::snprintf(map, sizeof map, "0 %u 1", gid);
  if (const int error = write_whole_file("/proc/self/gid_map", map))
    return {error, "write /proc/self/gid_map"};
  return {};
}

std::string error_words(int error) {
  const char* name = ::strerrorname_np(error);
  const char* says = ::strerrordesc_np(error);
  return std::string(name == nullptr ? "error" : name) + " (" +
         (says == nullptr ? "unknown" : says) + ")";
}

std::string why_not(const Outcome& outcome) {
  return std::string(outcome.step) + ": " + error_words(outcome.error);
}

int write_whole_file(const char* path, const char* text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  const std::size_t length = std::strlen(text);
  const int error = ::write(fd, text, length) == static_cast<ssize_t>(length) ? 0 : errno;
  ::close(fd);
  return error;
}

}  // namespace cutaway::os
