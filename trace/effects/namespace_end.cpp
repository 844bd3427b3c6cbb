// The end of namespaces: each lives while a task, a descriptor, a mount or another namespace needs
// it (namespaces(7), "Namespace lifetime").
#include <algorithm>

#include "trace/effects/families.h"
#include "trace/effects/links.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

/// What this one kept alive: its owner, and the one it is nested in.
void add_dependents(const Namespace& ns, std::vector<NsId>& candidates) {
  if (ns.owner) candidates.push_back(ns.owner);
  if (ns.parent) candidates.push_back(ns.parent);
}

/// Mounts go with their namespace without any umount call; file systems only they show go with
/// them.
void detach_all(TaskId subject, NsId ns, std::vector<NsId>& candidates, EffectSink& sink) {
  const std::vector<MountId> mounts = mounts_of_ns(sink.world(), ns);
  for (const MountId id : mounts) {
    const Mount* mount = sink.world().mounts.find(id);
    const Filesystem* fs = mount == nullptr ? nullptr : sink.world().filesystems.find(mount->fs);
    if (fs != nullptr && fs->ns) candidates.push_back(fs->ns);
  }
  detach_mounts(subject, mounts, sink);
}

/// Takes out those that a task is in: with one look at the tasks for all.
void leave_out_inhabited(const World& world, std::vector<NsId>& candidates) {
  world.tasks.first([&candidates](const Task& task) {
    const auto is_in = [&task](NsId ns) {
      return std::find(task.ns.begin(), task.ns.end(), ns) != task.ns.end() ||
             task.pid_ns_for_children == ns || task.time_ns_for_children == ns;
    };
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_in), candidates.end());
    return candidates.empty();
  });
}

}  // namespace

void end_unused_namespaces(TaskId subject, std::vector<NsId> candidates, EffectSink& sink) {
  leave_out_inhabited(sink.world(), candidates);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Namespace* found = sink.world().namespaces.find(candidates[i]);
    if (found == nullptr || namespace_in_use(sink.world(), found->id)) continue;
    const Namespace ns = *found;
    if (ns.type == NsKind::Mnt) detach_all(subject, ns.id, candidates, sink);
    if (ns.type == NsKind::Net) remove_far_ends(subject, ns.id, sink);
    emit_body(sink, subject, NsDestroyed{ns.type, ns.id, ns.owner});
    add_dependents(ns, candidates);
  }
}

}  // namespace cutaway
