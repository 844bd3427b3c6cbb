// What the events of one call changed, so that the picture can make it strong.
#include "viz/scene/ship_from_world_parts.h"

namespace cutaway::viz {
namespace {

struct Toucher {
  Touched& t;
  const Stamp& stamp;

  void operator()(const MountAttached& b) const { t.mounts.push_back(b.ns); }
  void operator()(const MountMoved& b) const { t.mounts.push_back(b.ns); }
  void operator()(const MountRemounted& b) const { t.mounts.push_back(b.ns); }
  void operator()(const MountDetached& b) const { t.mounts.push_back(b.ns); }
  void operator()(const MountPropagationSet& b) const { t.mounts.push_back(b.ns); }
  void operator()(const MountRootMoved& b) const { t.mounts.push_back(b.ns); }
  void operator()(const NetLinkSet& b) const { t.nets.push_back(b.ns); }
  void operator()(const NetLinkRemoved& b) const { t.nets.push_back(b.ns); }
  void operator()(const NetAddressesSet& b) const { t.nets.push_back(b.ns); }
  void operator()(const NetRouteSet& b) const { t.nets.push_back(b.ns); }
  void operator()(const NetRuleSet& b) const { t.nets.push_back(b.ns); }
  void operator()(const NsHostnameSet& b) const { t.names.push_back(b.id); }
  void operator()(const NsMapped& b) const { t.users.push_back(b.id); }
  void operator()(const NsCreated& b) const { space(b.type, b.id); }
  void operator()(const NsJoined& b) const { space(b.type, b.id); }
  void operator()(const TaskForked& b) const { t.tasks.push_back(b.child); }
  void operator()(const TaskExeced&) const {
    t.tasks.push_back(stamp.task);
    t.memory = true;
  }
  void operator()(const TaskExited&) const { t.tasks.push_back(stamp.task); }
  void operator()(const TaskMemoryChanged&) const { t.memory = true; }
  void operator()(const CgroupLimited& b) const { t.cgroups.push_back(b.id); }
  void operator()(const CgroupAttributesSet& b) const { t.cgroups.push_back(b.id); }
  void operator()(const CgroupAttached& b) const { t.cgroups.push_back(b.id); }
  void operator()(const CgroupOom& b) const { t.cgroups.push_back(b.id); }
  void operator()(const LayerFetched& b) const { t.layers.push_back(b.digest); }
  void operator()(const LayerUnpacked& b) const { t.layers.push_back(b.digest); }
  void operator()(const LayerMounted& b) const { t.layers.push_back(b.digest); }
  void operator()(const FileCreated& b) const { t.folders.push_back(b.parent); }
  void operator()(const FileRemoved& b) const { t.folders.push_back(b.parent); }
  template <class Other>
  void operator()(const Other&) const {}

  void space(cutaway::NsKind kind, NsId id) const {
    if (kind == cutaway::NsKind::Mnt) t.mounts.push_back(id);
    if (kind == cutaway::NsKind::Net) t.nets.push_back(id);
    if (kind == cutaway::NsKind::Uts) t.names.push_back(id);
    if (kind == cutaway::NsKind::User) t.users.push_back(id);
  }
};

}  // namespace

Touched touched_by(const Happening& now) {
  Touched touched;
  for (const auto& [index, event] : now.effects) {
    std::visit(Toucher{touched, event.stamp}, event.body);
  }
  return touched;
}

}  // namespace cutaway::viz
