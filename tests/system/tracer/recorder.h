// What the tests of the tracer share: a child that waits to be traced, and an observer that keeps
// all it hears and checks the order in which it comes.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "real/sys/fd.h"
#include "real/tracer/tracer.h"

namespace cutaway::real {

/// A child of this thread that waits before `body` until go(). Whatever it prints goes to a file
/// that nobody reads.
class Child {
 public:
  explicit Child(const std::function<void()>& body);
  ~Child();
  int pid() const { return pid_; }
  void go();
  /// For children that are not traced to their end: how it ended, as waitpid tells it.
  int wait();
  void was_reaped() { pid_ = -1; }

 private:
  int pid_ = -1;
  Fd gate_;
};
/// Executes a program.
std::function<void()> program(std::vector<std::string> argv);

class Notebook : public Observer {
 public:
  void entered(const SeenCall& call) override;
  void returned(const SeenCall& call) override;
  void forked(const SeenFork& fork) override;
  void execed(int tid, int former) override;
  void ending(const SeenEnd& end) override;
  void ended(const SeenEnd& end) override;
  void signalled(const SeenSignal& signal) override;
  void stopped(int tid, int signal) override;
  void continued(int tid) override;
  bool hold(const SeenCall& call) override;

  /// Called first thing in every callback but hold, with its name.
  std::function<void(const std::string& what, int tid)> on_any;
  std::function<void(const SeenCall&)> on_entered, on_returned;
  std::function<bool(const SeenCall&)> on_hold;

  std::vector<SeenCall> calls;  ///< as they returned; calls that never did stand at their end
  std::vector<std::string> lines;
  std::map<int, SeenEnd> ends;
  std::vector<SeenFork> forks;
  std::vector<SeenSignal> signals;
  std::vector<std::pair<int, int>> execs, stops;
  std::vector<int> continues;
  std::size_t entries = 0, endings = 0;

  std::vector<SeenCall> calls_of(int tid) const;
  std::vector<SeenCall> calls_named(abi::Sys sys) const;

 private:
  void any(const char* what, int tid);

  std::set<int> known_;
  std::map<int, SeenCall> open_;
};

/// Traces a child from its start to the end of all its tasks. Empty when that went well.
std::string trace(Child& child, Notebook& recorder);
/// As the trace file shows it: read({"buf":"a",…}) = 1.
std::string shown(const SeenCall& call);

// A test that needs ptrace says so where it is not allowed.
#define TRACED(child, recorder)                                          \
  do {                                                                   \
    const std::string went_ = trace(child, recorder);                    \
    if (went_.find("EPERM") != std::string::npos) GTEST_SKIP() << went_; \
    ASSERT_EQ(went_, "");                                                \
  } while (false)

}  // namespace cutaway::real
