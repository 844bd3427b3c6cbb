#include "trace/compare/collect.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "trace/compare/families.h"

namespace cutaway {

namespace {

bool lives_inside(Role role) { return role == Role::Init || is_workload(role); }

class Collector {
 public:
  explicit Collector(const Trace& trace) : trace_(trace), normaliser_(trace) {
    found_.facts.header = trace.header;
  }

  Collected run() {
    for (std::size_t n = 0; n < trace_.size(); ++n) {
      const Event event = trace_.event(n);
      if (const auto* call = std::get_if<Syscall>(&event.body))
        note_call(static_cast<EventIndex>(n), event.stamp, *call);
      else
        note_event(event);
      evolve(world_, event);
    }
    for (std::size_t i = 0; i < callers_.size(); ++i)
      found_.calls[i].cut_short = killed_.count(callers_[i]) != 0;
    return std::move(found_);
  }

 private:
  struct Known {
    Role role = Role::Host;
    ContainerId container;
    TaskId parent;
    std::int64_t born = 0;      ///< the how-manieth child of its parent
    std::int64_t children = 0;  ///< so far
    bool measured = false;      ///< has read meters since its execve
    bool loading = false;       ///< only start-up calls since its execve
    CallId exec_call;           ///< the execve that made it what it is; it was called by `before`
    Role before = Role::Host;
  };

  void note_event(const Event& event) {
    if (const auto* loss = std::get_if<Loss>(&event.body)) found_.facts.lost += loss->count;
    if (const auto* note = std::get_if<Note>(&event.body))
      found_.facts.copied = found_.facts.copied || note->note_class == "copy";
    if (const auto* exited = std::get_if<TaskExited>(&event.body))
      note_end(event.stamp.task, *exited);
    if (const auto* fork = std::get_if<TaskForked>(&event.body)) {
      Known& child = tasks_[fork->child];
      child.parent = event.stamp.task;
      child.born = ++tasks_[event.stamp.task].children;
    }
    if (std::holds_alternative<TaskExeced>(event.body)) {
      Known& task = tasks_[event.stamp.task];
      task.before = look(event.stamp.task).role;
      task.exec_call = event.stamp.call;
      task.loading = true;
      task.measured = false;
    }
  }

  void note_end(TaskId id, const TaskExited& exited) {
    if (exited.signal != abi::sig::kKill || !is_workload(look(id).role)) return;
    killed_.insert(id);
    found_.facts.killed = true;
  }

  /// The task as the World shows it now; as it last was when the World has lost it.
  Known& look(TaskId id) {
    Known& known = tasks_[id];
    if (const Task* task = world_.tasks.find(id)) {
      known.role = task->role;
      if (task->container) known.container = task->container;
    }
    return known;
  }

  void note_call(EventIndex n, const Stamp& stamp, const Syscall& call) {
    Known& task = look(stamp.task);
    const bool execs = stamp.call && task.exec_call == stamp.call;
    const Role role = execs ? task.before : task.role;
    if (role == Role::Runtime && !is_root(stamp.task)) found_.facts.rootless = true;
    CollectedCall made;
    made.n = n;
    made.call = call;
    made.normal = normaliser_.call(call);
    if (!execs) task.loading = task.loading && is_startup_call(call);
    made.startup = !execs && task.loading;
    task.measured = task.measured || reads_meters(call);
    made.measured = task.measured;
    const ContainerId container = stamp.container ? stamp.container : task.container;
    made.key = {ordinal_of(container), role, {}, std::string(trace_.step_name(stamp.step))};
    made.key.task = place_of(stamp.task, made.key.container, role);
    found_.calls.push_back(std::move(made));
    callers_.push_back(stamp.task);
  }

  bool is_root(TaskId id) const {
    const Task* task = world_.tasks.find(id);
    return task == nullptr || task->credentials.euid == 0;
  }

  std::size_t ordinal_of(ContainerId container) {
    if (!container) return 0;
    return ordinals_.emplace(container, ordinals_.size() + 1).first->second;
  }

  /// Inside a container the path of births from its first task there; so a race between children
  /// changes nothing. Outside: in order of first calls.
  std::string place_of(TaskId id, std::size_t container, Role role) {
    const Known& task = tasks_[id];
    if (is_workload(role) && task.parent && lives_inside(tasks_[task.parent].role))
      return place_of(task.parent, container, tasks_[task.parent].role) + "." + decimal(task.born);
    auto& places = places_[{container, role == Role::Init ? Role::Workload : role}];
    return decimal(static_cast<std::int64_t>(places.emplace(id, places.size() + 1).first->second));
  }

  const Trace& trace_;
  Normaliser normaliser_;
  World world_;
  Collected found_;
  std::map<TaskId, Known> tasks_;
  std::vector<TaskId> callers_;  ///< of found_.calls
  std::set<TaskId> killed_;
  std::map<ContainerId, std::size_t> ordinals_;
  std::map<std::pair<std::size_t, Role>, std::map<TaskId, std::size_t>> places_;
};

}  // namespace

bool operator<(const GroupKey& a, const GroupKey& b) {
  return std::tie(a.container, a.role, a.task, a.step) <
         std::tie(b.container, b.role, b.task, b.step);
}

bool is_workload(Role role) { return role == Role::Workload || role == Role::Exec; }

Collected collect(const Trace& trace) { return Collector(trace).run(); }

}  // namespace cutaway
