// The conductor of a litmus program in the simulator: what its tasks share as the real ones share a
// page. It keeps the order, the variables and the verdict, and gives the turn to the next task when
// nobody runs any more. Nothing of it is seen by the calls.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/sys.h"
#include "sim/kernel/kernel.h"
#include "sim/litmus/memory.h"
#include "spec/litmus_judge.h"
#include "spec/litmus_order.h"

namespace cutaway::sim {

/// What a signal's handler does that a program has set (rt_sigaction).
struct LitmusHandlers {
  std::map<int, Json> actions;         ///< by signal: sa_flags and sa_mask, as oldact tells them
  std::map<int, int> exits;            ///< by signal: it ends the process with this status
  std::map<int, std::int64_t> counts;  ///< by signal: how often a handler ran
};

class Conductor : public Watcher {
 public:
  using Task = spec::LitmusOrder::Task;

  explicit Conductor(std::shared_ptr<const spec::LitmusProgram> program);

  /// It is a file's program, in a container: it says in the trace what held and what failed, and
  /// its exit status does.
  void stand_alone() { stands_alone_ = true; }
  /// Others may compute beside it without end, so that it waits for its own tasks only.
  bool stands_alone() const { return stands_alone_; }

  // ---- For the tasks' programs
  /// This task of ours has executed a file with another program, and goes on with that.
  std::optional<Task> go_on_with(TaskId id, std::shared_ptr<const spec::LitmusProgram> program);
  /// What a process of a file's program ends with, when it wants `status`.
  std::int64_t exit_status(Task task, std::int64_t status) const;
  /// It has begun: which task of the machine it is.
  void begin(Task task, TaskId id);
  bool has_turn(Task task) const;
  /// It was roused since it rested, and so nobody else runs.
  bool take_rouse(Task task) { return std::exchange(members_.at(task).roused, false); }
  /// The next element of its list; null: the list is over.
  const spec::LitmusStep* next(Task task);
  /// Another task for this step's `child`, before the call that makes it. `shares_memory`:
  /// CLONE_VM.
  Task expect_child(Task parent, const spec::LitmusStep& step, bool shares_memory,
                    bool shares_handlers);
  void child_failed(Task child, const spec::LitmusStep& step);
  /// From here until it comes back a task is in this call.
  void enter(Task task, const spec::LitmusStep& step, bool leaves_program);
  void came_back(Task task, const spec::LitmusStep& step, const spec::LitmusOutcome& outcome);
  void arrive(Task task, const std::string& barrier) { order_.arrive(task, barrier); }
  /// `resume`: judges the blocked call that sets this variable.
  void resume(const spec::LitmusStep& step);
  void judge(const spec::LitmusStep& step, const spec::LitmusOutcome& outcome);
  void fail(const spec::LitmusStep& step, const std::string& text) { verdict_.fail(step, text); }

  /// Handlers ran. Then the process is to end with a status, when one of them says so.
  std::optional<int> note_signals(Task task, const std::vector<int>& signals);
  LitmusHandlers& handlers(Task task) { return *members_.at(task).handlers; }
  LitmusMemory& memory(Task task) { return *members_.at(task).memory; }
  const spec::LitmusVariables& variables() const { return variables_; }
  bool failed_so_far() const { return !verdict_.failed().empty(); }

  // ---- Watcher
  bool look(Kernel& kernel) override;
  bool knows(TaskId task) const override;

  // ---- For whoever started the program
  /// All tasks have ended, or none will go on.
  bool over() const;
  /// Nothing more happens: judges what is left, and says who waits for what never comes.
  void finish();
  const spec::LitmusVerdict& verdict() const { return verdict_; }

 private:
  struct Member {
    TaskId id;  ///< none: it has not begun
    const spec::LitmusProgram* list = nullptr;
    std::size_t next = 0;
    const spec::LitmusStep* in = nullptr;  ///< the step whose call it is in
    bool gave_up = false;                  ///< its block did not return at once
    bool left_program = false;             ///< execve may have replaced its list
    bool ended = false;
    bool roused = false;
    std::shared_ptr<LitmusHandlers> handlers;
    std::shared_ptr<LitmusMemory> memory;
  };
  bool quiet(const Kernel& kernel) const;
  void note_ends(const Kernel& kernel);
  void see(Kernel& kernel, Task task);
  void judge_execve(Member& member);
  spec::LitmusTaskState state_of_waiting(Member& member);

  void report(Kernel& kernel);

  std::shared_ptr<const spec::LitmusProgram> program_;
  std::vector<std::shared_ptr<const spec::LitmusProgram>> executed_;
  bool stands_alone_ = false;
  spec::LitmusOrder order_;
  spec::LitmusVariables variables_;
  spec::LitmusVerdict verdict_;
  std::vector<Member> members_;
  /// What blocked calls gave, by variable, once they returned.
  std::map<std::string, spec::LitmusOutcome> returned_;
};

}  // namespace cutaway::sim
