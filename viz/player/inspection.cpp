#include "viz/player/inspection.h"

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/lookup.h"
#include "viz/player/causes.h"
#include "viz/player/event_line.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

using Row = InspectionRow;

constexpr std::size_t kMostChanges = 6;

// In the order in which people meet them; the picture's columns first.
constexpr cutaway::NsKind kOrder[] = {
    cutaway::NsKind::Mnt, cutaway::NsKind::Pid,    cutaway::NsKind::Net,  cutaway::NsKind::Uts,
    cutaway::NsKind::Ipc, cutaway::NsKind::Cgroup, cutaway::NsKind::User, cutaway::NsKind::Time};

Row title(std::string words) { return {Row::Kind::Title, std::move(words), "", kNoEvent, false}; }
Row value(std::string key, std::string says, bool strong = false) {
  return {Row::Kind::Value, std::move(key), std::move(says), kNoEvent, strong};
}
Row words(std::string_view says) {
  return {Row::Kind::Words, std::string(says), "", kNoEvent, false};
}

std::string parent_words(const World& world, const cutaway::Task& task) {
  const cutaway::Task* parent = world.tasks.find(task.parent);
  if (parent == nullptr) return "none";
  return decimal(parent->pid()) + " " + parent->comm;
}

std::string leader_words(const World& world, const cutaway::Task& task) {
  const cutaway::Task* leader = world.tasks.find(task.leader);
  return leader == nullptr ? "one that ended" : decimal(leader->pid()) + " " + leader->comm;
}

std::string seccomp_words(const Credentials& who) {
  if (who.seccomp == SeccompMode::Off) return "no filter";
  if (who.seccomp == SeccompMode::Strict) return "strict";
  return counted(who.seccomp_filters, "filter");
}

std::string capability_words(const Credentials& who) {
  return decimal(__builtin_popcountll(who.effective)) + " of " + decimal(abi::kCapabilityCount);
}

std::string state_of(const cutaway::Task& task) {
  switch (task.state) {
    case TaskState::Running:
      return "runs";
    case TaskState::Runnable:
      return "can run";
    case TaskState::Blocked:
      return task.waits_on.empty() ? "waits" : "waits for " + task.waits_on;
    case TaskState::Stopped:
      return "stopped";
    case TaskState::Zombie:
      return "ended, not collected";
  }
  return "";
}

void add_task(std::vector<Row>& rows, const World& world, const cutaway::Task& task) {
  rows.push_back(title("Task"));
  if (task.pids.size() > 1) rows.push_back(value("pid here", decimal(own_pid(task)), true));
  rows.push_back(value("pid on host", decimal(task.pid())));
  rows.push_back(value("program", task.comm));
  if (task.leader != task.id) rows.push_back(value("thread of", leader_words(world, task)));
  rows.push_back(value("parent", parent_words(world, task)));
  rows.push_back(value("state", state_of(task)));
  rows.push_back(value("user", user_words(task.credentials.euid)));
  rows.push_back(value("capabilities", capability_words(task.credentials)));
  rows.push_back(value("seccomp", seccomp_words(task.credentials)));
}

void add_namespaces(std::vector<Row>& rows, const World& world, const cutaway::Task& task) {
  rows.push_back(title("Namespaces"));
  for (const cutaway::NsKind kind : kOrder) {
    const Namespace* ns = world.namespaces.find(task.in(kind));
    const std::string name(ns_kind_name(kind));
    if (ns == nullptr)
      rows.push_back(value(name, "left"));
    else
      rows.push_back(value(name, ns_number(*ns) + "  " + whose_words(owns(world, task, kind))));
  }
}

Row jump(std::string words, EventIndex event, bool strong) {
  const auto number = static_cast<std::int64_t>(shown_number(event));
  return {Row::Kind::Jump, std::move(words), decimal(number), event, strong};
}

void add_changes(std::vector<Row>& rows, const Trace& trace, const World& world,
                 const Moment& moment) {
  rows.push_back(title("What changed"));
  const std::vector<EventIndex> changes = changes_by(trace, moment.focus, moment.position);
  if (changes.empty()) rows.push_back(words("Nothing: it only asked."));
  for (std::size_t i = 0; i < changes.size() && i < kMostChanges; ++i) {
    rows.push_back(jump(event_words(trace, changes[i], world), changes[i], true));
  }
  if (changes.size() > kMostChanges) {
    const auto more = static_cast<std::int64_t>(changes.size() - kMostChanges);
    rows.push_back(words("and " + decimal(more) + " more"));
  }
}

void add_causes(std::vector<Row>& rows, const Trace& trace, const StepIndex& index,
                const Moment& moment) {
  rows.push_back(title("Why?"));
  const std::string_view step = trace.step_name(StepId(trace.record(moment.focus).step));
  const spec::Sentence& reason = spec::Words::of()["step." + std::string(step)];
  if (!reason.why.empty()) rows.push_back(words(reason.why));
  for (const EventIndex event : causes_of(trace, index, moment.focus)) {
    rows.push_back(jump(line_words(trace, index, event), event, false));
  }
}

/// Somebody may be selected whom the trace makes later, or who comes with the first snapshot.
bool has_begun(const StepIndex& index, TaskId who, const Moment& moment) {
  const EventIndex maker = index.maker_of(who);
  return maker == kNoEvent ? moment.position > 0 : maker < moment.position;
}

}  // namespace

Inspection inspect(const Trace& trace, const StepIndex& index, const World& world,
                   const Moment& moment, TaskId selected) {
  Inspection found;
  TaskId who = selected;
  if (!who && moment.focus != kNoEvent) who = TaskId(trace.record(moment.focus).task);
  if (const cutaway::Task* task = world.tasks.find(who)) {
    found.id = "task:" + decimal(task->pid());
    found.subject = "task " + decimal(task->pid());
    if (const cutaway::Container* home = home_of(world, *task)) found.slot = home->slot;
    add_task(found.rows, world, *task);
    if (!task->zombie()) add_namespaces(found.rows, world, *task);
  } else if (who) {
    found.rows.push_back(title("Task"));
    found.rows.push_back(words(has_begun(index, who, moment)
                                   ? "It has ended, and its exit code was collected."
                                   : "It has not begun yet."));
  }
  if (moment.focus == kNoEvent) {
    found.rows.push_back(words("No task has done anything yet."));
    return found;
  }
  add_changes(found.rows, trace, world, moment);
  add_causes(found.rows, trace, index, moment);
  return found;
}

}  // namespace cutaway::viz
