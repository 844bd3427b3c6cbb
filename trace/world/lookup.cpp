#include "trace/world/lookup.h"

#include <algorithm>

#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

struct NsWords {
  std::string_view name;
  std::uint64_t flag;
};
// In the order of NsKind.
constexpr NsWords kNsWords[kNsKinds] = {
    {"mnt", abi::clone::kNewNs},        {"pid", abi::clone::kNewPid},
    {"net", abi::clone::kNewNet},       {"uts", abi::clone::kNewUts},
    {"ipc", abi::clone::kNewIpc},       {"user", abi::clone::kNewUser},
    {"cgroup", abi::clone::kNewCgroup}, {"time", abi::clone::kNewTime},
};
// In the order of Role.
constexpr std::string_view kRoleNames[] = {"host",    "client", "daemon",   "shim",
                                           "runtime", "init",   "workload", "exec"};

/// Of the numbers that something has, one for each pid namespace from the outermost to `own`: that
/// of `ns`.
std::int32_t number_in(const World& world, NsId own, const std::vector<std::int32_t>& pids,
                       NsId ns) {
  const Namespace* viewer = world.namespaces.find(ns);
  if (viewer == nullptr || !descends_from(world, own, ns)) return 0;
  const auto level = static_cast<std::size_t>(viewer->level);
  return level < pids.size() ? pids[level] : 0;
}

}  // namespace

const Task* task_by_pid(const World& world, std::int32_t pid) {
  return world.tasks.first([pid](const Task& task) { return task.pid() == pid; });
}

std::int32_t pid_in(const World& world, const Task& task, NsId ns) {
  return number_in(world, task.in(NsKind::Pid), task.pids, ns);
}

std::int32_t leader_pid_in(const World& world, TaskId leader, NsId ns) {
  if (const Task* task = world.tasks.find(leader)) return pid_in(world, *task, ns);
  const GoneLeader* gone = world.gone_leaders.find(leader);
  return gone == nullptr ? 0 : number_in(world, gone->ns, gone->pids, ns);
}

TaskId leader_by_pid_in(const World& world, NsId ns, std::int32_t pid) {
  if (const Task* task = task_by_pid_in(world, ns, pid)) return task->id;
  if (pid <= 0) return TaskId{};
  const GoneLeader* gone = world.gone_leaders.first(
      [&](const GoneLeader& each) { return number_in(world, each.ns, each.pids, ns) == pid; });
  return gone == nullptr ? TaskId{} : gone->id;
}

const Task* task_by_pid_in(const World& world, NsId ns, std::int32_t pid) {
  const Namespace* viewer = world.namespaces.find(ns);
  if (viewer == nullptr || pid <= 0) return nullptr;
  const auto level = static_cast<std::size_t>(viewer->level);
  return world.tasks.first([&](const Task& task) {
    return level < task.pids.size() && task.pids[level] == pid &&
           descends_from(world, task.in(NsKind::Pid), ns);
  });
}

std::int32_t own_pid(const Task& task) { return task.pids.empty() ? 0 : task.pids.back(); }

std::int32_t parent_pid(const World& world, const Task& task) {
  const Task* parent = world.tasks.find(task.parent);
  if (parent == nullptr) return 0;
  const Task* leader = world.tasks.find(parent->leader);
  return pid_in(world, leader == nullptr ? *parent : *leader, task.in(NsKind::Pid));
}

const OpenFile* file_of(const World& world, const Task& task, std::int64_t fd) {
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr || fd < 0 || fd > INT32_MAX) return nullptr;
  const auto entry = table->fds.find(static_cast<std::int32_t>(fd));
  return entry == table->fds.end() ? nullptr : world.files.find(entry->second.file);
}

std::int32_t lowest_free_fd(const World& world, const Task& task, std::int32_t from) {
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return from;
  std::int32_t fd = from;
  for (auto it = table->fds.lower_bound(from); it != table->fds.end() && it->first == fd; ++it)
    ++fd;
  return fd;
}

const Cgroup* cgroup_of(const World& world, const Task& task, std::string_view controller) {
  for (const CgroupId id : task.cgroups) {
    const Cgroup* cgroup = world.cgroups.find(id);
    const Hierarchy* hierarchy =
        cgroup == nullptr ? nullptr : world.hierarchies.find(cgroup->hierarchy);
    if (hierarchy == nullptr) continue;
    if (controller == "unified" && hierarchy->version == 2) return cgroup;
    for (const std::string& has : hierarchy->controllers) {
      if (has == controller) return cgroup;
    }
  }
  return nullptr;
}

bool is_within(const World& world, CgroupId cgroup, CgroupId top) {
  for (const Cgroup* at = world.cgroups.find(cgroup); at != nullptr;
       at = world.cgroups.find(at->parent)) {
    if (at->id == top) return true;
  }
  return false;
}

const Cgroup* cgroup_by_path(const World& world, HierarchyId hierarchy, std::string_view path) {
  return world.cgroups.first(
      [&](const Cgroup& cgroup) { return cgroup.hierarchy == hierarchy && cgroup.path == path; });
}

bool has_own_handlers(const World& world, const Task& task) {
  const SignalHandlers* handlers = world.sighands.find(task.sighand);
  return handlers != nullptr && handlers->users == 1;
}

TaskId living_thread(const World& world, TaskId leader) {
  const Task* first = world.tasks.find(leader);
  if (first != nullptr && !first->zombie()) return leader;
  if (first != nullptr && has_own_handlers(world, *first)) return TaskId{};
  for (const TaskId thread : threads_of(world, leader)) {
    if (!world.tasks.at(thread).zombie()) return thread;
  }
  return TaskId{};
}

bool descends_from(const World& world, NsId inner, NsId outer) {
  while (inner) {
    if (inner == outer) return true;
    const Namespace* ns = world.namespaces.find(inner);
    if (ns == nullptr) return false;
    inner = ns->parent;
  }
  return false;
}

std::optional<std::size_t> command_of(const World& world, TaskId client) {
  const SharedList<CommandRecord>& commands = world.engine->commands;
  std::optional<std::size_t> found;
  for (std::size_t i = commands.size(); i-- > 0;) {
    if (commands[i].done) continue;
    found = i;
    if (commands[i].client == client) break;
  }
  return found;
}

const Interface* link_by_name(const Namespace& net, std::string_view name) {
  const auto found = std::find_if(net.links.begin(), net.links.end(),
                                  [&](const Interface& link) { return link.name == name; });
  return found == net.links.end() ? nullptr : &*found;
}

const Container* container_by_name(const World& world, std::string_view id_or_name) {
  const Container* named = world.containers.first([id_or_name](const Container& container) {
    return container.name == id_or_name || container.id == id_or_name;
  });
  if (named != nullptr || id_or_name.empty()) return named;
  // As docker: any prefix of an id that fits only one.
  const Container* found = nullptr;
  bool several = false;
  world.containers.each([&](const Container& container) {
    if (container.id.compare(0, id_or_name.size(), id_or_name) != 0) return;
    several = found != nullptr;
    found = &container;
  });
  return several ? nullptr : found;
}

std::string_view ns_kind_name(NsKind kind) { return kNsWords[static_cast<std::size_t>(kind)].name; }
std::uint64_t ns_clone_flag(NsKind kind) { return kNsWords[static_cast<std::size_t>(kind)].flag; }
std::string_view role_name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

}  // namespace cutaway
