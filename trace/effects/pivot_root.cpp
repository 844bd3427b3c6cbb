// pivot_root(2): the new root takes the place of the old one, which hangs at put_old afterwards.
// With
// "." and "." it is stacked on top of the new root, and umount2(".", MNT_DETACH) takes it away.
#include "trace/effects/families.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

/// Everybody whose root or cwd is the old root stands in the new one now (chroot_fs_refs in
/// fs/fs_struct.c).
void move_all(const Call& call, const Location& from, const Location& to) {
  struct Move {
    TaskId task;
    const char* what;
  };
  std::vector<Move> moves;
  std::vector<FsContextId> done;
  call.world().tasks.each([&](const Task& task) {
    const FsContext* fs = call.world().fs_contexts.find(task.fs);
    for (const FsContextId seen : done) {
      if (fs != nullptr && fs->id == seen) fs = nullptr;
    }
    if (fs == nullptr) return;
    done.push_back(fs->id);
    if (fs->root == from) moves.push_back(Move{task.id, "root"});
    if (fs->cwd == from) moves.push_back(Move{task.id, "cwd"});
  });
  for (const Move& move : moves) call.emit_for(move.task, TaskMoved{move.what, to.mount, to.path});
}

}  // namespace

void effect_pivot_root(const Call& call) {
  if (call.ret() < 0) return;
  const Walk new_root = call.find(0), put_old = call.find(1);
  const FsContext* fs = call.world().fs_contexts.find(call.task().fs);
  if (new_root.err != abi::Errno::kOk || put_old.err != abi::Errno::kOk || fs == nullptr) return;
  const Location old_root = fs->root;
  const Location put = cross_mounts(call.world(), put_old.where);
  const Mount* old = call.world().mounts.find(old_root.mount);
  const Mount* now = call.world().mounts.find(new_root.where.mount);
  if (old == nullptr || now == nullptr) return;
  const MountId old_id = old->id, now_id = now->id;
  const NsId ns = now->ns;
  call.emit(MountMoved{ns, now_id, old->parent, old->parent ? old->target : "/", old->at});
  const std::string target = path_in_ns(call.world(), put);
  call.emit(MountMoved{ns, old_id, put.mount, target, put.path});
  move_all(call, old_root, new_root.where);
}

}  // namespace cutaway
