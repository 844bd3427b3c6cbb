// What happens to namespaces.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/namespace.h"

namespace cutaway {

struct NsCreated {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;               ///< the user namespace that owns it
  std::uint32_t inode = 0;  ///< the number that /proc/PID/ns shows
  FIELDS(type, id, owner, inode)
};

/// The stamp's task is in it now.
struct NsJoined {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  bool children_only =
      false;  ///< pid, time: the task stays where it is, its children to come will be in it
  FIELDS(type, id, owner, children_only)
};
struct NsLeft {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  FIELDS(type, id, owner)
};
struct NsDestroyed {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  FIELDS(type, id, owner)
};
struct NsHostnameSet {
  NsId id;
  std::string hostname;
  std::string domainname;  ///< empty: as it was
  FIELDS(id, hostname, domainname)
};
struct NsMapped {
  NsId id;
  std::vector<IdMapping> uid_map, gid_map;  ///< the maps as they are now
  bool setgroups_denied = false;
  FIELDS(id, uid_map, gid_map, setgroups_denied)
};

}  // namespace cutaway
