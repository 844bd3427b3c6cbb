#include "trace/world/standing.h"

#include <utility>

#include "trace/world/virtual_fs.h"

namespace cutaway {

Entry entry_of(const Inode& inode) {
  Entry entry;
  entry.mode = inode.mode;
  entry.uid = inode.uid;
  entry.gid = inode.gid;
  entry.links = inode.links;
  entry.size = inode.size;
  entry.major = inode.major;
  entry.minor = inode.minor;
  entry.target = inode.target;
  entry.inode = inode.id;
  entry.fs = inode.fs;
  entry.program = inode.program;
  return entry;
}

Permissions Thing::permissions() const {
  if (computed) return *computed;
  return inode == nullptr ? Permissions{} : Permissions{inode->mode, inode->uid, inode->gid};
}

Entry Thing::entry() const {
  if (computed) return *computed;
  return inode == nullptr ? Entry{} : entry_of(*inode);
}

Standing::Kind Standing::kind_of(const Filesystem* fs) {
  if (fs == nullptr) return Kind::None;
  if (fs->is("overlay")) return Kind::Overlay;
  return fs->is("nsfs") || is_virtual(*fs) ? Kind::Computed : Kind::Inodes;
}

std::unique_ptr<Entry> Standing::computed_at(const Location& where) const {
  std::optional<Entry> entry = entry_at(world_, viewer_, where);
  return entry ? std::make_unique<Entry>(std::move(*entry)) : nullptr;
}

void Standing::go(const Location& where) {
  where_ = where;
  here_ = Thing{};
  const Mount* mount = world_.mounts.find(where_.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world_.filesystems.find(mount->fs);
  kind_ = kind_of(fs);
  if (kind_ == Kind::Overlay && mount->removed) kind_ = Kind::Inodes;
  if (kind_ == Kind::Computed) here_.computed = computed_at(where_);
  if (kind_ == Kind::Inodes) here_.inode = inode_at(world_, *mount, where_.path);
  if (kind_ != Kind::Overlay) return;
  layers_ = overlay_folders(world_, *fs, where_.path);
  if (!layers_.empty()) here_.inode = layers_.front().inode;
}

void Standing::become(Entry thing) {
  if (!here_.exists()) kind_ = Kind::None;
  here_.computed = std::make_unique<Entry>(std::move(thing));
}

bool Standing::look(std::string_view name) {
  seen_where_ = where_;
  if (where_.path.empty() || where_.path.back() != '/') seen_where_.path += '/';
  seen_where_.path += name;
  seen_ = Thing{};
  if (kind_ == Kind::Computed) seen_.computed = computed_at(seen_where_);
  if (kind_ == Kind::Inodes && here_.inode != nullptr) {
    const auto found = here_.inode->entries.find(name);
    if (found != here_.inode->entries.end()) seen_.inode = world_.inodes.find(found->second);
  }
  if (kind_ == Kind::Overlay) {
    seen_layers_ = layers_;
    overlay_step(world_, seen_layers_, name);
    if (!seen_layers_.empty()) seen_.inode = seen_layers_.front().inode;
  }
  return seen_.exists();
}

void Standing::enter() {
  std::swap(where_, seen_where_);
  std::swap(here_, seen_);
  std::swap(layers_, seen_layers_);
}

}  // namespace cutaway
