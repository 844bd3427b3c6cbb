// Beside strace: the same names of calls, task by task.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "recorder.h"

namespace cutaway::real {
namespace {

using Sequences = std::multiset<std::string>;

/// Tasks have other pids in the other run: compared is what each did, in any order of tasks. The
/// times at which SIGCHLD comes differ, so waits of the shell are left out.
bool compared(const std::string& name) {
  return name != "wait4" && name != "rt_sigreturn" && name != "restart_syscall";
}

Sequences ours(const std::vector<std::string>& argv) {
  Sequences all;
  Child child(program(argv));
  Notebook seen;
  if (!trace(child, seen).empty()) return all;
  std::map<int, std::string> by_task;
  std::set<int> started;
  for (const SeenCall& call : seen.calls) {
    const std::string name(abi::sys_name(call.sys));
    if (name == "execve" && call.ret == 0 && started.empty()) started.insert(call.tid);
    if (!started.empty() && compared(name)) by_task[call.tid] += name + " ";
  }
  for (const auto& [tid, names] : by_task) {
    (void)tid;
    all.insert(names);
  }
  return all;
}

/// strace -f -o FILE: "PID name(…) = …", "PID <... name resumed>…", "PID +++ exited …".
Sequences theirs(const std::vector<std::string>& argv) {
  char file[] = "/tmp/cutaway-strace-XXXXXX";
  const int fd = ::mkstemp(file);
  if (fd >= 0) ::close(fd);
  std::vector<std::string> words = {"/usr/bin/strace", "-f", "-o", file};
  words.insert(words.end(), argv.begin(), argv.end());
  Child child(program(words));
  child.go();
  child.wait();
  std::map<std::string, std::string> by_task;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream parts(line);
    std::string pid, rest;
    parts >> pid >> std::ws;
    std::getline(parts, rest);
    const std::size_t open = rest.find('(');
    if (open == std::string::npos || rest[0] == '<' || rest[0] == '+' || rest[0] == '-') continue;
    const std::string name = rest.substr(0, open);
    if (compared(name)) by_task[pid] += name + " ";
  }
  ::unlink(file);
  Sequences all;
  for (const auto& [pid, names] : by_task) {
    (void)pid;
    all.insert(names);
  }
  return all;
}

TEST(TracerBesideStrace, TheSameCallsInTheSameOrder) {
  if (::access("/usr/bin/strace", X_OK) != 0) GTEST_SKIP() << "strace is not installed";
  const std::vector<std::string> argv = {"/bin/busybox", "sh", "-c", "ls / | cat; exit 3"};
  const Sequences expected = theirs(argv);
  if (expected.empty()) GTEST_SKIP() << "strace cannot trace here";
  EXPECT_EQ(ours(argv), expected);
}

}  // namespace
}  // namespace cutaway::real
