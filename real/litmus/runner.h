// Runs a litmus program in its sandbox: whose turn it is (spec/litmus_order.h), what the next step
// is, what became of it, and whether that was expected (spec/litmus_judge.h).
//
// Only one task runs at a time; all others must be seen to stand still before the next step: asleep
// in asking, in a call, stopped, or gone. What the last call has set going (a signal that kills, a
// child's end that ends a wait) is over then, and the result is a function of the program.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "real/litmus/registers.h"
#include "real/litmus/sandbox.h"
#include "spec/litmus_judge.h"
#include "spec/litmus_order.h"
#include "spec/litmus_variables.h"

namespace cutaway::real {

class LitmusRunner {
 public:
  LitmusRunner(LitmusSandbox& sandbox, const spec::Litmus& litmus);

  /// To the end of all tasks, or of the time that there is. What is still there is ended by the
  /// sandbox.
  void run(std::int64_t wall_ns);
  std::vector<spec::LitmusGave> gave() const;
  std::int64_t held() const;
  /// In the order of the document.
  std::vector<spec::LitmusFailure> failed() const;

 private:
  using State = spec::LitmusTaskState;
  /// A call that was given and has not been judged.
  struct Flight {
    const spec::LitmusStep* step = nullptr;  ///< null: the end of its list
    std::optional<LitmusRegisters> registers;
    std::optional<unsigned> child;  ///< the slot of the task that it may make
    bool child_told = false;        ///< the order knows of it
  };
  struct Member {
    unsigned slot = 0;
    const spec::LitmusProgram* list = nullptr;
    std::size_t at = 0;
    std::optional<Flight> flight;
    spec::LitmusVerdict* verdict = nullptr;
    bool foreign = false;       ///< it runs a program that is none of ours
    std::uint64_t program = 0;  ///< inode of what it ran when its execve began
  };
  using Task = spec::LitmusOrder::Task;

  // runner.cpp
  void go(Task task);
  void next_step(Task task);
  void call(Task task, const spec::LitmusStep& step);
  void barrier(Task task, const spec::LitmusStep& step);
  void resume(Task task, const spec::LitmusStep& step);
  void touch(Task task, const spec::LitmusStep& step);
  void handled(Task task, const spec::LitmusStep& step);
  void give(Task task, Flight flight, const LitmusOrders& orders);
  void end_list(Task task);
  void add_member(unsigned slot, const spec::LitmusProgram& list, spec::LitmusVerdict* verdict);
  spec::LitmusOutcome outcome_of(const Member& member) const;

  // runner_watch.cpp
  void watch(Task task);
  bool came_back(Task task);
  bool lets_go(Task task, std::int64_t& asleep_since);
  void settle();
  bool stands_still(Task task);
  void learn(Task task);
  void complete(Task task);
  void note_exit(const Member& member);
  bool lets_others_be_reaped(Task task, std::int64_t& asleep_since);
  void tell_child(Member& member);
  void executed(Task task);
  bool waits_for_child(const Member& member) const;
  State state_in_flight(const Member& member) const;
  bool late() const;

  LitmusSandbox& sandbox_;
  LitmusTasks& tasks_;
  const spec::Litmus& litmus_;
  std::map<const spec::LitmusProgram*, spec::LitmusVerdict> verdicts_;  ///< of files
  spec::LitmusVerdict verdict_;
  spec::LitmusOrder order_;
  spec::LitmusVariables variables_;
  std::deque<Member> members_;                           ///< references to them stay good
  std::map<std::string, spec::LitmusOutcome> returned_;  ///< blocked calls, by variable
  std::map<unsigned, ExitStatuses> exits_;               ///< by slot
  unsigned next_slot_ = kFirstSlot + 1;
  std::int64_t deadline_ = 0;
};

}  // namespace cutaway::real
