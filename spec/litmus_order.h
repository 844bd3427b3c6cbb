// Front door: in which order the tasks of a litmus program run (CONTRACT §5, "Order"). One holds
// the token and runs; all others stand still. Pure bookkeeping: whoever runs the tasks says what
// became of them, and asks whose turn it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spec/litmus.h"

namespace cutaway::spec {

enum class LitmusTaskState : std::uint8_t {
  Ready,      ///< has the token, or could take it
  AtBarrier,  ///< stands at one that is not complete
  InBlock,    ///< its `block` has not returned
  Waiting,    ///< for a child that has nothing to report (wait4, waitid, vfork)
  Stopped,    ///< by a stop signal
  Ended,
};

class LitmusOrder {
 public:
  using Task = std::size_t;  ///< by creation: 0 is the first

  /// Counts which lists of the program name which barrier. The first task is there, with the token.
  explicit LitmusOrder(const LitmusProgram& program);

  /// A call made another task, which runs `list` (its step's `child`). It gets no token by that.
  Task create(const LitmusProgram& list);
  /// A list never became a task (its clone failed, or was never reached): it counts as ended.
  void never_made(const LitmusProgram& list);

  /// Arrives at a barrier. Ready afterwards when it was the last to come; then all are.
  void arrive(Task task, const std::string& barrier);
  /// Its call did not return (InBlock, Waiting); it stopped; it may go on (Ready); it ended.
  /// An end may complete barriers. What has ended stays so.
  void set(Task task, LitmusTaskState state);

  LitmusTaskState state(Task task) const;
  std::size_t count() const { return tasks_.size(); }
  /// Has this one the token, as turn() said last, and can it run?
  bool holds(Task task) const { return task == holder_ && state(task) == LitmusTaskState::Ready; }
  /// Who holds the token: the one that held it while it can run, else the earliest-created that
  /// can. None: nobody can run (all have ended, or wait for what never comes).
  std::optional<Task> turn();
  /// Tasks that have not ended.
  std::vector<Task> left() const;

 private:
  struct Member {
    LitmusTaskState state = LitmusTaskState::Ready;
    bool stopped = false;  ///< beside what it is in
    const LitmusProgram* list = nullptr;
    std::map<std::string, int> arrivals;  ///< how often it came to each barrier
    std::string at;                       ///< the barrier that it stands at
  };
  void count(const LitmusProgram& list);
  bool complete(const std::string& barrier, int round) const;
  void open_barriers();

  std::vector<Member> tasks_;
  /// By barrier: how often each list names it.
  std::map<std::string, std::map<const LitmusProgram*, int>> named_;
  std::map<const LitmusProgram*, bool> gone_;  ///< lists whose tasks have all ended
  Task holder_ = 0;
};

}  // namespace cutaway::spec
