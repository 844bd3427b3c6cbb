// pivot_root(2), chroot(2), chdir(2), fchdir(2), getcwd(2): where a task's paths begin.
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/mount_rules.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

bool shared(const World& world, MountId id) {
  const Mount* mount = world.mounts.find(id);
  return mount != nullptr && mount->peer_group != 0;
}

/// Is `where` the folder `top` or below it, climbing from mount to mount (is_path_reachable)?
bool reachable(const World& world, Location where, const Location& top) {
  while (where.mount != top.mount) {
    const Mount* mount = world.mounts.find(where.mount);
    if (mount == nullptr || !mount->parent) return false;
    where = Location{mount->parent, mount->at};
  }
  return is_below(where.path, top.path);
}

Walk folder(const Ask& ask, std::string_view path) {
  Walk walk = resolve(ask, path);
  if (walk.err == abi::Errno::kOk && !walk.entry.directory()) walk.err = abi::Errno::kENOTDIR;
  return walk;
}

/// May the task make this folder its root or cwd?
Decision enter(const Ask& ask, const FileEntry& entry) {
  return permitted(ask.world, ask.task, entry, kMayExecute) ? answer(0)
                                                            : refuse(abi::Errno::kEACCES);
}

}  // namespace

/// In the order of path_pivot_root (fs/namespace.c); pivot_root(2), ERRORS.
Decision decide_pivot_root(const Ask& ask) {
  const World& world = ask.world;
  if (!capable_over(world, ask.task, ask.task.in(NsKind::Mnt), cap::kSysAdmin)) {
    return refuse(abi::Errno::kEPERM);
  }
  const Walk new_root = folder(ask, ask.text(0));
  if (new_root.err != abi::Errno::kOk) return refuse(new_root.err);
  const Walk put_old = folder(ask, ask.text(1));
  if (put_old.err != abi::Errno::kOk) return refuse(put_old.err);
  // Also of "." what is mounted on it since (lock_mount).
  const Location old = cross_mounts(world, put_old.where);
  if (is_removed(world, old)) return refuse(abi::Errno::kENOENT);
  const Location root = world.fs_contexts.at(ask.task.fs).root;
  const Mount* root_mount = own_ns(ask, root);
  const Mount* new_mount = own_ns(ask, new_root.where);
  if (root_mount == nullptr || new_mount == nullptr) return refuse(abi::Errno::kEINVAL);
  // A shared mount would carry the change into other namespaces.
  if (shared(world, old.mount) || shared(world, new_mount->parent) ||
      shared(world, root_mount->parent) || new_mount->locked) {
    return refuse(abi::Errno::kEINVAL);
  }
  if (is_removed(world, new_root.where)) return refuse(abi::Errno::kENOENT);
  if (new_mount == root_mount || old.mount == root_mount->id) return refuse(abi::Errno::kEBUSY);
  if (own_mount(ask, root) == nullptr || own_mount(ask, new_root.where) == nullptr) {
    return refuse(abi::Errno::kEINVAL);
  }
  if (!new_mount->parent || !reachable(world, old, new_root.where) ||
      !reachable(world, new_root.where, root)) {
    return refuse(abi::Errno::kEINVAL);
  }
  return answer(0);
}

Decision decide_chroot(const Ask& ask) {
  const Walk walk = folder(ask, ask.text(0));
  if (walk.err != abi::Errno::kOk) return refuse(walk.err);
  const Decision decision = enter(ask, walk.entry);
  if (decision.err != abi::Errno::kOk) return decision;
  return capable(ask.world, ask.task, cap::kSysChroot) ? answer(0) : refuse(abi::Errno::kEPERM);
}

Decision decide_chdir(const Ask& ask) {
  const Walk walk = folder(ask, ask.text(0));
  return walk.err == abi::Errno::kOk ? enter(ask, walk.entry) : refuse(walk.err);
}

Decision decide_fchdir(const Ask& ask) {
  const OpenFile* file = file_of(ask.world, ask.task, ask.integer(0));
  if (file == nullptr) return refuse(abi::Errno::kEBADF);
  const auto folder = opened_folder(ask, *file, place_of(ask.world, *file));
  if (!folder) return refuse(abi::Errno::kENOTDIR);
  return enter(ask, *folder);
}

/// The length counts the closing NUL (getcwd(2), "C library/kernel differences").
Decision decide_getcwd(const Ask& ask) {
  const FsContext* fs = ask.world.fs_contexts.find(ask.task.fs);
  if (fs == nullptr) return refuse(abi::Errno::kENOENT);
  const std::optional<FileEntry> here = entry_at(ask.world, ask.task, fs->cwd);
  if (!here || here->links == 0) return refuse(abi::Errno::kENOENT);  // it was removed
  const std::string path = path_seen_by(ask.world, ask.task, fs->cwd);
  const auto length = static_cast<std::int64_t>(path.size()) + 1;
  if (ask.integer(1) < length) return refuse(abi::Errno::kERANGE);
  Decision decision = answer(length);
  decision.reply.data = path;
  decision.filled.emplace_back(0, captured(path));
  return decision;
}

}  // namespace cutaway::sim
