#include "real/observe/snapshot.h"

#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/os/probe.h"
#include "base/text.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/world_reader.h"
#include "real/sys/files.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

CgroupVersion version_of(std::string_view word) {
  if (word == "v1") return CgroupVersion::V1;
  return word == "hybrid" ? CgroupVersion::Hybrid : CgroupVersion::V2;
}

/// "MemTotal:  24684096 kB"
std::int64_t total_memory() {
  const Result<std::string> text = read_text("/proc/meminfo");
  if (!text) return 0;
  const StatusFields fields = parse_status(*text);
  return static_cast<std::int64_t>(status_number(fields, "MemTotal")) * 1024;
}

}  // namespace

void WorldReader::machine(const std::vector<MountLine>& mounts) {
  utsname names{};
  ::uname(&names);
  world.machine.kernel = names.release;
  world.machine.arch = names.machine;
  world.machine.cpus = ::sysconf(_SC_NPROCESSORS_ONLN);
  world.machine.memory = total_memory();
  world.machine.os = HostOs::Linux;
  os::CgroupMounts cgroups;
  bool legacy = false;
  for (const MountLine& line : mounts) {
    if (line.type == "cgroup2") cgroups.v2 = line.target;
    if (line.type == "cgroup") legacy = true;
  }
  world.machine.cgroup = !legacy              ? CgroupVersion::V2
                         : cgroups.v2.empty() ? version_of("v1")
                                              : version_of("hybrid");
}

Status WorldReader::namespaces() {
  utsname names{};
  ::uname(&names);
  for (int i = 0; i < kNsKinds; ++i) {
    const auto kind = static_cast<NsKind>(i);
    Namespace made;
    made.id = NsId{++world.counters.ns};
    made.type = kind;
    const std::string name(ns_kind_name(kind));
    made.inode = number_in_link(proc_link(::getpid(), "ns/" + name));
    // A kernel without time namespaces has no such link.
    if (made.inode == 0 && kind == NsKind::Mnt)
      return fail(ErrorCode::Cannot, "cannot read /proc/self/ns: is /proc mounted?");
    ns_[static_cast<std::size_t>(i)] = made.id;
    world.counters.ns_inode = std::max(world.counters.ns_inode, made.inode);
    world.namespaces.put(made.id, made);
  }
  for (const NsId id : ns_) {
    Namespace& made = world.namespaces.mutate(id);
    if (made.type != NsKind::User) made.owner = ns_[static_cast<std::size_t>(NsKind::User)];
    if (made.type == NsKind::Uts) {
      made.hostname = names.nodename;
      made.domainname = names.domainname;
    }
    // Ids are shown to us as our own user namespace maps them: to the World that is the initial.
    if (made.type == NsKind::User) made.uid_map = made.gid_map = {IdMapping{0, 0, 4294967295U}};
  }
  Namespace& net = world.namespaces.mutate(ns_[static_cast<std::size_t>(NsKind::Net)]);
  Interface lo;
  lo.index = 1;
  lo.name = "lo";
  lo.type = "loopback";
  const Result<std::string> state = read_text("/sys/class/net/lo/flags");
  lo.up = state && ends_with(trim(*state), "9");
  if (lo.up) lo.addresses = {"127.0.0.1/8"};
  net.links.push_back(lo);
  return {};
}

void WorldReader::mounts(NsId ns, const std::vector<MountLine>& lines) {
  own_mounts_ = ns;
  read_mounts(world, ns, lines, devices_);
}

Result<World> read_world(const SnapshotOptions& options) {
  WorldReader reader;
  TRY_ASSIGN(const std::string text, read_text("/proc/self/mountinfo"));
  const std::vector<MountLine> lines = parse_mountinfo(text);
  reader.machine(lines);
  TRY(reader.namespaces());
  TRY(reader.cgroups(options.cgroups));
  const Namespace* mounts =
      reader.world.namespaces.first([](const Namespace& ns) { return ns.type == NsKind::Mnt; });
  reader.mounts(mounts->id, lines);
  TRY(reader.tasks(options.self, options.watched));
  return std::move(reader.world);
}

void begin_trace(Trace& trace, World world) {
  Event event;
  event.stamp.how = How::Read;
  event.body = Snapshot{std::make_shared<const World>(std::move(world))};
  trace.append(std::move(event));
}

TraceHeader real_header(const World& world, std::vector<std::string> commands) {
  TraceHeader header;
  header.side = SideKind::Real;
  header.virtual_clock = false;
  header.machine = world.machine;
  header.commands = std::move(commands);
  return header;
}

}  // namespace cutaway::real
