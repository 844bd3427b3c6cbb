// proc(5): which entries exist for whoever looks. Tasks are those of the pid namespace of the
// mount.
#include <iterator>

#include "base/text.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_fs.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

struct TaskFile {
  std::string_view name;
  std::uint32_t mode;
  bool only_process = false;  ///< not below task/TID
};
constexpr std::uint32_t kTaskFile = abi::mode::kRegular, kTaskFolder = abi::mode::kDirectory,
                        kTaskLink = abi::mode::kLink | 0777;

constexpr TaskFile kTaskFiles[] = {
    {"attr", kTaskFolder | 0555},
    {"auxv", kTaskFile | 0400},
    {"cgroup", kTaskFile | 0444},
    {"clear_refs", kTaskFile | 0200},
    {"cmdline", kTaskFile | 0444},
    {"comm", kTaskFile | 0644},
    {"coredump_filter", kTaskFile | 0644, true},
    {"cpuset", kTaskFile | 0444},
    {"cwd", kTaskLink},
    {"environ", kTaskFile | 0400},
    {"exe", kTaskLink},
    {"fd", kTaskFolder | 0500},
    {"fdinfo", kTaskFolder | 0555},
    {"gid_map", kTaskFile | 0644},
    {"io", kTaskFile | 0400},
    {"limits", kTaskFile | 0444},
    {"loginuid", kTaskFile | 0644},
    {"map_files", kTaskFolder | 0500, true},
    {"maps", kTaskFile | 0444},
    {"mem", kTaskFile | 0600},
    {"mountinfo", kTaskFile | 0444},
    {"mounts", kTaskFile | 0444},
    {"mountstats", kTaskFile | 0400, true},
    {"net", kTaskFolder | 0555},
    {"ns", kTaskFolder | 0511},
    {"oom_adj", kTaskFile | 0644},
    {"oom_score", kTaskFile | 0444},
    {"oom_score_adj", kTaskFile | 0644},
    {"pagemap", kTaskFile | 0400},
    {"personality", kTaskFile | 0400},
    {"projid_map", kTaskFile | 0644},
    {"root", kTaskLink},
    {"sched", kTaskFile | 0644},
    {"sessionid", kTaskFile | 0444},
    {"setgroups", kTaskFile | 0644},
    {"smaps", kTaskFile | 0444},
    {"stack", kTaskFile | 0400},
    {"stat", kTaskFile | 0444},
    {"statm", kTaskFile | 0444},
    {"status", kTaskFile | 0444},
    {"syscall", kTaskFile | 0400},
    {"task", kTaskFolder | 0555, true},
    {"timens_offsets", kTaskFile | 0644, true},
    {"timerslack_ns", kTaskFile | 0666, true},
    {"uid_map", kTaskFile | 0644},
    {"wchan", kTaskFile | 0444},
};
constexpr std::string_view kNetFiles[] = {"arp", "dev",  "if_inet6", "netlink", "packet", "route",
                                          "tcp", "tcp6", "udp",      "udp6",    "unix"};

struct NsLink {
  std::string_view name;
  NsKind kind;
  bool for_children = false;
};
constexpr NsLink kNsLinks[] = {
    {"cgroup", NsKind::Cgroup}, {"ipc", NsKind::Ipc},
    {"mnt", NsKind::Mnt},       {"net", NsKind::Net},
    {"pid", NsKind::Pid},       {"pid_for_children", NsKind::Pid, true},
    {"time", NsKind::Time},     {"time_for_children", NsKind::Time, true},
    {"user", NsKind::User},     {"uts", NsKind::Uts},
};

NsId ns_of(const Task& task, const NsLink& link) {
  if (!link.for_children) return task.in(link.kind);
  return link.kind == NsKind::Pid ? task.pid_ns_for_children : task.time_ns_for_children;
}

/// The texts of these links are made up: opening them leads to the namespace itself
/// (namespaces(7)).
std::optional<Entry> ns_entry(const World& world, const Task& task, std::string_view name) {
  for (const NsLink& link : kNsLinks) {
    const Namespace* ns = link.name == name ? world.namespaces.find(ns_of(task, link)) : nullptr;
    // A pid namespace without a first process cannot be joined (pidns_for_children_get).
    if (ns == nullptr || (link.for_children && link.kind == NsKind::Pid && ns->last_pid == 0))
      continue;
    Entry entry =
        virtual_link(std::string(ns_kind_name(link.kind)) + ":[" + decimal(ns->inode) + "]");
    entry.jump_ns = ns->id;
    return entry;
  }
  return std::nullopt;
}

// What lies outside of the reader's root is named all the same, from the top of its own tree: only
// getcwd(2) says that it cannot be reached (d_path in fs/d_path.c).
std::string link_text(const World& world, const Task& viewer, const Location& where) {
  constexpr std::string_view kUnreachable = "(unreachable)";
  const std::string path = path_seen_by(world, viewer, where);
  return starts_with(path, kUnreachable) ? path.substr(kUnreachable.size()) : path;
}

std::optional<Entry> fd_entry(const World& world, const Task& viewer, const Task& task,
                              std::string_view number, bool info) {
  std::int64_t fd = 0;
  const OpenFile* file = parse_decimal(number, fd) ? file_of(world, task, fd) : nullptr;
  if (file == nullptr) return std::nullopt;
  if (info) return virtual_file(0444);
  Entry entry =
      virtual_link(file->where.mount ? link_text(world, viewer, place_of(world, *file)) : file->is);
  const Inode* inode = world.inodes.find(file->inode);
  if (inode != nullptr && inode->links == 0 && file->where.mount) entry.target += " (deleted)";
  const std::uint64_t access = file->flags & abi::o::kAccmode;
  entry.mode = abi::mode::kLink | (access == 0 ? 0500 : access == abi::o::kWronly ? 0300 : 0700);
  entry.jump_file = file->id;
  entry.size = 64;  // proc_fd_instantiate (fs/proc/fd.c)
  return entry;
}

/// cwd, root, exe: they lead to the place itself, whatever a look-up of their text would find.
std::optional<Entry> place_entry(const World& world, const Task& viewer, const Task& task,
                                 std::string_view name) {
  Location where = task.exe_at;
  if (name != "exe") {
    const FsContext* fs = world.fs_contexts.find(task.fs);
    if (fs == nullptr) return std::nullopt;
    where = name == "cwd" ? fs->cwd : fs->root;
  }
  if (!where.mount && (name != "exe" || task.exe.empty())) return std::nullopt;
  Entry entry = virtual_link(where.mount ? link_text(world, viewer, where) : task.exe);
  if (where.mount) entry.jump = where;
  return entry;
}

std::optional<Entry> task_file_entry(const World& world, const Task& viewer,
                                     const ProcPlace& place) {
  const Task& task = *place.task;
  const std::string& name = place.rest.front();
  for (const TaskFile& row : kTaskFiles) {
    if (row.name != name || (row.only_process && place.thread)) continue;
    if ((row.mode & abi::mode::kType) == kTaskFolder) {
      Entry folder = virtual_folder(row.mode & 07777);
      // So many are open (Linux 6.2, proc_fd_getattr in fs/proc/fd.c).
      const FdTable* table = world.fd_tables.find(task.fds);
      if (name == "fd" && table != nullptr)
        folder.size = static_cast<std::int64_t>(table->fds.size());
      return folder;
    }
    if ((row.mode & abi::mode::kType) == abi::mode::kLink)
      return place_entry(world, viewer, task, name);
    return virtual_file(row.mode & 07777);
  }
  return std::nullopt;
}

std::optional<Entry> task_entry(const World& world, const Task& viewer, const ProcPlace& place) {
  if (place.rest.empty()) return virtual_folder();
  if (place.rest.size() == 1) return task_file_entry(world, viewer, place);
  if (place.rest.size() > 2) return std::nullopt;
  const std::string& folder = place.rest[0];
  const std::string& name = place.rest[1];
  if (folder == "ns") return ns_entry(world, *place.task, name);
  if (folder == "fd" || folder == "fdinfo")
    return fd_entry(world, viewer, *place.task, name, folder == "fdinfo");
  for (const std::string_view file : kNetFiles) {
    if (folder == "net" && file == name) return virtual_file();
  }
  return std::nullopt;
}

std::vector<std::string> descriptor_names(const World& world, const Task& task) {
  std::vector<std::string> names;
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return names;
  for (const auto& entry : table->fds) names.push_back(decimal(entry.first));
  return names;
}

std::vector<std::string> task_list(const World& world, const Filesystem& fs,
                                   const ProcPlace& place) {
  std::vector<std::string> names;
  const Task& task = *place.task;
  if (place.rest.empty()) {
    for (const TaskFile& row : kTaskFiles) {
      if (!row.only_process || !place.thread) names.emplace_back(row.name);
    }
  } else if (place.rest[0] == "ns") {
    for (const NsLink& link : kNsLinks) {
      if (world.namespaces.contains(ns_of(task, link))) names.emplace_back(link.name);
    }
  } else if (place.rest[0] == "fd" || place.rest[0] == "fdinfo") {
    return descriptor_names(world, task);
  } else if (place.rest[0] == "net") {
    names.assign(std::begin(kNetFiles), std::end(kNetFiles));
  } else if (place.rest[0] == "task") {
    world.tasks.each([&](const Task& each) {
      if (each.leader == task.leader) names.push_back(decimal(pid_in(world, each, fs.ns)));
    });
  }
  return names;
}

/// "self" and "thread-self" answer for whoever looks; who has no number here finds nothing behind
/// them.
std::optional<Entry> self_entry(const World& world, const Task& viewer, const Filesystem& fs,
                                bool thread) {
  const Task* leader = world.tasks.find(viewer.leader);
  const std::int32_t pid = pid_in(world, leader == nullptr ? viewer : *leader, fs.ns);
  std::string target = pid == 0 ? std::string{} : decimal(pid);
  if (thread && pid != 0) target += "/task/" + decimal(pid_in(world, viewer, fs.ns));
  return virtual_link(std::move(target));
}

/// Root of the user namespace in which its program was started (task_dump_owner, mm->user_ns):
/// taken for the outermost one that is not the machine's.
std::uint32_t root_of(const World& world, const Task& task, IdKind kind) {
  const Namespace* ns = world.namespaces.find(task.in(NsKind::User));
  for (const Namespace* up = ns; up != nullptr && up->parent;
       up = world.namespaces.find(up->parent))
    ns = up;
  return ns == nullptr ? 0 : to_kernel_id(world, ns->id, kind, 0).value_or(0);
}

}  // namespace

std::optional<ProcPlace> proc_place(const World& world, const Filesystem& fs,
                                    std::string_view path) {
  ProcPlace place;
  for (std::string& name : split(path, '/')) {
    if (!name.empty()) place.rest.push_back(std::move(name));
  }
  const auto task_named = [&](std::size_t at) -> const Task* {
    std::int64_t pid = 0;
    if (at >= place.rest.size() || !parse_decimal(place.rest[at], pid) || pid <= 0 ||
        pid > INT32_MAX)
      return nullptr;
    return task_by_pid_in(world, fs.ns, static_cast<std::int32_t>(pid));
  };
  place.task = task_named(0);
  if (place.task == nullptr) return std::nullopt;
  if (place.rest.size() >= 3 && place.rest[1] == "task") {
    const Task* thread = task_named(2);
    if (thread == nullptr || thread->leader != place.task->leader) return std::nullopt;
    place.task = thread;
    place.thread = true;
    place.rest.erase(place.rest.begin(), place.rest.begin() + 3);
  } else {
    place.rest.erase(place.rest.begin());
  }
  return place;
}

std::optional<Entry> proc_entry(const World& world, const Task& viewer, const Filesystem& fs,
                                std::string_view path) {
  if (path == "/") return virtual_folder();
  if (path == "/self" || path == "/thread-self")
    return self_entry(world, viewer, fs, path == "/thread-self");
  if (path[1] < '0' || path[1] > '9') return fixed_entry(proc_tree(), path);
  const std::optional<ProcPlace> place = proc_place(world, fs, path);
  if (!place) return std::nullopt;
  std::optional<Entry> entry = task_entry(world, viewer, *place);
  if (!entry) return entry;
  // Owned by who the process acts as; by root when it must not be looked into (proc(5),
  // PR_SET_DUMPABLE).
  if (place->task->dumpable || place->rest.empty()) {
    entry->uid = place->task->credentials.euid;
    entry->gid = place->task->credentials.egid;
  } else {
    entry->uid = root_of(world, *place->task, IdKind::User);
    entry->gid = root_of(world, *place->task, IdKind::Group);
  }
  return entry;
}

std::vector<std::string> proc_list(const World& world, const Task&, const Filesystem& fs,
                                   std::string_view path) {
  if (path != "/") {
    if (path[1] < '0' || path[1] > '9') return fixed_list(proc_tree(), path);
    const std::optional<ProcPlace> place = proc_place(world, fs, path);
    return place ? task_list(world, fs, *place) : std::vector<std::string>{};
  }
  std::vector<std::string> names = fixed_list(proc_tree(), path);
  names.emplace_back("self");
  names.emplace_back("thread-self");
  world.tasks.each([&](const Task& task) {
    const std::int32_t pid = task.leader == task.id ? pid_in(world, task, fs.ns) : 0;
    if (pid != 0) names.push_back(decimal(pid));
  });
  return names;
}

}  // namespace cutaway
