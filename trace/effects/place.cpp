// Where a task stands and to whom it belongs: chroot(2), chdir(2), umask(2), setsid(2), setpgid(2),
// ioctl(2), sched_setaffinity(2).
#include "trace/effects/families.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

void move_to(const Call& call, const char* what, const Location& where) {
  if (where.mount) call.emit(TaskMoved{what, where.mount, where.path});
}

/// SIOCSIFFLAGS with IFF_UP: the loopback device then has its address by itself (netdevice(7)).
void set_interface_flags(const Call& call) {
  constexpr std::int64_t kUp = 1;
  const std::string name = field_text(call.arg(2), "ifr_name");
  const Namespace* net = call.world().namespaces.find(call.task().in(NsKind::Net));
  if (net == nullptr) return;
  for (const Interface& each : net->links) {
    if (each.name != name) continue;
    Interface link = each;
    link.up = (field_number(call.arg(2), "ifr_flags") & kUp) != 0;
    if (link.type == "loopback" && link.up && link.addresses.empty())
      link.addresses.emplace_back("127.0.0.1/8");
    call.emit(NetLinkSet{net->id, link});
    return;
  }
}

}  // namespace

void effect_chroot(const Call& call) {
  if (call.ret() >= 0) move_to(call, "root", call.find(0).where);
}
void effect_chdir(const Call& call) {
  if (call.ret() >= 0) move_to(call, "cwd", call.find(0).where);
}
void effect_fchdir(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() >= 0 && file != nullptr) move_to(call, "cwd", place_of(call.world(), *file));
}

void effect_umask(const Call& call) {
  const FsContext* fs = call.world().fs_contexts.find(call.task().fs);
  const auto mask = static_cast<std::uint32_t>(call.bits(0) & 0777);
  if (fs != nullptr && fs->umask != mask) call.emit(TaskUmaskSet{mask});
}

// Of what was asked for, what the cpuset has (sched_setaffinity(2), NOTES). Where only an address
// was seen of the mask, nobody knows.
void effect_sched_setaffinity(const Call& call) {
  CpuSet asked;
  if (call.ret() < 0 || !parse_cpu_mask(call.arg(2), asked)) return;
  const NsId ns = call.task().in(NsKind::Pid);
  const auto pid = static_cast<std::int32_t>(call.number(0));
  const Task* task = pid == 0 ? &call.task() : task_by_pid_in(call.world(), ns, pid);
  if (task == nullptr || asked.empty()) return;
  const CpuSet kept = cpus_in_both(asked, cpuset_of(call.world(), *task));
  call.emit_for(task->id, TaskAffinitySet{cpu_list(kept)});
}

void effect_setsid(const Call& call) {
  if (call.ret() >= 0) call.emit(TaskSessionStarted{});
}

void effect_setpgid(const Call& call) {
  if (call.ret() < 0) return;
  const NsId ns = call.task().in(NsKind::Pid);
  const auto number = [](std::int64_t pid) { return static_cast<std::int32_t>(pid); };
  const std::int64_t pid = call.number(0), group = call.number(1);
  const Task* task = pid == 0 ? &call.task() : task_by_pid_in(call.world(), ns, number(pid));
  if (task == nullptr) return;
  const TaskId leader =
      group == 0 ? task->leader : leader_by_pid_in(call.world(), ns, number(group));
  if (leader) call.emit_for(task->id, TaskProcessGroupSet{leader});
}

namespace {

/// TIOCGPTPEER: the other end of a terminal, without a path (ioctl_tty(2)). An observer may have
/// seen the new descriptor already.
void open_peer(const Call& call, const OpenFile& master) {
  if (call.file(call.ret()) != nullptr) return;
  const Terminal* terminal = call.world().terminals.find(master.terminal);
  if (terminal == nullptr) return;
  OpenFile file;
  file.kind = FileKind::Terminal;
  file.terminal = terminal->id;
  file.flags = call.bits(2) & ~(abi::o::kNoctty | abi::o::kCloexec);
  file.is = terminal->name;
  open_file(call, static_cast<std::int32_t>(call.ret()), std::move(file),
            (call.bits(2) & abi::o::kCloexec) != 0);
}

}  // namespace

void effect_ioctl(const Call& call) {
  constexpr std::uint64_t kSetInterfaceFlags = 0x8914, kSetControllingTerminal = 0x540E,
                          kLeaveTerminal = 0x5422, kOpenPeer = 0x5441;
  if (call.ret() < 0) return;
  if (call.bits(1) == kSetInterfaceFlags) set_interface_flags(call);
  const OpenFile* file = call.file(call.number(0));
  if (call.bits(1) == kSetControllingTerminal && file != nullptr)
    call.emit(TaskTerminalSet{file->terminal});
  if (call.bits(1) == kLeaveTerminal) call.emit(TaskTerminalSet{TerminalId{}});
  if (call.bits(1) == kOpenPeer && file != nullptr) open_peer(call, *file);
}

}  // namespace cutaway
