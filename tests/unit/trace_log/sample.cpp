#include "tests/unit/trace_log/sample.h"

#include <utility>

namespace cutaway {

namespace {

Task sample_task(std::uint32_t id, std::int32_t pid, std::string comm, Role role) {
  Task task;
  task.id = task.leader = TaskId{id};
  task.parent = TaskId{id - 1};
  task.pids = {pid};
  task.comm = std::move(comm);
  task.role = role;
  for (std::uint32_t kind = 0; kind < kNsKinds; ++kind) task.ns[kind] = NsId{kind + 1};
  task.pid_ns_for_children = NsId{2};
  task.time_ns_for_children = NsId{8};
  task.fds = FdTableId{id};
  task.fs = FsContextId{id};
  task.memory = AddressSpaceId{id};
  task.sighand = SighandId{id};
  task.session = task.process_group = TaskId{1};
  return task;
}

void add_task(World& world, const Task& task) {
  const std::uint32_t id = task.id.value;
  world.fd_tables.put(FdTableId{id}, FdTable{FdTableId{id}, {}, 1});
  world.fs_contexts.put(FsContextId{id},
                        FsContext{FsContextId{id}, {MountId{1}, "/"}, {MountId{1}, "/"}, 022, 1});
  world.address_spaces.put(AddressSpaceId{id},
                           AddressSpace{AddressSpaceId{id}, 100, CgroupId{}, {}, 1});
  world.sighands.put(SighandId{id}, SignalHandlers{SighandId{id}, {{2, "ignore"}}, 1});
  world.tasks.put(task.id, task);
}

void add_namespaces(World& world) {
  for (std::uint32_t kind = 0; kind < kNsKinds; ++kind) {
    Namespace ns;
    ns.id = NsId{kind + 1};
    ns.type = static_cast<NsKind>(kind);
    ns.owner = NsId{6};
    ns.inode = 4026531835U + kind;
    ns.last_pid = 500;
    if (ns.type == NsKind::Mnt) ns.root_mount = MountId{1};
    if (ns.type == NsKind::Uts) ns.hostname = "machine";
    world.namespaces.put(ns.id, ns);
  }
}

void add_files(World& world) {
  Inode root;
  root.id = InodeId{1};
  root.fs = FilesystemId{1};
  root.mode = 040755;
  root.entries = {{"etc", InodeId{2}}, {"\xff\xfe", InodeId{3}}};
  world.inodes.put(root.id, root);
  Filesystem fs;
  fs.id = FilesystemId{1};
  fs.type = "ext4";
  fs.root = root.id;
  world.filesystems.put(fs.id, fs);
  Mount mount;
  mount.id = MountId{1};
  mount.ns = NsId{1};
  mount.fs = fs.id;
  mount.flags = abi::ms::kRelatime;
  world.mounts.put(mount.id, mount);
}

void add_cgroups(World& world, CgroupVersion version) {
  const bool v2 = version == CgroupVersion::V2;
  const std::vector<std::vector<std::string>> controllers =
      v2 ? std::vector<std::vector<std::string>>{{"cpu", "memory", "pids"}}
         : std::vector<std::vector<std::string>>{{"cpu", "cpuacct"}, {"memory"}};
  for (std::uint32_t i = 0; i < controllers.size(); ++i) {
    world.hierarchies.put(HierarchyId{i + 1}, Hierarchy{HierarchyId{i + 1}, v2 ? 2 : 1,
                                                        controllers[i], CgroupId{i + 1}});
    Cgroup root;
    root.id = CgroupId{i + 1};
    root.hierarchy = HierarchyId{i + 1};
    root.path = v2 ? "/" : "/of-" + controllers[i].front();
    root.tasks = 2;
    world.cgroups.put(root.id, root);
  }
  for (const std::uint32_t id : {1U, 2U}) {
    Task& task = world.tasks.mutate(TaskId{id});
    for (std::uint32_t i = 0; i < controllers.size(); ++i) task.cgroups.push_back(CgroupId{i + 1});
  }
}

class SampleMaker {
 public:
  explicit SampleMaker(Trace& trace) : trace_(trace) {}

  void emit(std::uint32_t task, Body body) {
    Event event;
    event.stamp.t = now_ += 1000;
    event.stamp.task = TaskId{task};
    event.stamp.container = container;
    event.stamp.step = step;
    event.stamp.call = call_id;
    event.stamp.cause = cause;
    event.body = std::move(body);
    trace_.append(std::move(event));
  }

  ContainerId container;
  StepId step;
  CallId call_id;
  EventIndex cause = kNoEvent;

 private:
  Trace& trace_;
  std::int64_t now_ = 0;
};

void engine_part(Trace& trace, SampleMaker& make) {
  make.emit(0, CliTyped{"docker run busybox echo hi", {"docker", "run", "busybox", "echo", "hi"}});
  make.emit(
      2, ImageTagged{"busybox:latest", Image{"sha256:aa", "sha256:bb", {"sha256:cc"}, "{}", 4096}});
  ContainerCreated created;
  created.container.number = ContainerId{1};
  created.container.id = std::string(64, 'a');
  created.container.name = "brave_hopper";
  created.container.image = "busybox";
  make.container = ContainerId{1};
  make.emit(2, created);
  make.emit(2, LayerMounted{"sha256:cc", std::string(64, 'a')});
  make.step = trace.step_id("root.pivot");
}

void task_part(Trace& trace, SampleMaker& make) {
  make.call_id = CallId{1};
  make.emit(
      2, TaskForked{TaskId{3}, TaskId{2}, {501, 1}, abi::clone::kNewPid | abi::clone::kNewNs | 17});
  make.emit(2, call(abi::Sys::clone, {Arg::integer(0x20020011), Arg::integer(0)}, 501));
  make.call_id = CallId{2};
  make.cause = static_cast<EventIndex>(trace.size() - 1);
  make.emit(3, call(abi::Sys::mount,
                    {Arg::bytes("proc"), Arg::bytes("/proc"), Arg::bytes("proc"), Arg::integer(6),
                     Arg::integer(0)},
                    -1, abi::Errno::kEPERM));
  make.cause = kNoEvent;
  make.emit(
      3, call(abi::Sys::write, {Arg::fd(1, "pipe:[17]"), Arg::bytes("hi\n"), Arg::integer(3)}, 3));
  BytesMoved moved;
  moved.fd = 1;
  moved.bytes = 3;
  moved.is = ChannelKind::Pipe;
  moved.text = "hi\n";
  moved.data = trace.blobs.put("hi\n");
  make.emit(3, moved);
  make.emit(2, ContainerLogged{"stdout", trace.blobs.put(std::string(1000, 'x')), 1000});
  make.emit(2, ContainerLogged{"stderr", trace.blobs.put("\xff\x00z"), 3});
  make.emit(3, SignalDelivered{15, TaskId{2}, TaskId{3}, "terminate"});
  make.emit(3, TaskExited{0, 15});
  make.emit(3, TaskReaped{TaskId{2}});
  make.emit(0, Note{"the end", "engine"});
}

}  // namespace

Syscall call(abi::Sys sys, std::vector<Arg> args, std::int64_t ret, abi::Errno err) {
  Syscall made;
  made.sys = sys;
  made.args = std::move(args);
  made.ret = ret;
  made.err = err;
  made.dur = 500;
  return made;
}

World sample_world(CgroupVersion cgroup) {
  World world;
  world.machine.cgroup = cgroup;
  world.counters.task = 2;
  add_namespaces(world);
  add_files(world);
  add_task(world, sample_task(1, 1, "init", Role::Host));
  add_task(world, sample_task(2, 500, "dockerd", Role::Daemon));
  add_cgroups(world, cgroup);
  return world;
}

Trace sample_trace(CgroupVersion cgroup) {
  TraceHeader header;
  header.machine.cgroup = cgroup;
  header.scenario = "run-echo";
  header.commands = {"docker run busybox echo hi"};
  header.seed = 1;
  Trace trace(header);
  SampleMaker make(trace);
  make.emit(0, Snapshot{std::make_shared<const World>(sample_world(cgroup))});
  engine_part(trace, make);
  task_part(trace, make);
  return trace;
}

}  // namespace cutaway
