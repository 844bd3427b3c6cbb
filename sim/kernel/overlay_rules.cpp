#include "sim/kernel/overlay_rules.h"

#include <algorithm>

#include "trace/world/mount_tree.h"
#include "trace/world/overlay.h"

namespace cutaway::sim {
namespace {

/// Extended attributes of its own: not in a user namespace, unless it is told to take user.overlay.
bool can_mark(const Ask& ask, const Location& where) {
  const Mount* mount = ask.world.mounts.find(where.mount);
  const Namespace* mounts = mount == nullptr ? nullptr : ask.world.namespaces.find(mount->ns);
  const Namespace* user = mounts == nullptr ? nullptr : ask.world.namespaces.find(mounts->owner);
  const Filesystem* fs = overlay_of(ask.world, where);
  const bool asked = fs != nullptr && fs->options.find("userxattr") != std::string::npos;
  return asked || user == nullptr || !user->parent;
}

const Inode* upper_at(const World& world, const Filesystem& fs, const std::string& path) {
  if (!fs.upper.fs) return nullptr;
  return inode_at(world, fs.upper.fs, (fs.upper.path == "/" ? "" : fs.upper.path) + path);
}

/// Do the layers below have a folder there that the upper one does not hide?
bool merges_below(const World& world, const Filesystem& fs, const std::string& path) {
  const std::vector<LayerPlace> layers = overlay_merged(world, fs, path);
  return std::any_of(layers.begin(), layers.end(),
                     [](const LayerPlace& layer) { return !layer.upper; });
}

bool lower_has(const World& world, const Filesystem& fs, const std::string& path) {
  Filesystem below = fs;
  below.upper = Place{};
  return overlay_find(world, below, path).has_value();
}

}  // namespace

const Filesystem* overlay_of(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  return fs != nullptr && fs->is("overlay") ? fs : nullptr;
}

abi::Errno overlay_may_make(const Ask& ask, const Location& parent, const std::string& name,
                            bool folder) {
  const Filesystem* fs = overlay_of(ask.world, parent);
  if (fs == nullptr || !folder || can_mark(ask, parent)) return abi::Errno::kOk;
  const Inode* there = upper_at(ask.world, *fs, join_path(parent.path, name));
  return there != nullptr && is_whiteout(*there) ? abi::Errno::kEIO : abi::Errno::kOk;
}

abi::Errno overlay_may_clear(const Ask& ask, const Location& folder) {
  const Filesystem* fs = overlay_of(ask.world, folder);
  if (fs == nullptr || can_mark(ask, folder)) return abi::Errno::kOk;
  const Inode* upper = upper_at(ask.world, *fs, folder.path);
  if (upper == nullptr || !lower_has(ask.world, *fs, folder.path)) return abi::Errno::kOk;
  return upper->entries.empty() ? abi::Errno::kOk : abi::Errno::kEIO;
}

bool overlay_is_below(const Ask& ask, const Walk& from) {
  const Filesystem* fs = overlay_of(ask.world, from.parent);
  return fs != nullptr && from.entry.directory() && merges_below(ask.world, *fs, from.where.path);
}

abi::Errno overlay_may_rename(const Ask& ask, const Walk& from, const Walk& to) {
  const Filesystem* fs = overlay_of(ask.world, from.parent);
  if (fs == nullptr || !from.entry.directory()) return abi::Errno::kOk;
  const std::string target = join_path(to.parent.path, to.name);
  if (can_mark(ask, from.parent)) return abi::Errno::kOk;
  const bool covers =
      lower_has(ask.world, *fs, target) || merges_below(ask.world, *fs, to.parent.path);
  return covers ? abi::Errno::kEXDEV : abi::Errno::kOk;
}

}  // namespace cutaway::sim
