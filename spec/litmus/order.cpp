// The token of a litmus program: see spec/litmus_order.h.
#include "spec/litmus_order.h"

#include <algorithm>

#include "base/check.h"

namespace cutaway::spec {

LitmusOrder::LitmusOrder(const LitmusProgram& program) {
  count(program);
  create(program);
}

/// A list names a barrier once for each round in which its task takes part.
void LitmusOrder::count(const LitmusProgram& list) {
  for (const LitmusStep& step : list) {
    if (step.form == LitmusForm::Barrier) ++named_[step.name][&list];
    if (!step.child.empty()) count(step.child);
  }
}

LitmusOrder::Task LitmusOrder::create(const LitmusProgram& list) {
  tasks_.push_back(Member{LitmusTaskState::Ready, false, &list, {}, {}});
  gone_[&list] = false;
  return tasks_.size() - 1;
}

void LitmusOrder::never_made(const LitmusProgram& list) {
  if (gone_.emplace(&list, true).second) {
    for (const LitmusStep& step : list) never_made(step.child);
    open_barriers();
  }
}

void LitmusOrder::arrive(Task task, const std::string& barrier) {
  Member& member = tasks_.at(task);
  CHECK(member.state != LitmusTaskState::Ended);
  ++member.arrivals[barrier];
  member.at = barrier;
  member.state = LitmusTaskState::AtBarrier;
  open_barriers();
}

void LitmusOrder::set(Task task, LitmusTaskState state) {
  Member& member = tasks_.at(task);
  if (member.state == LitmusTaskState::Ended) return;
  member.stopped = state == LitmusTaskState::Stopped;
  if (member.stopped) return;
  // Who stands at a barrier stands there whatever else is heard of it, until it opens or the task
  // ends.
  if (member.state == LitmusTaskState::AtBarrier && state != LitmusTaskState::Ended) return;
  member.state = state;
  if (state != LitmusTaskState::Ended) return;
  const bool last = std::none_of(tasks_.begin(), tasks_.end(), [&member](const Member& other) {
    return other.list == member.list && other.state != LitmusTaskState::Ended;
  });
  gone_[member.list] = last;
  // Lists of tasks that it would have made are none any more.
  if (last) {
    for (const LitmusStep& step : *member.list) {
      if (!step.child.empty() && gone_.count(&step.child) == 0) never_made(step.child);
    }
  }
  open_barriers();
}

/// Has each list that names the barrier in this round sent a task there, or has it none any more?
bool LitmusOrder::complete(const std::string& barrier, int round) const {
  const auto named = named_.find(barrier);
  if (named == named_.end()) return true;
  for (const auto& [list, times] : named->second) {
    if (times < round) continue;
    const auto gone = gone_.find(list);
    if (gone != gone_.end() && gone->second) continue;
    const bool came = std::any_of(tasks_.begin(), tasks_.end(), [&, list = list](const Member& m) {
      const auto arrivals = m.arrivals.find(barrier);
      return m.list == list && arrivals != m.arrivals.end() && arrivals->second >= round;
    });
    if (!came) return false;
  }
  return true;
}

void LitmusOrder::open_barriers() {
  for (Member& member : tasks_) {
    if (member.state != LitmusTaskState::AtBarrier) continue;
    if (!complete(member.at, member.arrivals[member.at])) continue;
    member.state = LitmusTaskState::Ready;
    member.at.clear();
  }
}

LitmusTaskState LitmusOrder::state(Task task) const {
  const Member& member = tasks_.at(task);
  const bool ended = member.state == LitmusTaskState::Ended;
  return member.stopped && !ended ? LitmusTaskState::Stopped : member.state;
}

std::optional<LitmusOrder::Task> LitmusOrder::turn() {
  if (state(holder_) == LitmusTaskState::Ready) return holder_;
  for (Task task = 0; task < tasks_.size(); ++task) {
    if (state(task) != LitmusTaskState::Ready) continue;
    holder_ = task;
    return task;
  }
  return std::nullopt;
}

std::vector<LitmusOrder::Task> LitmusOrder::left() const {
  std::vector<Task> left;
  for (Task task = 0; task < tasks_.size(); ++task) {
    if (tasks_[task].state != LitmusTaskState::Ended) left.push_back(task);
  }
  return left;
}

}  // namespace cutaway::spec
