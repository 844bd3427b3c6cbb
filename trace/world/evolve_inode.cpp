// Names and contents in file systems that keep files: inode(7), mkdir(2), unlink(2), rename(2).
#include <utility>

#include "trace/world/charges.h"
#include "trace/world/evolve_parts.h"
#include "trace/world/held_layers.h"
#include "trace/world/overlay.h"
#include "trace/world/references.h"

namespace cutaway {
namespace {

/// One name less: of a directory also its "." and the parent's "..".
void lose_name(World& world, InodeId parent, const std::string& name) {
  const Inode* folder = world.inodes.find(parent);
  if (folder == nullptr) return;
  const auto entry = folder->entries.find(name);
  if (entry == folder->entries.end()) return;
  const InodeId id = entry->second;
  Inode& changed = world.inodes.mutate(parent);
  changed.entries.erase(name);
  if (!world.inodes.contains(id)) return;
  Inode& inode = world.inodes.mutate(id);
  if (is_directory(inode)) {
    inode.links = 0;
    if (changed.links > 0) --changed.links;
  } else if (inode.links > 0) {
    --inode.links;
  }
  drop_inode_if_unused(world, id);
}

void gain_name(World& world, InodeId parent, const std::string& name, InodeId id, bool directory) {
  if (!world.inodes.contains(parent)) return;
  lose_name(world, parent, name);
  Inode& folder = world.inodes.mutate(parent);
  folder.entries[name] = id;
  if (directory) ++folder.links;
}

}  // namespace

void evolve_body(World& world, const Stamp&, const FileCreated& body) {
  note_id(world.counters.inode, body.inode.id);
  if (!body.inode.id) return;
  if (body.linked) {
    if (!world.inodes.contains(body.inode.id) || !world.inodes.contains(body.parent)) return;
    ++world.inodes.mutate(body.inode.id).links;
    gain_name(world, body.parent, body.name, body.inode.id, false);
    return;
  }
  if (world.inodes.contains(body.inode.id) || (body.parent && !world.inodes.contains(body.parent)))
    return;
  Inode inode = body.inode;
  const bool directory = is_directory(inode);
  inode.links = directory ? 2 : 1;
  world.inodes.put(body.inode.id, std::move(inode));
  if (body.parent) gain_name(world, body.parent, body.name, body.inode.id, directory);
}

void evolve_body(World& world, const Stamp& stamp, const FileFound& body) {
  const bool known = world.inodes.contains(body.inode.id);
  evolve_body(world, stamp, FileCreated{body.inode, body.parent, body.name, known});
}

void evolve_body(World& world, const Stamp&, const FileRemoved& body) {
  lose_name(world, body.parent, body.name);
}

void evolve_body(World& world, const Stamp&, const FileRenamed& body) {
  const Inode* from = world.inodes.find(body.parent);
  if (from == nullptr || !world.inodes.contains(body.to_parent)) return;
  const auto entry = from->entries.find(body.name);
  if (entry == from->entries.end()) return;
  const InodeId id = entry->second;
  const Inode* inode = world.inodes.find(id);
  const bool directory = inode != nullptr && is_directory(*inode);
  if (directory) hold_all_layers(world);
  Inode& old_folder = world.inodes.mutate(body.parent);
  old_folder.entries.erase(body.name);
  if (directory && old_folder.links > 0) --old_folder.links;
  gain_name(world, body.to_parent, body.to_name, id, directory);
  if (directory) follow_layers(world);
}

void evolve_body(World& world, const Stamp&, const FileAttributesSet& body) {
  if (!world.inodes.contains(body.inode)) return;
  Inode& inode = world.inodes.mutate(body.inode);
  inode.mode = (inode.mode & abi::mode::kType) | (body.mode & ~abi::mode::kType);
  inode.uid = body.uid;
  inode.gid = body.gid;
}

void evolve_body(World& world, const Stamp& stamp, const FileContentSet& body) {
  if (!world.inodes.contains(body.inode)) return;
  Inode& inode = world.inodes.mutate(body.inode);
  inode.content = body.content;
  inode.size = body.size;
  // Pages of a tmpfs belong to who wrote first (cgroup v2, "Memory Ownership").
  const Filesystem* fs = world.filesystems.find(inode.fs);
  const Task* writer = world.tasks.find(stamp.task);
  if (fs == nullptr || !fs->is("tmpfs") || writer == nullptr) return;
  if (body.size == 0)
    inode.charged_to = CgroupId{};
  else if (!inode.charged_to)
    inode.charged_to = memory_cgroup(world, *writer);
}

}  // namespace cutaway
