// Places seen from somewhere: on top of a stack of mounts, and as a path from a task's root (d_path
// in fs/d_path.c).
#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "trace/world/walk.h"

namespace cutaway {

Location cross_mounts(const World& world, Location where) {
  while (const MountId top = mount_at(world, where))
    where = Location{top, world.mounts.at(top).root};
  return where;
}

std::string path_seen_by(const World& world, const Task& task, const Location& where) {
  const FsContext* fs = world.fs_contexts.find(task.fs);
  Location at = where;
  std::string path;
  while (const Mount* mount = world.mounts.find(at.mount)) {
    const bool in_root =
        fs != nullptr && at.mount == fs->root.mount && is_below(at.path, fs->root.path);
    if (in_root) {
      if (fs->root.path == "/")
        return at.path == "/" && !path.empty() ? path : at.path == "/" ? "/" : at.path + path;
      path = at.path.substr(fs->root.path.size()) + path;
      return path.empty() ? "/" : path;
    }
    const std::string local = path_in_mount(*mount, at.path);
    if (local != "/") path = local + path;
    if (!mount->parent) break;
    at = Location{mount->parent, mount->at};
  }
  return "(unreachable)" + (path.empty() ? "/" : path);
}

}  // namespace cutaway
