// See boot.h.
#include "sim/kernel/boot.h"

#include "sim/core/sys.h"
#include "sim/kernel/boot_builder.h"
#include "trace/world/descriptor_names.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

/// Inode numbers of the initial namespaces (include/linux/proc_ns.h, PROC_…_INIT_INO; net and mnt
/// are the first two that nsfs hands out).
constexpr std::uint32_t ns_number(NsKind kind) {
  switch (kind) {
    case NsKind::Time:
      return 4026531834U;
    case NsKind::Cgroup:
      return 4026531835U;
    case NsKind::Pid:
      return 4026531836U;
    case NsKind::User:
      return 4026531837U;
    case NsKind::Uts:
      return 4026531838U;
    case NsKind::Ipc:
      return 4026531839U;
    case NsKind::Net:
      return 4026531840U;
    case NsKind::Mnt:
      break;
  }
  return 4026531841U;
}

/// The next ones, after what a booted host has used up (devices' and services' own).
constexpr std::uint32_t kLastNsNumber = 4026532210U;

Interface interface(std::int32_t index, std::string name, std::string type, std::string address) {
  Interface link;
  link.index = index;
  link.name = std::move(name);
  link.type = std::move(type);
  link.up = true;
  link.addresses = {std::move(address)};
  return link;
}

}  // namespace

void BootBuilder::namespaces() {
  for (int i = 0; i < kNsKinds; ++i) {
    const auto kind = static_cast<NsKind>(i);
    Namespace made;
    made.id = NsId{++world.counters.ns};
    made.type = kind;
    made.inode = ns_number(kind);
    ns_[static_cast<std::size_t>(i)] = made.id;
    world.namespaces.put(made.id, made);
  }
  for (int i = 0; i < kNsKinds; ++i) {
    Namespace& made = world.namespaces.mutate(ns_[static_cast<std::size_t>(i)]);
    if (made.type != NsKind::User) made.owner = ns(NsKind::User);
  }
  Namespace& user = world.namespaces.mutate(ns(NsKind::User));
  user.uid_map = {IdMapping{0, 0, 4294967295U}};
  user.gid_map = user.uid_map;
  Namespace& uts = world.namespaces.mutate(ns(NsKind::Uts));
  uts.hostname = "lab";
  uts.domainname = "(none)";
  Namespace& net = world.namespaces.mutate(ns(NsKind::Net));
  net.links = {interface(1, "lo", "loopback", "127.0.0.1/8"),
               interface(2, "eth0", "ether", "10.0.0.5/24")};
  net.routes = {Route{"0.0.0.0/0", "10.0.0.1", "eth0", ""}};
  net.last_link = 2;
  world.counters.ns_inode = kLastNsNumber;
}

World boot_world(const Machine& machine) {
  BootBuilder builder(machine);
  const bool in_a_vm = machine.os != HostOs::Linux;
  builder.namespaces();
  if (in_a_vm) builder.outside_terminals();
  builder.files();
  builder.cgroups();
  builder.mounts();
  builder.tasks();
  if (in_a_vm) builder.outside();
  return std::move(builder.world);
}

TaskId console_of(const World& world) {
  const Pipe* commands =
      world.pipes.first([](const Pipe& pipe) { return pipe.name == "commands"; });
  CHECK(commands != nullptr);
  const Task* console = world.tasks.first([&](const Task& task) {
    const OpenFile* file = file_of(world, task, 3);
    return file != nullptr && file->pipe == commands->id && file->kind == FileKind::PipeRead;
  });
  CHECK(console != nullptr);
  return console->id;
}

/// systemd sleeps in epoll_wait and reaps when SIGCHLD comes; here it simply waits.
Program host_init(Sys sys, State) {
  for (;;) {
    sys.at_top(host_init, State{});
    const std::int64_t pid = co_await sys.wait4(-1, 0);
    if (pid < 0) break;
  }
  for (;;) co_await sys.nanosleep(3'600'000'000'000);
}

}  // namespace cutaway::sim
