// namespaces(7): clone, unshare(2), setns(2) make and join them.
#include <algorithm>
#include <utility>

#include "trace/effects/families.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

// As the kernel does: the user namespace first, as it owns the others; then as
// create_new_namespaces.
constexpr NsKind kOrder[] = {NsKind::User, NsKind::Mnt,    NsKind::Uts, NsKind::Ipc,
                             NsKind::Pid,  NsKind::Cgroup, NsKind::Net, NsKind::Time};

/// A new user namespace gives its creator all capabilities in it (user_namespaces(7),
/// set_cred_user_ns).
void give_all_capabilities(TaskId subject, EffectSink& sink) {
  Credentials now = sink.world().tasks.at(subject).credentials;
  now.permitted = now.effective = now.bounding = abi::kAllCapabilities;
  now.inheritable = now.ambient = 0;
  now.keep_capabilities = false;
  emit_body(sink, subject, TaskCredentialsSet{now});
}

NsId make_namespace(TaskId subject, NsKind kind, EffectSink& sink) {
  NsCreated created;
  created.type = kind;
  const NsId id = created.id = next_ns(sink.world());
  created.owner = sink.world().tasks.at(subject).in(NsKind::User);
  created.inode = next_ns_inode(sink.world());
  emit_body(sink, subject, NsCreated(created));
  return id;
}

void leave(TaskId subject, NsKind kind, EffectSink& sink) {
  const Namespace* old = sink.world().namespaces.find(sink.world().tasks.at(subject).in(kind));
  if (old != nullptr) emit_body(sink, subject, NsLeft{kind, old->id, old->owner});
}

void join_namespace(TaskId subject, const Namespace& ns, bool children_only, EffectSink& sink) {
  const NsId id = ns.id;
  const NsKind kind = ns.type;
  emit_body(sink, subject, NsJoined{kind, id, ns.owner, children_only});
  if (kind == NsKind::User) give_all_capabilities(subject, sink);
}

bool shared(const World& world, const Task& task, std::uint64_t flag) {
  if (flag == abi::clone::kFiles) {
    const FdTable* table = world.fd_tables.find(task.fds);
    return table != nullptr && table->users > 1;
  }
  if (flag == abi::clone::kFs) {
    const FsContext* fs = world.fs_contexts.find(task.fs);
    return fs != nullptr && fs->users > 1;
  }
  const SignalHandlers* handlers = world.sighands.find(task.sighand);
  return handlers != nullptr && handlers->users > 1;
}

/// unshare(2): a new mount or user namespace implies a root and cwd of one's own.
void unshare_tables(const Call& call, std::uint64_t flags) {
  if ((flags & (abi::clone::kNewNs | abi::clone::kNewUser)) != 0) flags |= abi::clone::kFs;
  std::uint64_t own = 0;
  for (const std::uint64_t flag : {abi::clone::kFiles, abi::clone::kFs, abi::clone::kSighand}) {
    if ((flags & flag) != 0 && shared(call.world(), call.task(), flag)) own |= flag;
  }
  if (own != 0) call.emit(TaskUnshared{own});
}

/// Joining a mount namespace puts root and cwd at its root (mntns_install in fs/namespace.c).
void stand_at_root_of(const Call& call, const Namespace& ns) {
  const Mount* mount = call.world().mounts.find(ns.root_mount);
  if (mount == nullptr) return;
  const Location root = cross_mounts(call.world(), Location{mount->id, mount->root});
  call.emit(TaskMoved{"cwd", root.mount, root.path});
  call.emit(TaskMoved{"root", root.mount, root.path});
}

void set_namespace(const Call& call, NsId id) {
  const Namespace* ns = call.world().namespaces.find(id);
  if (ns == nullptr) return;
  const bool pid = ns->type == NsKind::Pid;
  if (!pid) leave(call.self(), ns->type, call.sink());
  join_namespace(call.self(), *ns, pid, call.sink());
  if (const Namespace* joined = call.world().namespaces.find(id);
      joined != nullptr && joined->type == NsKind::Mnt)
    stand_at_root_of(call, *joined);
}

}  // namespace

std::vector<NsId> namespaces_of(const Task& task) {
  std::vector<NsId> all(task.ns.begin(), task.ns.end());
  all.push_back(task.pid_ns_for_children);
  all.push_back(task.time_ns_for_children);
  return all;
}

void make_namespaces(TaskId subject, std::uint64_t flags, bool children_only, EffectSink& sink) {
  for (const NsKind kind : kOrder) {
    if ((flags & ns_clone_flag(kind)) == 0) continue;
    const Task& task = sink.world().tasks.at(subject);
    const NsId old = task.in(kind);
    const Namespace* old_ns = sink.world().namespaces.find(old);
    const bool less_privileged = old_ns != nullptr && old_ns->owner != task.in(NsKind::User);
    const bool later = children_only && (kind == NsKind::Pid || kind == NsKind::Time);
    if (children_only && !later) leave(subject, kind, sink);
    const NsId made = make_namespace(subject, kind, sink);
    const Namespace* ns = sink.world().namespaces.find(made);
    if (ns == nullptr) continue;
    if (kind == NsKind::Mnt) copy_mount_namespace(subject, old, made, less_privileged, sink);
    ns = sink.world().namespaces.find(made);
    join_namespace(subject, *ns, later, sink);
  }
}

void effect_unshare(const Call& call) {
  if (call.ret() < 0) return;
  const std::vector<NsId> held = namespaces_of(call.task());
  unshare_tables(call, call.bits(0));
  make_namespaces(call.self(), call.bits(0), true, call.sink());
  end_unused_namespaces(call.self(), held, call.sink());
}

void effect_setns(const Call& call) {
  const OpenFile* file = call.file(call.number(0));
  if (call.ret() < 0 || file == nullptr) return;
  const std::vector<NsId> held = namespaces_of(call.task());
  if (file->ns) {
    set_namespace(call, file->ns);
  } else if (const Task* target =
                 call.world().tasks.find(file->task)) {  // a pidfd: the kinds in nstype
    const std::vector<NsId> theirs(target->ns.begin(), target->ns.end());
    for (const NsKind kind : kOrder) {
      if ((call.bits(1) & ns_clone_flag(kind)) != 0)
        set_namespace(call, theirs[static_cast<std::size_t>(kind)]);
    }
  }
  end_unused_namespaces(call.self(), held, call.sink());
}

void effect_sethostname(const Call& call) {
  if (call.ret() < 0) return;
  call.emit(NsHostnameSet{call.task().in(NsKind::Uts), call.text(0), {}});
}

void effect_setdomainname(const Call& call) {
  const Namespace* uts = call.world().namespaces.find(call.task().in(NsKind::Uts));
  if (call.ret() < 0 || uts == nullptr) return;
  call.emit(NsHostnameSet{uts->id, uts->hostname, call.text(0)});
}

}  // namespace cutaway
