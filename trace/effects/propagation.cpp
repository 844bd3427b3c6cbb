#include "trace/effects/propagation.h"

#include <algorithm>

namespace cutaway {

std::vector<Receiver> receivers_of(const World& world, const Mount& origin) {
  std::vector<Receiver> all;
  if (origin.peer_group == 0) return all;
  std::vector<std::uint32_t> groups{origin.peer_group};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::uint32_t group = groups[g];
    world.mounts.each([&](const Mount& mount) {
      if (mount.id == origin.id) return;
      if (g == 0 && mount.peer_group == group) all.push_back(Receiver{mount.id, true, group});
      if (mount.master_group != group) return;
      const bool known = std::any_of(all.begin(), all.end(),
                                     [&mount](const Receiver& r) { return r.mount == mount.id; });
      if (!known) all.push_back(Receiver{mount.id, false, group});
      // A slave that is itself shared passes it on to its own peers and slaves.
      if (mount.peer_group != 0 &&
          std::find(groups.begin(), groups.end(), mount.peer_group) == groups.end())
        groups.push_back(mount.peer_group);
    });
    if (g == 0) continue;
    world.mounts.each([&](const Mount& mount) {
      if (mount.peer_group != group || mount.id == origin.id) return;
      const bool known = std::any_of(all.begin(), all.end(),
                                     [&mount](const Receiver& r) { return r.mount == mount.id; });
      if (!known) all.push_back(Receiver{mount.id, false, mount.master_group});
    });
  }
  return all;
}

}  // namespace cutaway
