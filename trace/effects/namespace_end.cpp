// The end of namespaces: each lives while a task, a descriptor, a mount or another namespace needs
// it (namespaces(7), "Namespace lifetime").
#include "trace/effects/families.h"
#include "trace/effects/links.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

/// What this one kept alive: its owner, and the one it is nested in.
void add_dependents(const Namespace& ns, std::vector<NsId>& dependents) {
  if (ns.owner) dependents.push_back(ns.owner);
  if (ns.parent) dependents.push_back(ns.parent);
}

/// Mounts go with their namespace without any umount call; file systems only they show go with
/// them.
void detach_all(TaskId subject, NsId ns, std::vector<NsId>& dependents, EffectSink& sink) {
  const std::vector<MountId> mounts = mounts_of_ns(sink.world(), ns);
  for (const MountId id : mounts) {
    const Mount* mount = sink.world().mounts.find(id);
    const Filesystem* fs = mount == nullptr ? nullptr : sink.world().filesystems.find(mount->fs);
    if (fs != nullptr && fs->ns) dependents.push_back(fs->ns);
  }
  detach_mounts(subject, mounts, sink);
}

/// Does anything (a task, an open file, a mount, a socket, a namespace below it) need it?
bool is_held(const World& world, NsId ns) {
  if (is_inhabited(world, ns)) return true;
  if (world.files.first([ns](const OpenFile& file) { return file.ns == ns; }) != nullptr)
    return true;
  if (world.filesystems.first([ns](const Filesystem& fs) { return fs.ns == ns; }) != nullptr)
    return true;
  if (world.sockets.first([ns](const Socket& socket) { return socket.ns == ns; }) != nullptr)
    return true;
  return world.namespaces.first([ns](const Namespace& other) {
    return other.id != ns && (other.parent == ns || other.owner == ns);
  }) != nullptr;
}

}  // namespace

void end_unused_namespaces(TaskId subject, std::vector<NsId> candidates, EffectSink& sink) {
  while (!candidates.empty()) {
    std::vector<NsId> dependents;
    for (const NsId id : candidates) {
      const Namespace* found = sink.world().namespaces.find(id);
      if (found == nullptr || is_held(sink.world(), id)) continue;
      const Namespace ns = *found;
      if (ns.type == NsKind::Mnt) detach_all(subject, ns.id, dependents, sink);
      if (ns.type == NsKind::Net) remove_far_ends(subject, ns.id, sink);
      emit_body(sink, subject, NsDestroyed{ns.type, ns.id, ns.owner});
      add_dependents(ns, dependents);
    }
    candidates = std::move(dependents);
  }
}

}  // namespace cutaway
