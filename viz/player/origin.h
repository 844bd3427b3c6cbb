// Who set a value: which kind of event does, and which of them was the last before a position.
//
//   const Origin origin = set_by<CgroupLimited>([=](const CgroupLimited& e) { return e.id == id;
//   });
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "viz/player/step_index.h"

namespace cutaway::viz {

/// An event sets the value when its kind is among `kinds`, its stamp is of the task and of the
/// container given here (none: anybody's), and `sets` says so (none: yes).
struct Origin {
  BodySet kinds;
  TaskId task;
  ContainerId container;
  std::function<bool(const Event&)> sets;
  TaskId born = {};                 ///< the making of this task, which the index knows
  std::vector<Origin> any_of = {};  ///< when there are some: one of these; `kinds` are all theirs

  bool matches(const Trace& trace, std::size_t n) const;
  Origin& by(TaskId who) {
    task = who;
    return *this;
  }
  Origin& about(ContainerId whose) {
    container = whose;
    return *this;
  }
};

/// Any event of these kinds.
template <class... T>
Origin set_by() {
  return {bodies<T...>(), {}, {}, nullptr};
}
/// An event of this kind whose body passes.
template <class T, class Passes>
Origin set_by(Passes passes) {
  Origin origin = set_by<T>();
  origin.sets = [passes = std::move(passes)](const Event& event) {
    return passes(std::get<T>(event.body));
  };
  return origin;
}
/// The making of a task.
Origin birth_of(TaskId task);
/// Either: the later one counts.
Origin either(Origin a, Origin b);

/// For each the last event before `position` that set it; kNoEvent: none did, or no kind is given.
/// What the index knows of a task is not looked for; for the rest one pass over the kinds that are
/// asked for.
std::vector<EventIndex> last_set(const Trace& trace, const StepIndex& index,
                                 const std::vector<Origin>& origins, std::size_t position);
/// The first event of [from, count) that sets it.
EventIndex next_set(const Trace& trace, const StepIndex& index, const Origin& origin,
                    std::size_t from);

}  // namespace cutaway::viz
