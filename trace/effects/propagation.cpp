#include "trace/effects/propagation.h"

#include <algorithm>

#include "trace/world/mount_tree.h"

namespace cutaway {

namespace {

/// The walk over peer groups: those that are found while it goes on are looked at in turn.
struct Spread {
  const World& world;
  const Mount& origin;
  std::vector<Receiver> all;
  std::vector<std::uint32_t> groups;

  void add(const Mount& mount, std::uint32_t master) {
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&mount](const Receiver& r) { return r.mount == mount.id; });
    if (!known) all.push_back(Receiver{mount.id, false, master});
  }

  /// Who receives because it is a slave of the group; of the origin's own group also its peers.
  void slaves_of(std::uint32_t group, bool origins) {
    std::vector<MountId> ids = group_slaves(world, group);
    if (origins) {
      const std::vector<MountId> peers = group_peers(world, group);
      ids.insert(ids.end(), peers.begin(), peers.end());
      std::sort(ids.begin(), ids.end());
    }
    for (const MountId id : ids) {
      const Mount& mount = world.mounts.at(id);
      if (id == origin.id) continue;
      if (origins && mount.peer_group == group) all.push_back(Receiver{id, true, group});
      if (mount.master_group != group) continue;
      add(mount, group);
      // A slave that is itself shared passes it on to its own peers and slaves.
      const bool seen = std::find(groups.begin(), groups.end(), mount.peer_group) != groups.end();
      if (mount.peer_group != 0 && !seen) groups.push_back(mount.peer_group);
    }
  }

  void peers_of(std::uint32_t group) {
    for (const MountId id : group_peers(world, group)) {
      if (id != origin.id) add(world.mounts.at(id), world.mounts.at(id).master_group);
    }
  }
};

}  // namespace

std::vector<Receiver> receivers_of(const World& world, const Mount& origin) {
  if (origin.peer_group == 0) return {};
  Spread spread{world, origin, {}, {origin.peer_group}};
  for (std::size_t g = 0; g < spread.groups.size(); ++g) {
    const std::uint32_t group = spread.groups[g];
    spread.slaves_of(group, g == 0);
    if (g > 0) spread.peers_of(group);
  }
  return std::move(spread.all);
}

std::vector<MountId> twins_of(const World& world, const Mount& mount) {
  std::vector<MountId> twins;
  const Mount* parent = world.mounts.find(mount.parent);
  if (parent == nullptr) return twins;
  for (const Receiver& receiver : receivers_of(world, *parent)) {
    if (const MountId twin = mount_at(world, Location{receiver.mount, mount.at}))
      twins.push_back(twin);
  }
  return twins;
}

}  // namespace cutaway
