// This process and those it comes from, up to pid 1.
#include <unistd.h>

#include "base/text.h"
#include "real/observe/descriptors.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/world_reader.h"
#include "real/observe/world_sink.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

std::int64_t number_at(const std::vector<std::string>& fields, std::size_t at) {
  std::int64_t value = 0;
  return at < fields.size() && parse_decimal(fields[at], value) ? value : 0;
}

std::int32_t value_in(const std::string& text) {
  std::int64_t value = 0;
  parse_decimal(trim(text), value);
  return static_cast<std::int32_t>(value);
}

std::vector<std::uint32_t> narrowed(const std::vector<std::uint64_t>& numbers) {
  std::vector<std::uint32_t> all;
  all.reserve(numbers.size());
  for (const std::uint64_t number : numbers) all.push_back(static_cast<std::uint32_t>(number));
  return all;
}

FsContext place_of(const World& world, NsId mount_ns, int pid, const StatusFields& status) {
  FsContext fs;
  fs.root = locate(world, mount_ns, "/");
  fs.cwd = fs.root;
  const std::string cwd = proc_link(pid, "cwd");
  if (!cwd.empty() && !ends_with(cwd, " (deleted)")) fs.cwd = locate(world, mount_ns, cwd);
  fs.umask = static_cast<std::uint32_t>(status_number(status, "Umask", 8));
  return fs;
}

}  // namespace

std::vector<std::string> arguments(int pid) {
  std::vector<std::string> words = split(proc_text(pid, "cmdline"), '\0');
  if (!words.empty() && words.back().empty()) words.pop_back();
  return words;
}

Credentials read_credentials(const StatusFields& status) {
  Credentials made;
  const std::vector<std::uint32_t> uids = narrowed(status_numbers(status, "Uid"));
  const std::vector<std::uint32_t> gids = narrowed(status_numbers(status, "Gid"));
  if (uids.size() == 4) {
    made.uid = uids[0];
    made.euid = uids[1];
    made.suid = uids[2];
    made.fsuid = uids[3];
  }
  if (gids.size() == 4) {
    made.gid = gids[0];
    made.egid = gids[1];
    made.sgid = gids[2];
    made.fsgid = gids[3];
  }
  made.groups = narrowed(status_numbers(status, "Groups"));
  made.effective = status_number(status, "CapEff", 16);
  made.permitted = status_number(status, "CapPrm", 16);
  made.inheritable = status_number(status, "CapInh", 16);
  made.bounding = status_number(status, "CapBnd", 16);
  made.ambient = status_number(status, "CapAmb", 16);
  made.no_new_privs = status_number(status, "NoNewPrivs") != 0;
  made.seccomp = static_cast<SeccompMode>(status_number(status, "Seccomp"));
  made.seccomp_filters = static_cast<std::int32_t>(status_number(status, "Seccomp_filters"));
  return made;
}

std::map<std::int32_t, std::string> read_actions(const StatusFields& status) {
  std::map<std::int32_t, std::string> actions;
  const std::uint64_t ignored = status_number(status, "SigIgn", 16);
  const std::uint64_t caught = status_number(status, "SigCgt", 16);
  for (std::int32_t signal = 1; signal <= 64; ++signal) {
    const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
    if ((ignored & bit) != 0) actions[signal] = "ignore";
    if ((caught & bit) != 0) actions[signal] = "handler";
  }
  return actions;
}

TaskId WorldReader::task(int pid, TaskId parent) {
  const StatusFields status = parse_status(proc_text(pid, "status"));
  const NsId mount_ns = ns_[static_cast<std::size_t>(NsKind::Mnt)];
  Task made;
  made.id = TaskId{++world.counters.task};
  made.leader = made.id;
  made.parent = parent;
  for (const std::uint64_t number : status_numbers(status, "NSpid"))
    made.pids.push_back(static_cast<std::int32_t>(number));
  if (made.pids.empty()) made.pids = {pid};
  const auto name = status.find("Name");
  if (name != status.end()) made.comm = name->second;
  made.exe = proc_link(pid, "exe");
  if (!made.exe.empty() && !ends_with(made.exe, " (deleted)"))
    made.exe_at = locate(world, mount_ns, made.exe);
  // What others were started with is their own business.
  if (pid == ::getpid()) made.argv = arguments(pid);
  made.credentials = read_credentials(status);
  made.ns = {};
  std::copy(std::begin(ns_), std::end(ns_), made.ns.begin());
  made.pid_ns_for_children = made.in(NsKind::Pid);
  made.time_ns_for_children = made.in(NsKind::Time);
  made.blocked = status_number(status, "SigBlk", 16);
  made.oom_score_adj = value_in(proc_text(pid, "oom_score_adj"));
  FdTable fds;
  fds.id = made.fds = FdTableId{++world.counters.fd_table};
  world.fd_tables.put(fds.id, fds);
  FsContext fs = place_of(world, mount_ns, pid, status);
  fs.id = made.fs = FsContextId{++world.counters.fs_context};
  world.fs_contexts.put(fs.id, fs);
  SignalHandlers handlers;
  handlers.id = made.sighand = SighandId{++world.counters.sighand};
  handlers.actions = read_actions(status);
  world.sighands.put(handlers.id, handlers);
  AddressSpace memory;
  memory.id = made.memory = AddressSpaceId{++world.counters.address_space};
  const std::vector<std::string> sizes = split(proc_text(pid, "statm"), ' ');
  memory.pages = number_at(sizes, 1);
  world.address_spaces.put(memory.id, memory);
  join_cgroups(made, pid);
  const TaskId id = made.id;
  world.tasks.put(id, std::move(made));
  return id;
}

/// Sessions and groups, as far as their leaders are among the tasks.
void WorldReader::sessions_and_groups() {
  std::vector<TaskId> all;
  world.tasks.each([&all](const Task& task) { all.push_back(task.id); });
  for (const TaskId id : all) {
    const std::vector<std::string> stat = parse_stat(proc_text(world.tasks.at(id).pid(), "stat"));
    const Task* group = task_by_pid(world, static_cast<std::int32_t>(number_at(stat, 2)));
    const Task* session = task_by_pid(world, static_cast<std::int32_t>(number_at(stat, 3)));
    Task& task = world.tasks.mutate(id);
    task.process_group = group == nullptr ? TaskId{} : group->id;
    task.session = session == nullptr ? TaskId{} : session->id;
  }
}

Status WorldReader::tasks(Role self, const std::vector<int>& watched) {
  std::vector<int> chain;
  for (int pid = ::getpid(); pid > 0;) {
    chain.push_back(pid);
    pid = static_cast<int>(status_number(parse_status(proc_text(pid, "status")), "PPid"));
  }
  TaskId parent;
  for (auto pid = chain.rbegin(); pid != chain.rend(); ++pid) parent = task(*pid, parent);
  world.tasks.mutate(parent).role = self;
  const TaskId first = world.tasks.first([](const Task&) { return true; })->id;
  Namespace& pids = world.namespaces.mutate(ns_[static_cast<std::size_t>(NsKind::Pid)]);
  pids.last_pid = ::getpid();
  if (chain.back() == 1) pids.init = first;
  TRY(neighbours(watched));
  sessions_and_groups();
  WorldSink sink(world);
  Discoverer discoverer(parent);
  read_descriptors(::getpid(), parent, discoverer, sink);
  for (const int pid : watched)
    read_descriptors(pid, task_by_pid(world, pid)->id, discoverer, sink);
  return {};
}

}  // namespace cutaway::real
