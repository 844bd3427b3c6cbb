// What became of a step: by what the kernel says of the tasks (tasks.h).
#include <sys/stat.h>

#include "base/text.h"
#include "real/litmus/runner.h"
#include "real/sys/files.h"
#include "trace/abi/abi.h"

namespace cutaway::real {

using spec::LitmusForm;

namespace {

/// "blocks" (CONTRACT §5): asleep in that call, for so long.
constexpr std::int64_t kLitmusBlockedNs = 20'000'000;
/// How long others are given to stand still.
constexpr std::int64_t kSettleNs = 2'000'000'000;
constexpr std::int64_t kLookEveryNs = 100'000;

}  // namespace

bool LitmusRunner::late() const { return monotonic_ns() > deadline_; }

/// vfork(2) and clone with CLONE_VFORK last until the child ends or executes.
bool LitmusRunner::waits_for_child(const Member& member) const {
  if (!member.flight || member.flight->step == nullptr) return false;
  if (member.flight->child) return tasks_.born(*member.flight->child);
  const std::string& name = member.flight->step->name;
  return name == "wait4" || name == "waitid";
}

LitmusRunner::State LitmusRunner::state_in_flight(const Member& member) const {
  if (!member.flight) return State::Ready;
  if (member.flight->step != nullptr && member.flight->step->form == LitmusForm::Block)
    return State::InBlock;
  return waits_for_child(member) ? State::Waiting : State::Ready;
}

/// Until its call returned, it ended, or it gives the token up.
void LitmusRunner::watch(Task task) {
  std::int64_t asleep_since = 0;
  while (!late()) {
    tasks_.listen(kLookEveryNs);
    if (came_back(task) || lets_go(task, asleep_since)) return;
  }
}

bool LitmusRunner::came_back(Task task) {
  Member& member = members_[task];
  tell_child(member);
  if (tasks_.idle(member.slot)) {
    complete(task);
    return true;
  }
  if (tasks_.ended(member.slot)) {
    learn(task);
    return true;
  }
  executed(task);
  return false;
}

/// Stopped, asleep in a wait for children while nobody stirs, or in a `block` for long enough.
bool LitmusRunner::lets_go(Task task, std::int64_t& asleep_since) {
  const Member& member = members_[task];
  const TaskSight sight = tasks_.look(member.slot);
  if (sight.state == 'T') {
    order_.set(task, State::Stopped);
    return true;
  }
  if (sight.exiting && sight.state == 'S') return lets_others_be_reaped(task, asleep_since);
  const State state = state_in_flight(member);
  const bool asleep = sight.state == 'S' || (sight.state == 'D' && state == State::Waiting);
  if (state == State::Ready || member.foreign || !asleep ||
      !tasks_.sleeps_in_its_call(member.slot)) {
    asleep_since = 0;
    return false;
  }
  const std::int64_t now = monotonic_ns();
  if (asleep_since == 0) asleep_since = now;
  if (state == State::InBlock && now - asleep_since < kLitmusBlockedNs) return false;
  for (Task other = 0; state == State::Waiting && other < members_.size(); ++other) {
    if (other != task && !stands_still(other)) return false;
  }
  // Nobody has woken it meanwhile.
  if (state == State::Waiting && now == asleep_since) return false;
  order_.set(task, state);
  return true;
}

bool LitmusRunner::lets_others_be_reaped(Task task, std::int64_t& asleep_since) {
  const std::int64_t now = monotonic_ns();
  if (asleep_since == 0) asleep_since = now;
  if (now - asleep_since < kLitmusBlockedNs) return false;
  order_.set(task, State::Waiting);
  return true;
}

/// Asleep where it can be, stopped, or gone; nothing is on its way to it.
bool LitmusRunner::stands_still(Task task) {
  const Member& member = members_[task];
  if (order_.state(task) == State::Ended) return true;
  if (!tasks_.born(member.slot)) return false;
  const TaskSight sight = tasks_.look(member.slot);
  if (sight.state == 'Z' || sight.state == 'X' || sight.state == 'T') return true;
  // A namespace's pid 1 ends when all others have been reaped (zap_pid_ns_processes).
  if (sight.exiting) return sight.state == 'S';
  if (sight.state == 'D') return state_in_flight(member) == State::Waiting;
  if (sight.state != 'S') return false;
  if (member.foreign || tasks_.idle(member.slot)) return true;
  // Who has returned from its call sleeps as well, in telling us so. And who has just been woken
  // calls itself asleep once more while it looks whether it may go on (wait_event in linux/wait.h):
  // only of one that is off the cpu does /proc/TID/syscall tell a call (wait_task_inactive).
  return member.flight && !tasks_.returned(member.slot) && tasks_.sleeps_in_its_call(member.slot);
}

/// Waits until everybody stands still, and learns what became of each.
void LitmusRunner::settle() {
  const std::int64_t end = monotonic_ns() + kSettleNs;
  bool still = false;
  while (!still && monotonic_ns() < end && !late()) {
    while (tasks_.listen(0)) {
    }
    still = true;
    for (Task task = 0; task < members_.size(); ++task) still = still && stands_still(task);
    if (!still) tasks_.listen(kLookEveryNs / 2);
  }
  for (Task task = 0; task < members_.size(); ++task) learn(task);
}

void LitmusRunner::learn(Task task) {
  Member& member = members_[task];
  if (order_.state(task) == State::Ended) return;
  tell_child(member);
  const bool never_born = !tasks_.born(member.slot);
  if (never_born || tasks_.ended(member.slot)) {
    member.flight.reset();
    order_.set(task, State::Ended);
    return;
  }
  const State was = order_.state(task);
  if (tasks_.look(member.slot).state == 'T') {
    order_.set(task, State::Stopped);
  } else if (member.flight && tasks_.idle(member.slot)) {
    complete(task);
  } else if (was == State::Stopped) {
    order_.set(task, state_in_flight(member));
  }
}

/// The task that a call has made is one of the program from its first instruction on.
void LitmusRunner::tell_child(Member& member) {
  if (!member.flight || !member.flight->child || member.flight->child_told) return;
  if (!tasks_.born(*member.flight->child)) return;
  member.flight->child_told = true;
  const spec::LitmusProgram& list = member.flight->step->child;
  const unsigned slot = *member.flight->child;
  exits_[slot] = exits_[member.slot];
  spec::LitmusVerdict* const verdict = member.verdict;
  order_.create(list);
  add_member(slot, list, verdict);
}

/// From now on a handler ends its process with another status; until here the old one was told.
void LitmusRunner::note_exit(const Member& member) {
  if (!member.flight->registers) return;
  const LitmusOrders& orders = member.flight->registers->orders();
  if (orders.exit_signal != 0) exits_[member.slot][orders.exit_signal] = orders.exit_status;
}

void LitmusRunner::complete(Task task) {
  if (tasks_.executed(members_[task].slot)) return executed(task);
  tell_child(members_[task]);
  if (!members_[task].flight) return order_.set(task, State::Ready);
  const spec::LitmusStep* step = members_[task].flight->step;
  if (step == nullptr) return;  // exit_group never returns
  const spec::LitmusOutcome outcome = outcome_of(members_[task]);
  note_exit(members_[task]);
  const std::optional<unsigned> child = members_[task].flight->child;
  const bool told = members_[task].flight->child_told;
  const bool blocked = order_.state(task) == State::InBlock;
  spec::LitmusVerdict& verdict = *members_[task].verdict;
  members_[task].flight.reset();
  members_[task].program = 0;
  if (child && !told && outcome.err != abi::Errno::kOk) order_.never_made(step->child);
  if (child && !told && outcome.err == abi::Errno::kOk) {
    order_.create(step->child);
    exits_[*child] = exits_[members_[task].slot];
    add_member(*child, step->child, &verdict);
  }
  variables_.set(step->as, outcome);
  if (step->form == LitmusForm::Block) returned_[step->as] = outcome;
  if (step->form == LitmusForm::Block && !blocked && order_.state(task) != State::Stopped)
    verdict.fail(*step, "expected it to block, got " + spec::outcome_words(outcome));
  else
    verdict.judge(*step, outcome, variables_);
  order_.set(task, State::Ready);
}

/// Its execve went well: it begins the file's list, or is a program of its own.
void LitmusRunner::executed(Task task) {
  Member& member = members_[task];
  if (member.program == 0 || !member.flight) return;
  const pid_t pid = tasks_.pid(member.slot);
  const bool asks = tasks_.executed(member.slot);
  if (!asks) {
    struct stat status {};
    const bool same = ::stat(("/proc/" + decimal(pid) + "/exe").c_str(), &status) != 0 ||
                      status.st_ino == member.program;
    if (same || sandbox_.program_of(pid) != nullptr) return;
  } else if (!tasks_.idle(member.slot)) {
    return;
  }
  const spec::LitmusStep& step = *member.flight->step;
  const spec::LitmusOutcome outcome;  // an execve that succeeds is 0 (CONTRACT §2)
  variables_.set(step.as, outcome);
  member.verdict->judge(step, outcome, variables_);
  member.flight.reset();
  member.program = 0;
  const spec::LitmusProgram* list = asks ? sandbox_.program_of(pid) : nullptr;
  const auto verdict = verdicts_.find(list);
  member.foreign = list == nullptr;
  if (verdict == verdicts_.end()) return;
  member.list = list;
  member.at = 0;
  member.verdict = &verdict->second;
  order_.set(task, State::Ready);
}

}  // namespace cutaway::real
