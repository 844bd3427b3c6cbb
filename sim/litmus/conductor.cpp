#include "sim/litmus/conductor.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::sim {

using spec::LitmusForm;
using spec::LitmusStep;
using spec::LitmusTaskState;

Conductor::Conductor(std::shared_ptr<const spec::LitmusProgram> program)
    : program_(std::move(program)), order_(*program_), verdict_(*program_) {
  Member first;
  first.list = program_.get();
  first.handlers = std::make_shared<LitmusHandlers>();
  first.memory = std::make_shared<LitmusMemory>();
  members_.push_back(std::move(first));
}

void Conductor::begin(Task task, TaskId id) { members_.at(task).id = id; }

bool Conductor::has_turn(Task task) const { return order_.holds(task); }

const LitmusStep* Conductor::next(Task task) {
  Member& member = members_.at(task);
  return member.next < member.list->size() ? &(*member.list)[member.next++] : nullptr;
}

Conductor::Task Conductor::expect_child(Task parent, const LitmusStep& step, bool shares_memory,
                                        bool shares_handlers) {
  const Member& by = members_.at(parent);
  Member child;
  child.list = &step.child;
  child.memory = shares_memory ? by.memory : std::make_shared<LitmusMemory>(*by.memory);
  child.handlers = shares_handlers ? by.handlers : std::make_shared<LitmusHandlers>(*by.handlers);
  if (!shares_handlers) child.handlers->counts.clear();
  members_.push_back(std::move(child));
  const Task task = order_.create(step.child);
  CHECK(task + 1 == members_.size());
  return task;
}

void Conductor::child_failed(Task child, const LitmusStep& step) {
  members_.at(child).ended = true;
  order_.set(child, LitmusTaskState::Ended);
  order_.never_made(step.child);
}

void Conductor::enter(Task task, const LitmusStep& step, bool leaves_program) {
  Member& member = members_.at(task);
  member.in = &step;
  member.gave_up = false;
  member.left_program = leaves_program;
}

void Conductor::came_back(Task task, const LitmusStep& step, const spec::LitmusOutcome& outcome) {
  Member& member = members_.at(task);
  member.in = nullptr;
  member.left_program = false;
  order_.set(task, LitmusTaskState::Ready);
  variables_.set(step.as, outcome);
  if (step.form == LitmusForm::Block) {
    if (!step.as.empty()) returned_[step.as] = outcome;
    if (!member.gave_up)
      return verdict_.fail(
          step, "expected that the call blocks, got " + spec::outcome_words(outcome) + " at once");
  }
  verdict_.judge(step, outcome, variables_);
}

void Conductor::resume(const LitmusStep& step) {
  const auto outcome = returned_.find(step.name);
  if (outcome == returned_.end())
    return verdict_.fail(step, "expected that the blocked call \"" + step.name +
                                   "\" returns now, but it still waits");
  verdict_.judge(step, outcome->second, variables_);
}

void Conductor::judge(const LitmusStep& step, const spec::LitmusOutcome& outcome) {
  variables_.set(step.as, outcome);
  verdict_.judge(step, outcome, variables_);
}

std::optional<int> Conductor::note_signals(Task task, const std::vector<int>& signals) {
  LitmusHandlers& handlers = *members_.at(task).handlers;
  for (const int signal : signals) {
    const auto exits = handlers.exits.find(signal);
    if (exits != handlers.exits.end()) return exits->second;
    ++handlers.counts[signal];
  }
  return std::nullopt;
}

bool Conductor::knows(TaskId task) const {
  return std::any_of(members_.begin(), members_.end(),
                     [task](const Member& member) { return member.id == task && !member.ended; });
}

/// In a call that has not returned. Only a `block` and a wait for a child give up the turn; a
/// program that execve brought in gives it up whenever it waits.
LitmusTaskState Conductor::state_of_waiting(Member& member) {
  if (member.left_program || member.in == nullptr) return LitmusTaskState::Waiting;
  if (member.in->form == LitmusForm::Block) {
    member.gave_up = true;
    return LitmusTaskState::InBlock;
  }
  for (const char* call : {"wait4", "waitid", "vfork", "clone", "clone3"}) {
    if (member.in->name == call) return LitmusTaskState::Waiting;
  }
  return LitmusTaskState::Ready;
}

/// An execve that does not come back has succeeded.
void Conductor::judge_execve(Member& member) {
  if (!member.left_program || member.in == nullptr) return;
  verdict_.judge(*member.in, spec::LitmusOutcome(), variables_);
  member.in = nullptr;
}

void Conductor::see(Kernel& kernel, Task task) {
  Member& member = members_[task];
  if (!member.id || member.ended) return;
  judge_execve(member);
  switch (kernel.whereabouts(member.id)) {
    case Whereabouts::Stopped:
      return order_.set(task, LitmusTaskState::Stopped);
    case Whereabouts::Waits:
      return order_.set(task, state_of_waiting(member));
    case Whereabouts::Rests:
      return order_.set(task, LitmusTaskState::Ready);
    case Whereabouts::Gone:
    case Whereabouts::Runs:
      break;
  }
}

/// Nobody runs any more, or of a program in a container none of its own tasks.
bool Conductor::quiet(const Kernel& kernel) const {
  if (!stands_alone_) return kernel.quiet();
  return std::none_of(members_.begin(), members_.end(), [&kernel](const Member& member) {
    const bool begins = !member.id && !member.ended;
    return begins || (member.id && kernel.whereabouts(member.id) == Whereabouts::Runs);
  });
}

void Conductor::note_ends(const Kernel& kernel) {
  for (Task task = 0; task < members_.size(); ++task) {
    Member& member = members_[task];
    if (!member.id || member.ended || kernel.whereabouts(member.id) != Whereabouts::Gone) continue;
    judge_execve(member);
    member.ended = true;
    order_.set(task, LitmusTaskState::Ended);
  }
}

bool Conductor::look(Kernel& kernel) {
  note_ends(kernel);
  if (stands_alone_ && over()) {
    report(kernel);
    return false;
  }
  if (!quiet(kernel)) return true;
  for (Task task = 0; task < members_.size(); ++task) see(kernel, task);
  const auto turn = order_.turn();
  if (turn && members_[*turn].id) {
    members_[*turn].roused = kernel.whereabouts(members_[*turn].id) == Whereabouts::Rests;
    kernel.rouse(members_[*turn].id);
  }
  return !over();
}

/// One line for each `expect`, as the runner of scenarios reads them.
void Conductor::report(Kernel& kernel) {
  finish();
  std::string text = "litmus: " + decimal(verdict_.held()) + " held, " +
                     decimal(static_cast<std::int64_t>(verdict_.failed().size())) + " failed";
  for (const std::string& pointer : verdict_.held_pointers()) text += "\nheld " + pointer;
  for (const spec::LitmusFailure& failure : verdict_.failed())
    text += "\nfailed " + failure.pointer + ": " + failure.text;
  kernel.note(std::move(text), "litmus");
}

std::optional<Conductor::Task> Conductor::go_on_with(
    TaskId id, std::shared_ptr<const spec::LitmusProgram> program) {
  for (Task task = 0; task < members_.size(); ++task) {
    Member& member = members_[task];
    if (member.id != id || member.ended) continue;
    judge_execve(member);
    member.list = program.get();
    member.next = 0;
    member.handlers = std::make_shared<LitmusHandlers>();  // execve(2): memory and handlers go
    member.memory = std::make_shared<LitmusMemory>();
    member.left_program = false;
    verdict_.add(*program);
    executed_.push_back(std::move(program));
    return task;
  }
  return std::nullopt;
}

std::int64_t Conductor::exit_status(Task task, std::int64_t status) const {
  return stands_alone_ && task == 0 && failed_so_far() ? 1 : status;
}

bool Conductor::over() const {
  return std::all_of(members_.begin(), members_.end(),
                     [](const Member& member) { return member.ended; });
}

void Conductor::finish() {
  for (const Member& member : members_) {
    const bool stuck = !member.ended && member.in != nullptr && !member.left_program &&
                       member.in->form == LitmusForm::Call;
    if (stuck) verdict_.fail(*member.in, "waits for something that never comes");
  }
  verdict_.finish();
}

}  // namespace cutaway::sim
