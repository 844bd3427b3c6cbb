#include "tests/viz_text/hand_trace.h"

#include <utility>

namespace cutaway::viz {

namespace {

constexpr std::int64_t kMiB = 1 << 20;

NsId add_namespace(World& world, cutaway::NsKind kind, std::uint32_t id, NsId parent = {}) {
  Namespace ns;
  ns.id = NsId(id);
  ns.type = kind;
  ns.parent = parent;
  ns.level = parent ? 1 : 0;
  ns.inode = 4026531000U + id;
  world.namespaces.put(ns.id, ns);
  return ns.id;
}

// The eight kinds, numbered from `first`.
void add_namespaces(World& world, std::uint32_t first, cutaway::Task& task) {
  for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(kNsKinds); ++k) {
    task.ns[k] = add_namespace(world, static_cast<cutaway::NsKind>(k), first + k);
  }
  task.pid_ns_for_children = task.in(cutaway::NsKind::Pid);
}

void add_memory(World& world, cutaway::Task& task, std::int64_t bytes, CgroupId cgroup) {
  AddressSpace space;
  space.id = AddressSpaceId(task.id.value);
  space.pages = bytes / 4096;
  space.charged_to = cgroup;
  world.address_spaces.put(space.id, space);
  task.memory = space.id;
}

cutaway::Task host_like(TaskId id, std::int32_t pid, std::string comm, Role role) {
  cutaway::Task task;
  task.id = id;
  task.leader = id;
  task.pids = {pid};
  task.comm = std::move(comm);
  task.role = role;
  task.cgroups = {CgroupId(1)};
  return task;
}

void add_cgroups(World& world) {
  Hierarchy tree;
  tree.id = HierarchyId(1);
  tree.controllers = {"cpu", "memory", "pids"};
  tree.root = CgroupId(1);
  world.hierarchies.put(tree.id, tree);
  Cgroup root;
  root.id = CgroupId(1);
  root.hierarchy = tree.id;
  root.path = "/";
  world.cgroups.put(root.id, root);
}

void add_root_mount(World& world, NsId ns, std::uint32_t id, const char* type) {
  Filesystem fs;
  fs.id = FilesystemId(id);
  fs.type = type;
  world.filesystems.put(fs.id, fs);
  Mount mount;
  mount.id = MountId(id);
  mount.ns = ns;
  mount.fs = fs.id;
  mount.target = "/";
  world.mounts.put(mount.id, mount);
  world.namespaces.mutate(ns).root_mount = mount.id;
}

void name_host(World& world, NsId ns, const char* name) {
  world.namespaces.mutate(ns).hostname = name;
}

cutaway::Container web_record() {
  cutaway::Container web;
  web.number = kWebBox;
  web.id = "8f2c1a3b77de" + std::string(52, '0');
  web.name = "web";
  web.config = R"({"Words":["run","--name","web","nginx"]})";
  web.image = "nginx:latest";
  web.state = ContainerState::Running;
  web.init = kWeb;
  web.argv = {"nginx"};
  web.layers = {"sha256:aaaaaaaaaaaaaaaa"};
  return web;
}

void add_image(World& world) {
  Image image;
  image.layers = {"sha256:aaaaaaaaaaaaaaaa"};
  image.size = 4'260'000;
  world.images.mutate()["nginx:latest"] = image;
  cutaway::Layer layer;
  layer.digest = image.layers[0];
  layer.bytes = layer.of = 2'400'000;
  world.layers.mutate()[layer.digest] = layer;
}

}  // namespace

World hand_host() {
  World world;
  world.machine.memory = 8192 * kMiB;
  add_cgroups(world);
  cutaway::Task init = host_like(kInit, 1, "systemd", Role::Host);
  add_namespaces(world, 1, init);
  name_host(world, init.in(cutaway::NsKind::Uts), "lab");
  add_root_mount(world, init.in(cutaway::NsKind::Mnt), 1, "ext4");
  Interface card{2, "eth0", "ether", true, {"10.0.0.5/24"}};
  world.namespaces.mutate(init.in(cutaway::NsKind::Net)).links = {card};
  add_memory(world, init, 512 * kMiB, CgroupId(1));
  for (cutaway::Task other : {host_like(kDaemon, 812, "dockerd", Role::Daemon),
                              host_like(kShell, 700, "bash", Role::Host)}) {
    other.ns = init.ns;
    world.tasks.put(other.id, other);
  }
  world.tasks.put(init.id, init);
  return world;
}

World hand_web() {
  World world = hand_host();
  Cgroup mine;
  mine.id = kWebCgroup;
  mine.hierarchy = HierarchyId(1);
  mine.parent = CgroupId(1);
  mine.path = "/docker/8f2c1a3b77de" + std::string(52, '0');
  mine.limits["memory.max"] = "67108864";
  mine.limits["cpu.max"] = "50000 100000";
  world.cgroups.put(mine.id, mine);
  cutaway::Task web = host_like(kWeb, 4711, "nginx", Role::Workload);
  web.pids = {4711, 1};
  web.container = kWebBox;
  web.cgroups = {kWebCgroup};
  add_namespaces(world, 20, web);
  web.ns[static_cast<std::size_t>(cutaway::NsKind::User)] =
      world.tasks.at(kInit).in(cutaway::NsKind::User);
  web.credentials.effective = 0xa80425fb;
  web.credentials.seccomp = SeccompMode::Filter;
  name_host(world, web.in(cutaway::NsKind::Uts), "8f2c1a3b77de");
  add_root_mount(world, web.in(cutaway::NsKind::Mnt), 2, "overlay");
  add_memory(world, web, 16 * kMiB, kWebCgroup);
  world.tasks.put(web.id, web);
  cutaway::Container record = web_record();
  record.cgroups = {kWebCgroup};
  world.containers.put(kWebBox, record);
  add_image(world);
  return world;
}

Trace hand_trace(World world) {
  Trace trace;
  Event first;
  first.body = Snapshot{std::make_shared<const World>(std::move(world))};
  trace.append(std::move(first));
  return trace;
}

EventIndex add(Trace& trace, TaskId task, Body body, std::string_view step, CallId call,
               ContainerId container) {
  Event event;
  event.stamp.t = trace.record(trace.size() - 1).t + 1000;
  event.stamp.task = task;
  event.stamp.call = call;
  event.stamp.container = container;
  if (!step.empty()) event.stamp.step = trace.step_id(step);
  event.body = std::move(body);
  return trace.append(std::move(event));
}

EventIndex add_call(Trace& trace, TaskId task, Syscall line, std::vector<Body> effects,
                    std::string_view step, ContainerId container) {
  const CallId call(static_cast<std::uint32_t>(trace.size()));
  for (Body& effect : effects) add(trace, task, std::move(effect), step, call, container);
  return add(trace, task, std::move(line), step, call, container);
}

Syscall made(abi::Sys sys, std::vector<Arg> args, std::int64_t ret, abi::Errno err) {
  Syscall call;
  call.sys = sys;
  call.args = std::move(args);
  call.ret = err == abi::Errno::kOk ? ret : -1;
  call.err = err;
  return call;
}

}  // namespace cutaway::viz
