// Other processes of this machine that run already (`cutaway watch`): with their threads, the
// namespaces they are in, and those they come from.
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "real/observe/descriptors.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/world_reader.h"
#include "real/observe/world_sink.h"
#include "real/sys/fd.h"
#include "real/sys/folder.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

Fd open_namespace(int pid, NsKind kind) {
  const std::string path = proc_path(pid, "ns/" + std::string(ns_kind_name(kind)));
  return Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

std::uint32_t inode_of(int fd) {
  struct stat found {};
  return ::fstat(fd, &found) == 0 ? static_cast<std::uint32_t>(found.st_ino) : 0;
}

/// "         0     100000      65536" (user_namespaces(7)); the reader's ids are the World's.
std::vector<IdMapping> id_map(int pid, const char* file) {
  std::vector<IdMapping> map;
  for (const std::string& line : split(proc_text(pid, file), '\n')) {
    std::vector<std::int64_t> numbers;
    for (const std::string& word : split(line, ' ')) {
      std::int64_t number = 0;
      if (!word.empty() && parse_decimal(word, number)) numbers.push_back(number);
    }
    if (numbers.size() != 3) continue;
    map.push_back({static_cast<std::uint32_t>(numbers[0]), static_cast<std::uint32_t>(numbers[1]),
                   static_cast<std::uint32_t>(numbers[2])});
  }
  return map;
}

int parent_pid_of(int pid) {
  return static_cast<int>(status_number(parse_status(proc_text(pid, "status")), "PPid"));
}

/// The id in "/docker/<64 hex>", "/system.slice/docker-<64 hex>.scope", "/cutaway/<64 hex>".
std::string container_id_in(const std::string& cgroup) {
  constexpr std::size_t kDigits = 64;
  std::size_t run = 0;
  for (std::size_t i = 0; i < cgroup.size(); ++i) {
    const bool hex = std::string_view("0123456789abcdef").find(cgroup[i]) != std::string::npos;
    run = hex ? run + 1 : 0;
    const bool ends = i + 1 == cgroup.size() || cgroup[i + 1] == '/' || cgroup[i + 1] == '.';
    if (run == kDigits && ends) return cgroup.substr(i + 1 - kDigits, kDigits);
  }
  return {};
}

}  // namespace

NsId WorldReader::namespace_in(NsKind kind, int fd, int pid) {
  const std::uint32_t inode = inode_of(fd);
  const Namespace* known = world.namespaces.first(
      [&](const Namespace& ns) { return ns.type == kind && ns.inode == inode; });
  return known != nullptr ? known->id : new_namespace(kind, fd, inode, pid);
}

/// Its parent and its owner are asked for (ioctl_ns(2)); what lies outside of our own namespaces is
/// not shown.
NsId WorldReader::new_namespace(NsKind kind, int fd, std::uint32_t inode, int pid) {
  Namespace made;
  made.type = kind;
  made.inode = inode;
  const bool nests = kind == NsKind::Pid || kind == NsKind::User;
  const Fd parent(nests ? ::ioctl(fd, NS_GET_PARENT) : -1);
  if (parent) made.parent = namespace_in(kind, parent.get(), pid);
  if (const Namespace* above = world.namespaces.find(made.parent)) made.level = above->level + 1;
  const Fd owner(kind == NsKind::User ? -1 : ::ioctl(fd, NS_GET_USERNS));
  if (owner) made.owner = namespace_in(NsKind::User, owner.get(), pid);
  const bool its_own = inode_of(open_namespace(pid, kind).get()) == inode;
  if (kind == NsKind::User && its_own) {
    made.uid_map = id_map(pid, "uid_map");
    made.gid_map = id_map(pid, "gid_map");
    made.setgroups_denied = trim(proc_text(pid, "setgroups")) == "deny";
  }
  made.id = NsId{++world.counters.ns};
  const NsId id = made.id;
  world.counters.ns_inode = std::max(world.counters.ns_inode, inode);
  world.namespaces.put(id, std::move(made));
  return id;
}

void WorldReader::namespaces_of(int pid) {
  for (int i = 0; i < kNsKinds; ++i) {
    const auto kind = static_cast<NsKind>(i);
    const Fd file = open_namespace(pid, kind);
    // Who may not look there is told nothing: then it is thought to be where we are.
    if (file) ns_[static_cast<std::size_t>(i)] = namespace_in(kind, file.get(), pid);
  }
  const NsId mounts = ns_[static_cast<std::size_t>(NsKind::Mnt)];
  if (!world.namespaces.at(mounts).root_mount) mounts_of(mounts, pid);
}

/// Another mount namespace, through the process's own root.
void WorldReader::mounts_of(NsId ns, int pid) {
  const std::uint32_t before = world.counters.filesystem;
  read_mounts(world, ns, parse_mountinfo(proc_text(pid, "mountinfo")), devices_,
              {proc_path(pid, "root"), own_mounts_});
  std::vector<FilesystemId> computed;
  world.filesystems.each([&](const Filesystem& fs) {
    if (fs.id.value > before && fs.ns) computed.push_back(fs.id);
  });
  // A /proc that is new here shows the pid namespace that its mounter was in.
  for (const FilesystemId id : computed) {
    const NsKind kind = world.namespaces.at(world.filesystems.at(id).ns).type;
    world.filesystems.mutate(id).ns = ns_[static_cast<std::size_t>(kind)];
  }
}

void WorldReader::threads(int pid, TaskId leader) {
  const auto names = names_in("/proc/" + decimal(pid) + "/task");
  if (!names) return;
  for (const std::string& name : *names) {
    std::int64_t tid = 0;
    if (!parse_decimal(name, tid) || tid == pid) continue;
    const int number = static_cast<int>(tid);
    Task thread = world.tasks.at(leader);
    thread.id = TaskId{++world.counters.task};
    thread.leader = leader;
    const StatusFields status = parse_status(proc_text(number, "status"));
    thread.pids.clear();
    for (const std::uint64_t each : status_numbers(status, "NSpid"))
      thread.pids.push_back(static_cast<std::int32_t>(each));
    if (thread.pids.empty()) continue;  // it has ended
    const auto comm = status.find("Name");
    if (comm != status.end()) thread.comm = comm->second;
    thread.credentials = read_credentials(status);
    thread.blocked = status_number(status, "SigBlk", 16);
    const TaskId id = thread.id;
    world.tasks.put(id, std::move(thread));
  }
}

/// With those it comes from, as far as this process's pid namespace shows them.
TaskId WorldReader::neighbour(int pid) {
  if (const Task* known = task_by_pid(world, pid)) return known->id;
  const int above = parent_pid_of(pid);
  const TaskId parent = above > 0 ? neighbour(above) : TaskId{};
  namespaces_of(pid);
  const TaskId id = task(pid, parent);
  Task& made = world.tasks.mutate(id);
  Namespace& numbers = world.namespaces.mutate(made.in(NsKind::Pid));
  numbers.last_pid = std::max(numbers.last_pid, made.pids.back());
  if (made.pids.back() == 1) numbers.init = id;
  return id;
}

/// The record of a container whose process this is, by the name of its cgroup.
void WorldReader::container_of(TaskId id) {
  const Task& task = world.tasks.at(id);
  std::string found;
  for (const CgroupId cgroup : task.cgroups)
    if (found.empty()) found = container_id_in(world.cgroups.at(cgroup).path);
  const Container* known =
      world.containers.first([&](const Container& each) { return each.id == found; });
  if (found.empty() || known != nullptr) return;
  constexpr std::size_t kShort = 12;
  Container made;
  made.number = ContainerId{++world.counters.container};
  made.id = found;
  made.name = found.substr(0, kShort);
  made.state = ContainerState::Running;
  made.started = 0;
  made.init = world.namespaces.at(task.in(NsKind::Pid)).init;
  if (!made.init) made.init = id;
  made.cgroups = task.cgroups;
  made.argv = world.tasks.at(made.init).argv;
  const ContainerId number = made.number;
  world.containers.put(number, std::move(made));
}

Status WorldReader::neighbours(const std::vector<int>& pids) {
  for (const int pid : pids) {
    if (proc_text(pid, "status").empty())
      return fail(ErrorCode::Cannot, "watch process " + decimal(pid) + ": there is none");
    const TaskId id = neighbour(pid);
    Task& task = world.tasks.mutate(id);
    task.role = Role::Workload;
    task.argv = arguments(pid);
    threads(pid, id);
    container_of(id);
  }
  return {};
}

}  // namespace cutaway::real
