// unshare(2), setns(2), sethostname(2), setdomainname(2), uname(2).
#include <algorithm>

#include "base/bits.h"
#include "base/text.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/namespace_rules.h"
#include "sim/kernel/rights.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/outside.h"
#include "trace/world/task_tree.h"
#include "trace/world/walk.h"

namespace cutaway::sim {
namespace {

using namespace abi::clone;

constexpr std::uint64_t kNamespaceFlags =
    kNewNs | kNewCgroup | kNewUts | kNewIpc | kNewPid | kNewNet | kNewTime;
constexpr std::uint64_t kUnshareFlags = kNamespaceFlags | kNewUser | kFs | kFiles | kSighand | kVm |
                                        kThread | 0x40000 /* CLONE_SYSVSEM */;

const Namespace* namespace_of(const Ask& ask, NsKind kind) {
  return ask.world.namespaces.find(ask.task.in(kind));
}

/// A process whose own ids mean nothing in its user namespace cannot make another.
bool ids_mapped(const Ask& ask) {
  const NsId user = ask.task.in(NsKind::User);
  return from_kernel_id(ask.world, user, IdKind::User, ask.task.credentials.euid) &&
         from_kernel_id(ask.world, user, IdKind::Group, ask.task.credentials.egid);
}

/// Is its root another than that of its mount namespace (current_chrooted in fs/namespace.c)?
bool is_chrooted(const Ask& ask) {
  const Namespace* mounts = namespace_of(ask, NsKind::Mnt);
  const FsContext* fs = ask.world.fs_contexts.find(ask.task.fs);
  const Mount* root = mounts == nullptr ? nullptr : ask.world.mounts.find(mounts->root_mount);
  if (root == nullptr || fs == nullptr) return false;
  return fs->root != cross_mounts(ask.world, Location{root->id, root->root});
}

}  // namespace

abi::Errno may_make_namespaces(const Ask& ask, std::uint64_t flags) {
  const bool new_user = has_any(flags, kNewUser);
  if (new_user && (!ids_mapped(ask) || is_chrooted(ask))) return abi::Errno::kEPERM;
  if (new_user && namespace_of(ask, NsKind::User)->level + 1 >= kMaxUserLevel)
    return abi::Errno::kENOSPC;
  // With CLONE_NEWUSER the child has all capabilities in the new namespace, which will own the
  // others.
  if (has_any(flags, kNamespaceFlags) && !new_user &&
      !capable(ask.world, ask.task, cap::kSysAdmin)) {
    return abi::Errno::kEPERM;
  }
  // Once children go to another pid namespace, there is no second choice (copy_pid_ns).
  if (has_any(flags, kNewPid) && ask.task.pid_ns_for_children != ask.task.in(NsKind::Pid))
    return abi::Errno::kEINVAL;
  const Namespace* children = ask.world.namespaces.find(ask.task.pid_ns_for_children);
  if (has_any(flags, kNewPid) && children != nullptr && children->level + 1 > kMaxPidLevel) {
    return abi::Errno::kENOSPC;
  }
  return abi::Errno::kOk;
}

bool shares_process(const World& world, const Task& task) {
  // A leader that has ended is in its group as long as there are others (thread_group_empty).
  const std::vector<TaskId> threads = threads_of(world, task.leader);
  return std::any_of(threads.begin(), threads.end(), [&](TaskId id) {
    return id != task.id && (id == task.leader || !world.tasks.at(id).zombie());
  });
}

Decision decide_unshare(const Ask& ask) {
  const std::uint64_t flags = ask.bits(0);
  if ((flags & ~kUnshareFlags) != 0) return refuse(abi::Errno::kEINVAL);
  const bool threads = shares_process(ask.world, ask.task);
  if (has_any(flags, kNewUser | kThread | kSighand | kVm) && threads)
    return refuse(abi::Errno::kEINVAL);
  const abi::Errno err = may_make_namespaces(ask, flags);
  return err == abi::Errno::kOk ? answer(0) : refuse(err);
}

Decision decide_setns(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const Namespace* target = ask.world.namespaces.find(file->ns);
  if (file->kind != FileKind::Namespace || target == nullptr) return refuse(abi::Errno::kEINVAL);
  const std::uint64_t kind = ask.bits(1);
  if (kind != 0 && kind != ns_clone_flag(target->type)) return refuse(abi::Errno::kEINVAL);
  if (target->type == NsKind::User) {
    if (target->id == ask.task.in(NsKind::User)) return refuse(abi::Errno::kEINVAL);
    if (shares_process(ask.world, ask.task)) return refuse(abi::Errno::kEINVAL);
    const bool allowed = capable_in(ask.world, ask.task, target->id, cap::kSysAdmin);
    return allowed ? answer(0) : refuse(abi::Errno::kEPERM);
  }
  // CAP_SYS_ADMIN over the namespace and in one's own; mnt also CAP_SYS_CHROOT (setns(2)).
  const bool over = capable_in(ask.world, ask.task, target->owner, cap::kSysAdmin);
  const bool own = capable(ask.world, ask.task, cap::kSysAdmin);
  const bool chroot = target->type != NsKind::Mnt || capable(ask.world, ask.task, cap::kSysChroot);
  if (!over || !own || !chroot) return refuse(abi::Errno::kEPERM);
  if (target->type == NsKind::Pid &&
      !descends_from(ask.world, target->id, ask.task.in(NsKind::Pid))) {
    return refuse(abi::Errno::kEINVAL);  // only down the tree
  }
  if (target->type == NsKind::Mnt) {
    const FsContext* fs = ask.world.fs_contexts.find(ask.task.fs);
    if (fs != nullptr && fs->users > 1) return refuse(abi::Errno::kEINVAL);
  }
  return answer(0);
}

Decision decide_sethostname(const Ask& ask) {
  if (!capable_over(ask.world, ask.task, ask.task.in(NsKind::Uts), cap::kSysAdmin)) {
    return refuse(abi::Errno::kEPERM);
  }
  const std::int64_t length = ask.integer(1);
  if (length < 0 || length > static_cast<std::int64_t>(kHostNameMax))
    return refuse(abi::Errno::kEINVAL);
  return answer(0);
}
Decision decide_setdomainname(const Ask& ask) { return decide_sethostname(ask); }

namespace {

/// sysname, release, version and machine of the kernel that the task runs on: beside a VM another.
std::vector<std::string> kernel_names(const World& world, const Task& task) {
  const Machine& machine = world.machine;
  if (!is_outside(world, task))
    return {"Linux", machine.kernel, "#1 SMP PREEMPT_DYNAMIC", machine.arch};
  const std::string arch = machine.arch == "aarch64" ? "arm64" : machine.arch;
  if (machine.os == HostOs::Mac) return {"Darwin", "24.5.0", "Darwin Kernel Version 24.5.0", arch};
  return {"MINGW64_NT-10.0-22631", "3.5.4", "2024-09-04 19:28 UTC", machine.arch};
}

}  // namespace

/// One kernel for all (uname(2)): only nodename and domainname are the namespace's.
Decision decide_uname(const Ask& ask) {
  const Namespace* uts = namespace_of(ask, NsKind::Uts);
  const std::vector<std::string> names = kernel_names(ask.world, ask.task);
  const std::string node = uts == nullptr ? "" : uts->hostname;
  Decision decision = answer(0);
  decision.reply.data = node;
  decision.reply.texts = {names[0], node, names[1], names[2], names[3]};
  Arg out;
  out.tag = ArgTag::Struct;
  out.keys = {"sysname", "nodename", "release"};
  out.items = {Arg::bytes(names[0]), Arg::bytes(node), Arg::bytes(names[1])};
  decision.filled.emplace_back(0, std::move(out));
  return decision;
}

}  // namespace cutaway::sim
