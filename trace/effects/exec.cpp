// execve(2): another program in the same task. Capabilities as capabilities(7), "Transformation of
// capabilities during execve()"; files have none of their own here.
#include <algorithm>

#include "trace/effects/families.h"
#include "trace/world/charges.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/task_tree.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::vector<std::string> texts(const Arg& list) {
  std::vector<std::string> all;
  for (const Arg& item : list.items) all.push_back(item.text);
  return all;
}

/// Set-user-ID and set-group-ID bits count unless the mount is nosuid, no_new_privs is on, or the
/// owner has no id in the caller's user namespace (bprm_fill_uid in fs/exec.c).
void take_ids_of_file(const World& world, const Task& task, const Walk& found, Credentials& now) {
  const Mount* mount = world.mounts.find(found.where.mount);
  if (now.no_new_privs || (mount != nullptr && (mount->flags & abi::ms::kNosuid) != 0)) return;
  const NsId user = task.in(NsKind::User);
  if (!from_kernel_id(world, user, IdKind::User, found.entry.uid) ||
      !from_kernel_id(world, user, IdKind::Group, found.entry.gid))
    return;
  constexpr std::uint32_t kGroupExecute = 010;
  if ((found.entry.mode & abi::mode::kSetuid) != 0) now.euid = found.entry.uid;
  if ((found.entry.mode & abi::mode::kSetgid) != 0 && (found.entry.mode & kGroupExecute) != 0)
    now.egid = found.entry.gid;
}

bool has_group(const Credentials& who, std::uint32_t gid) {
  return who.fsgid == gid ||
         std::find(who.groups.begin(), who.groups.end(), gid) != who.groups.end();
}

/// cap_bprm_creds_from_file in security/commoncap.c, with default securebits.
Credentials after_exec(const World& world, const Task& task, const Walk& found) {
  const Credentials& old = task.credentials;
  Credentials now = old;
  take_ids_of_file(world, task, found, now);
  const bool set_id = now.euid != old.euid || !has_group(old, now.egid);  // since Linux 6.16
  const std::optional<std::uint32_t> root =
      to_kernel_id(world, task.in(NsKind::User), IdKind::User, 0);
  std::uint64_t permitted = 0;
  bool effective = false;
  if (root && (now.uid == *root || now.euid == *root)) permitted = old.bounding | old.inheritable;
  if (root && now.euid == *root) effective = true;
  const bool gains = (permitted & ~old.permitted) != 0;
  if ((set_id || gains) && now.no_new_privs) {
    now.euid = now.uid;
    now.egid = now.gid;
    permitted &= old.permitted;
  }
  if (set_id) now.ambient = 0;
  now.permitted = permitted | now.ambient;
  now.effective = effective ? now.permitted : now.ambient;
  now.suid = now.fsuid = now.euid;
  now.sgid = now.fsgid = now.egid;
  now.keep_capabilities = false;
  return now;
}

bool same_credentials(const Credentials& a, const Credentials& b) {
  return a.euid == b.euid && a.egid == b.egid && a.suid == b.suid && a.sgid == b.sgid &&
         a.fsuid == b.fsuid && a.fsgid == b.fsgid && a.permitted == b.permitted &&
         a.effective == b.effective && a.ambient == b.ambient &&
         a.keep_capabilities == b.keep_capabilities;
}

/// de_thread: all other threads die; the caller becomes the leader.
void end_other_threads(const Call& call) {
  std::vector<TaskId> others;
  const TaskId leader = call.task().leader;
  for (const TaskId id : threads_of(call.world(), leader)) {
    if (id != call.self() && id != leader && !call.world().tasks.at(id).zombie())
      others.push_back(id);
  }
  for (const TaskId other : others) exit_thread(other, 0, abi::sig::kKill, call.sink());
  // The old leader is replaced by evolve: the process itself does not end.
  if (leader != call.self() && call.world().tasks.contains(leader))
    call.emit_for(leader, TaskExited{0, 0});
}

std::vector<MemoryCharge> charges_that_end(const Call& call) {
  const AddressSpace* space = call.world().address_spaces.find(call.task().memory);
  return space != nullptr && space->users == 1 ? charges_of(*space) : std::vector<MemoryCharge>{};
}

void charge_new_memory(const Call& call, const std::vector<MemoryCharge>& before) {
  const CgroupId pays = memory_cgroup(call.world(), call.task());
  std::int64_t pages = call.done().pages;
  for (const MemoryCharge& charge : before) {
    if (charge.cgroup == pays)
      pages -= charge.pages;
    else
      count_usage(call.self(), charge.cgroup, "memory", -charge.pages * kPageBytes, call.sink());
  }
  count_usage(call.self(), pays, "memory", pages * kPageBytes, call.sink());
}

void exec_effects(const Call& call, const Walk& found, std::size_t argv) {
  if (call.ret() < 0) return;
  end_other_threads(call);
  const Task& task = call.task();
  // Of a script what runs it is the program, and its bits count (execve(2), "Interpreter scripts").
  const std::string& interpreter = call.done().interpreter;
  const Walk file = interpreter.empty() ? found : walk(call.world(), task, interpreter);
  const Credentials credentials =
      file.err == abi::Errno::kOk ? after_exec(call.world(), task, file) : task.credentials;
  const bool changed = !same_credentials(credentials, task.credentials);
  TaskExeced execed;
  execed.path =
      file.where.mount ? path_seen_by(call.world(), task, file.where) : call.text(argv - 1);
  execed.argv = texts(call.arg(argv));
  execed.env = texts(call.arg(argv + 1));
  execed.comm = call.done().program.empty() ? base_name(execed.path) : call.done().program;
  if (execed.comm.size() > kCommMax) execed.comm.resize(kCommMax);
  execed.pages = call.done().pages;
  execed.mount = file.where.mount;
  execed.place = file.where.path;
  const std::vector<MemoryCharge> charges = charges_that_end(call);
  const bool takes_over = task.leader != task.id;
  if (changed) call.emit(TaskCredentialsSet{credentials});
  call.emit(std::move(execed));
  charge_new_memory(call, charges);
  const Cgroup* pids = takes_over ? cgroup_of(call.world(), call.task(), "pids") : nullptr;
  if (pids != nullptr) count_usage(call.self(), pids->id, "pids", -1, call.sink());
  // Who runs with other ids than its own must not be looked into (proc(5), suid_dumpable).
  if (credentials.euid != credentials.uid || credentials.egid != credentials.gid)
    call.emit(TaskDumpableSet{false});
}

}  // namespace

void effect_execve(const Call& call) { exec_effects(call, call.find(0), 1); }

void effect_execveat(const Call& call) {
  const LastLink last =
      (call.bits(4) & abi::at::kSymlinkNofollow) != 0 ? LastLink::NoFollow : LastLink::Follow;
  exec_effects(call, call.find_at_or_fd(0, 1, call.bits(4), last), 2);
}

}  // namespace cutaway
