// The host's tasks: systemd, dockerd, the console; their descriptors.
#include "base/text.h"
#include "sim/kernel/boot_builder.h"
#include "sim/kernel/limits.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::sim {
namespace {

constexpr std::int32_t kDockerdPid = 812, kConsolePid = 2041, kLastPid = 4689;
// Pages of 4 KiB that each has touched.
constexpr std::int64_t kInitPages = 3'100, kDockerdPages = 21'500, kConsolePages = 1'350;

}  // namespace

/// Into its cgroup of every hierarchy; counted there and above, the root left out. No slice: it
/// runs on another kernel.
void BootBuilder::join(Task& task, std::string_view slice) {
  if (slice.empty()) return;
  for (const HierarchyId id : hierarchies_) {
    const Cgroup* found = cgroup_by_path(world, id, slice);
    const CgroupId cgroup = found->id;
    const Hierarchy& hierarchy = world.hierarchies.at(id);
    ++world.cgroups.mutate(cgroup).tasks;
    task.cgroups.push_back(cgroup);
    const AddressSpace& memory = world.address_spaces.at(task.memory);
    for (const std::string& controller : hierarchy.controllers) {
      if (controller == "pids") count(cgroup, "pids.current", 1);
      if (controller != "memory") continue;
      const char* file = hierarchy.version == 2 ? "memory.current" : "memory.usage_in_bytes";
      count(cgroup, file, memory.pages * kPageBytes);
      world.address_spaces.mutate(task.memory).charged_to = cgroup;
    }
  }
}

TaskId BootBuilder::task(std::int32_t pid, TaskId parent, std::string_view comm,
                         std::vector<std::string> argv, std::string_view exe, std::int64_t pages,
                         std::string_view slice) {
  Task made;
  made.id = TaskId{++world.counters.task};
  made.leader = made.session = made.process_group = made.id;
  made.parent = parent;
  made.pids = {pid};
  made.comm = std::string(comm);
  made.exe = std::string(exe);
  made.exe_at = Location{root_mount_, std::string(exe)};
  made.argv = std::move(argv);
  made.env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
              "LANG=C"};
  made.state = TaskState::Runnable;
  for (int i = 0; i < kNsKinds; ++i)
    made.ns[static_cast<std::size_t>(i)] = ns(static_cast<NsKind>(i));
  made.pid_ns_for_children = ns(NsKind::Pid);
  made.time_ns_for_children = ns(NsKind::Time);
  made.fds = FdTableId{++world.counters.fd_table};
  made.fs = FsContextId{++world.counters.fs_context};
  made.memory = AddressSpaceId{++world.counters.address_space};
  made.sighand = SighandId{++world.counters.sighand};
  FdTable fds;
  fds.id = made.fds;
  world.fd_tables.put(fds.id, fds);
  FsContext fs;
  fs.id = made.fs;
  fs.root = fs.cwd = Location{root_mount_, "/"};
  world.fs_contexts.put(fs.id, fs);
  AddressSpace memory;
  memory.id = made.memory;
  memory.pages = pages;
  world.address_spaces.put(memory.id, memory);
  SignalHandlers handlers;
  handlers.id = made.sighand;
  world.sighands.put(handlers.id, handlers);
  join(made, slice);
  const TaskId id = made.id;
  world.tasks.put(id, std::move(made));
  return id;
}

FileId BootBuilder::open_file(OpenFile file) {
  file.id = FileId{++world.counters.file};
  const FileId id = file.id;
  world.files.put(id, std::move(file));
  return id;
}

void BootBuilder::descriptor(TaskId task, std::int32_t fd, FileId file, bool cloexec) {
  world.fd_tables.mutate(world.tasks.at(task).fds).fds[fd] = FdEntry{file, cloexec};
  ++world.files.mutate(file).references;
}

OpenFile BootBuilder::null_device() const {
  OpenFile null;
  null.kind = FileKind::Null;
  null.where = Location{dev_mount_, "/null"};
  null.inode = world.inodes.at(world.filesystems.at(dev_fs_).root).entries.at("null");
  null.flags = abi::o::kRdwr;
  null.is = "/dev/null";
  return null;
}

void BootBuilder::null_descriptors(TaskId task) {
  const FileId file = open_file(null_device());
  for (const std::int32_t fd : {0, 1, 2}) descriptor(task, fd, file);
}

/// What is typed comes from `writer`; what is printed is seen in a capture.
void BootBuilder::console_descriptors(TaskId writer, TaskId console) {
  descriptor(console, 0, open_file(null_device()));
  Terminal terminal;
  terminal.id = TerminalId{++world.counters.terminal};
  terminal.name = "console";
  terminal.tty = false;
  world.terminals.put(terminal.id, terminal);
  for (const std::int32_t channel : {1, 2}) {
    OpenFile file;
    file.kind = FileKind::Terminal;
    file.terminal = terminal.id;
    file.channel = channel;
    file.flags = abi::o::kWronly;
    file.is = terminal.name;
    descriptor(console, channel, open_file(file));
  }
  commands_pipe(writer, console);
}

/// Commands come in from outside: `writer` holds the write end for whoever types.
void BootBuilder::commands_pipe(TaskId writer, TaskId console) {
  Pipe pipe;
  pipe.id = PipeId{++world.counters.pipe};
  pipe.name = "commands";
  pipe.readers = pipe.writers = 1;
  world.pipes.put(pipe.id, pipe);
  OpenFile end;
  end.pipe = pipe.id;
  end.is = "pipe:[" + decimal(pipe.id.value) + "]";
  end.kind = FileKind::PipeRead;
  descriptor(console, 3, open_file(end), true);
  end.kind = FileKind::PipeWrite;
  end.flags = abi::o::kWronly;
  descriptor(writer, 3, open_file(end), true);
}

void BootBuilder::tasks() {
  const TaskId init = task(1, TaskId{}, "systemd", {"/sbin/init"}, "/usr/lib/systemd/systemd",
                           kInitPages, "/init.scope");
  Namespace& pids = world.namespaces.mutate(ns(NsKind::Pid));
  pids.init = init;
  pids.last_pid = kLastPid;
  const TaskId daemon = task(kDockerdPid, init, "dockerd", {"/usr/bin/dockerd", "-H", "fd://"},
                             "/usr/bin/dockerd", kDockerdPages, "/system.slice/docker.service");
  // Go's runtime catches SIGPIPE: a client that is gone is an EPIPE, and nobody's end.
  world.sighands.mutate(world.tasks.at(daemon).sighand).actions[abi::sig::kPipe] = "handler";
  world.tasks.mutate(daemon).role = Role::Daemon;
  const bool here = world.machine.os == HostOs::Linux;
  const TaskId console = here ? task(kConsolePid, init, "bash", {"-bash"}, "/usr/bin/bash",
                                     kConsolePages, "/user.slice")
                              : TaskId{};
  null_descriptors(init);
  null_descriptors(daemon);
  if (here) console_descriptors(init, console);
}

}  // namespace cutaway::sim
