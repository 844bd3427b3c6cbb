// Where a change lands. On an overlay it never touches the lower layers: the file and the folders
// above it are copied to the upper layer first (overlayfs.rst), whole, also for a mere change of
// mode.
#include "trace/effects/families.h"
#include "trace/world/new_id.h"
#include "trace/world/overlay.h"

namespace cutaway {
namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

InodeId copy_up(const Call& call, const Location& where, const Filesystem& overlay, InodeId lower) {
  const Folder folder = writable_folder(call, Location{where.mount, folder_of(where.path)});
  const Inode* original = call.world().inodes.find(lower);
  if (original == nullptr || !folder.inode) return InodeId{};
  Inode copy = *original;
  copy.id = next_inode(call.world());
  copy.fs = folder.fs;
  copy.entries.clear();
  copy.opaque = false;
  copy.charged_to = CgroupId{};
  const InodeId id = copy.id;
  const FilesystemId fs = overlay.id;
  call.emit(FileCreated{std::move(copy), folder.inode, where.path.substr(where.path.rfind('/') + 1),
                        false});
  call.emit(MountCopiedUp{fs, where.path});
  return id;
}

}  // namespace

InodeId writable_inode(const Call& call, const Location& where) {
  const Filesystem* fs = filesystem_of(call.world(), where);
  if (fs == nullptr) return InodeId{};
  const Mount& mount = call.world().mounts.at(where.mount);
  if (!fs->is("overlay") || mount.removed) {
    const Inode* inode = inode_at(call.world(), mount, where.path);
    return inode == nullptr ? InodeId{} : inode->id;
  }
  const std::optional<LayerPlace> found = overlay_find(call.world(), *fs, where.path);
  if (!found || !fs->upper.fs) return InodeId{};
  if (found->upper) return found->inode;
  // The root of the upper layer always stands for the overlay's root.
  if (where.path == "/") return InodeId{};
  return copy_up(call, where, *fs, found->inode);
}

Folder writable_folder(const Call& call, const Location& where) {
  const InodeId id = writable_inode(call, where);
  const Inode* inode = call.world().inodes.find(id);
  return inode == nullptr ? Folder{} : Folder{inode->fs, id};
}

InodeId create_name(const Call& call, const Location& folder, const std::string& name,
                    Inode inode) {
  const Folder into = writable_folder(call, folder);
  const Inode* parent = call.world().inodes.find(into.inode);
  if (parent == nullptr) return InodeId{};
  const Credentials& who = call.task().credentials;
  inode.id = next_inode(call.world());
  inode.fs = into.fs;
  inode.uid = who.fsuid;
  inode.gid = who.fsgid;
  // inode(7): in a set-group-ID folder files get the folder's group, and folders the bit as well.
  if ((parent->mode & abi::mode::kSetgid) != 0) {
    inode.gid = parent->gid;
    if ((inode.mode & abi::mode::kType) == abi::mode::kDirectory) inode.mode |= abi::mode::kSetgid;
  }
  // A new folder in place of a deleted one must not show what the layers below have.
  const auto before = parent->entries.find(name);
  const Inode* replaced =
      before == parent->entries.end() ? nullptr : call.world().inodes.find(before->second);
  const bool folder_made = (inode.mode & abi::mode::kType) == abi::mode::kDirectory;
  if (replaced != nullptr && is_whiteout(*replaced)) inode.opaque = folder_made;
  const InodeId id = inode.id;
  call.emit(FileCreated{std::move(inode), into.inode, name, false});
  return id;
}

}  // namespace cutaway
