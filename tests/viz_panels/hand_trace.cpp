#include "tests/viz_panels/hand_trace.h"

namespace cutaway::viz {
namespace {

using abi::Sys;

constexpr TaskId kInit{1}, kDaemon{2}, kShell{3}, kClient{4}, kRuntime{5}, kFirst{6};
constexpr ContainerId kContainer{1};
constexpr std::int64_t kStepNs = 40'000;

std::vector<Arg> texts(const std::vector<std::string>& all) {
  std::vector<Arg> args;
  for (const std::string& text : all) args.push_back(Arg::bytes(text));
  return args;
}

void add_task(World& world, TaskId id, std::int32_t pid, TaskId parent, std::string comm,
              Role role) {
  cutaway::Task task;
  task.id = task.leader = task.session = task.process_group = id;
  task.parent = parent;
  task.pids = {pid};
  task.comm = std::move(comm);
  task.role = role;
  for (std::uint32_t i = 0; i < kNsKinds; ++i) task.ns[i] = NsId{i + 1};
  task.fds = FdTableId{id.value};
  task.fs = FsContextId{id.value};
  task.memory = AddressSpaceId{id.value};
  task.sighand = SighandId{id.value};
  FdTable fds;
  fds.id = task.fds;
  world.fd_tables.put(fds.id, fds);
  FsContext fs;
  fs.id = task.fs;
  world.fs_contexts.put(fs.id, fs);
  AddressSpace memory;
  memory.id = task.memory;
  world.address_spaces.put(memory.id, memory);
  SignalHandlers handlers;
  handlers.id = task.sighand;
  world.sighands.put(handlers.id, handlers);
  world.tasks.put(id, std::move(task));
}

void add_terminal(World& world) {
  Terminal terminal;
  terminal.id = TerminalId{1};
  terminal.name = "console";
  terminal.tty = false;
  world.terminals.put(terminal.id, terminal);
  for (const std::uint32_t channel : {1U, 2U}) {
    OpenFile file;
    file.id = FileId{channel};
    file.kind = FileKind::Terminal;
    file.terminal = terminal.id;
    file.channel = static_cast<std::int32_t>(channel);
    file.references = 1;
    world.files.put(file.id, file);
    world.fd_tables.mutate(FdTableId{kShell.value}).fds[file.channel] = {file.id, false};
  }
}

std::shared_ptr<const World> machine() {
  auto world = std::make_shared<World>();
  for (std::uint32_t i = 0; i < kNsKinds; ++i) {
    Namespace ns;
    ns.id = NsId{i + 1};
    ns.type = static_cast<cutaway::NsKind>(i);
    ns.inode = 4026531834U + i;
    ns.hostname = "lab";
    world->namespaces.put(ns.id, ns);
  }
  add_task(*world, kInit, 1, {}, "systemd", Role::Host);
  add_task(*world, kDaemon, 812, kInit, "dockerd", Role::Daemon);
  add_task(*world, kShell, 2041, kInit, "bash", Role::Host);
  add_terminal(*world);
  world->counters.task = 3;
  world->counters.ns = kNsKinds;
  return world;
}

BytesMoved print(TraceMaker& make, std::uint32_t channel, const std::string& text) {
  BytesMoved moved;
  moved.fd = static_cast<std::int32_t>(channel);
  moved.bytes = static_cast<std::int64_t>(text.size());
  moved.is = ChannelKind::Pty;
  moved.file = FileId{channel};
  moved.data = make.trace().blobs.put(text);
  moved.text = text;
  return moved;
}

void write_line(TraceMaker& make, std::uint32_t channel, const std::string& text) {
  make.call(Sys::write, {Arg::fd(static_cast<std::int64_t>(channel), "console"), Arg::bytes(text)},
            static_cast<std::int64_t>(text.size()), {print(make, channel, text)});
}

TaskForked forked(TaskId child, TaskId parent, std::vector<std::int32_t> pids) {
  TaskForked made;
  made.child = child;
  made.parent = parent;
  made.pids = std::move(pids);
  made.flags = abi::sig::kChld;
  return made;
}

TaskExeced execed(const std::string& path, std::vector<std::string> argv) {
  TaskExeced made;
  made.path = path;
  made.comm = path.substr(path.rfind('/') + 1);
  made.argv = std::move(argv);
  return made;
}

void ask(TraceMaker& make) {
  make.step("cli").as(kShell);
  make.emit(CliTyped{"docker run busybox echo hi there",
                     {"docker", "run", "busybox", "echo", "hi", "there"}});
  make.call(Sys::clone, {Arg::integer(abi::sig::kChld)}, 4690, {forked(kClient, kShell, {4690})});
  make.as(kClient);
  make.call(Sys::execve, {Arg::bytes("/usr/bin/docker"), Arg::list({"docker", "run"})}, 0,
            {execed("/usr/bin/docker", {"docker", "run"})});
  make.refused(Sys::access, texts({"/etc/ld.so.preload"}), abi::Errno::kENOENT);
  make.step("api.create");
  make.emit(ApiRequested{RequestId{1}, "POST", "/containers/create"});
}

void fetch(TraceMaker& make) {
  make.step("image.look").as(kDaemon);
  make.emit(ImageLookedUp{"busybox:latest", "cache", false});
  make.emit(ApiAnswered{RequestId{1}, 404});
  make.as(kClient);
  write_line(make, 2, "Unable to find image 'busybox:latest' locally\n");
  make.step("api.pull");
  make.emit(ApiRequested{RequestId{2}, "POST", "/images/create"});
  make.step("hub.resolve").as(kDaemon);
  make.emit(ImageResolved{"busybox:latest", "sha256:7f1e"});
  make.step("layer.fetch").wait(2'000'000'000);
  make.emit(LayerFetched{"sha256:17ee", 2'152'262, 2'152'262});
  make.step("image.tag");
  Image image;
  image.layers = {"sha256:17ee"};
  make.emit(ImageTagged{"busybox:latest", image});
  make.emit(ApiAnswered{RequestId{2}, 200});
}

void create(TraceMaker& make) {
  make.step("container.create").as(kDaemon, kContainer);
  cutaway::Container made;
  made.number = kContainer;
  made.id = "8f2c4a1b9d3e" + std::string(52, '0');
  made.name = "quirky_hopper";
  made.image = "busybox";
  made.argv = {"echo", "hi", "there"};
  make.emit(ContainerCreated{made});
  make.step("api.start").as(kClient, kContainer);
  make.emit(ApiRequested{RequestId{3}, "POST", "/containers/8f2c4a1b9d3e/start"});
  make.step("shim.start").as(kDaemon, kContainer);
  make.call(Sys::clone, {Arg::integer(abi::sig::kChld)}, 4702, {forked(kRuntime, kDaemon, {4702})});
}

NsCreated created(cutaway::NsKind kind, std::uint32_t id) {
  NsCreated made;
  made.type = kind;
  made.id = NsId{id};
  made.owner = NsId{6};
  made.inode = 4026532600U + id;
  return made;
}

NsJoined joined(cutaway::NsKind kind, std::uint32_t id) {
  NsJoined made;
  made.type = kind;
  made.id = NsId{id};
  return made;
}

void isolate(TraceMaker& make) {
  make.step("ns.clone").as(kRuntime, kContainer);
  const std::uint64_t flags = abi::clone::kNewNs | abi::clone::kNewPid | abi::clone::kNewUts;
  make.call(Sys::clone, {Arg::integer(static_cast<std::int64_t>(flags) | abi::sig::kChld)}, 4711,
            {created(cutaway::NsKind::Mnt, 11), created(cutaway::NsKind::Pid, 12),
             created(cutaway::NsKind::Uts, 13), forked(kFirst, kRuntime, {4711, 1})});
  make.as(kFirst, kContainer);
  for (const auto& [kind, id] :
       {std::pair{cutaway::NsKind::Mnt, 11U}, std::pair{cutaway::NsKind::Pid, 12U},
        std::pair{cutaway::NsKind::Uts, 13U}}) {
    make.emit(joined(kind, id));
  }
  make.step("mnt.proc");
  make.call(Sys::mount,
            {Arg::bytes("proc"), Arg::bytes("/proc"), Arg::bytes("proc"), Arg::integer(14), Arg()});
  make.step("root.pivot");
  make.call(Sys::pivot_root, texts({".", "."}));
  make.step("uts.hostname");
  make.call(Sys::sethostname, {Arg::bytes("8f2c4a1b9d3e"), Arg::integer(12)}, 0,
            {NsHostnameSet{NsId{13}, "8f2c4a1b9d3e", ""}});
  make.step("cap.set");
  Credentials who;
  who.effective = who.permitted = 0xa80425fbU;
  make.call(Sys::capset, {Arg::integer(0), Arg::integer(0)}, 0, {TaskCredentialsSet{who}});
  make.refused(
      Sys::mount,
      {Arg::bytes("none"), Arg::bytes("/mnt"), Arg::bytes("tmpfs"), Arg::integer(0), Arg()},
      abi::Errno::kEPERM);
}

void speak_and_end(TraceMaker& make) {
  make.step("exec").as(kFirst, kContainer);
  make.call(Sys::execve, {Arg::bytes("/bin/echo"), Arg::list({"echo", "hi", "there"})}, 0,
            {execed("/bin/echo", {"echo", "hi", "there"})});
  make.step("io.write");
  make.call(Sys::write, {Arg::fd(1, "pipe:[17]"), Arg::bytes("hi there\n")}, 9);
  make.step("cli.print").as(kClient);
  write_line(make, 1, "hi there\n");
  make.step("exit").as(kFirst, kContainer);
  make.call(Sys::exit_group, {Arg::integer(0)}, 0, {TaskExited{0, 0}});
  make.step("container.exit").as(kDaemon, kContainer);
  make.emit(ContainerExited{0, 0, false, ""});
  make.step("cli").as(kShell);
  make.emit(CliDone{0});
}

}  // namespace

TraceMaker& TraceMaker::step(std::string_view name) {
  stamp_.step = trace_.step_id(name);
  return *this;
}

TraceMaker& TraceMaker::as(TaskId task, ContainerId container) {
  stamp_.task = task;
  stamp_.container = container;
  return *this;
}

TraceMaker& TraceMaker::wait(std::int64_t ns) {
  stamp_.t += ns;
  return *this;
}

EventIndex TraceMaker::emit(Body body) {
  stamp_.t += kStepNs;
  return trace_.append({stamp_, std::move(body)});
}

EventIndex TraceMaker::call(abi::Sys sys, std::vector<Arg> args, std::int64_t ret,
                            std::vector<Body> effects) {
  stamp_.call = CallId{++calls_};
  for (Body& effect : effects) emit(std::move(effect));
  Syscall line;
  line.sys = sys;
  line.args = std::move(args);
  line.ret = ret;
  line.dur = kStepNs / 2;
  const EventIndex index = emit(std::move(line));
  stamp_.call = {};
  return index;
}

EventIndex TraceMaker::refused(abi::Sys sys, std::vector<Arg> args, abi::Errno err) {
  stamp_.call = CallId{++calls_};
  Syscall line;
  line.sys = sys;
  line.args = std::move(args);
  line.ret = -1;
  line.err = err;
  const EventIndex index = emit(std::move(line));
  stamp_.call = {};
  return index;
}

Trace hand_trace() {
  TraceHeader header;
  header.scenario = "hand-made";
  header.commands = {"docker run busybox echo hi there"};
  TraceMaker make(std::move(header));
  make.as(kInit).emit(Snapshot{machine()});
  ask(make);
  fetch(make);
  create(make);
  isolate(make);
  speak_and_end(make);
  return make.take();
}

}  // namespace cutaway::viz
