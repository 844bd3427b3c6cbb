// The eight kinds of namespaces(7).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"

namespace cutaway {

enum class NsKind : std::uint8_t { Mnt, Pid, Net, Uts, Ipc, User, Cgroup, Time };
inline constexpr int kNsKinds = 8;

/// One line of uid_map or gid_map. `outside` is the kernel's own id (that of the initial
/// namespace).
struct IdMapping {
  std::uint32_t inside = 0, outside = 0, count = 0;
  FIELDS(inside, outside, count)
};

/// A network interface. Addresses as "172.17.0.2/16".
struct Interface {
  std::int32_t index = 0;
  std::string name, type;  ///< "loopback", "veth", "bridge", "ether"
  bool up = false;
  std::vector<std::string> addresses;
  FIELDS(index, name, type, up, addresses)
};

/// One namespace. Which of the members mean something depends on `type`.
struct Namespace {
  NsId id;
  NsKind type = NsKind::Mnt;
  NsId owner;                        ///< the user namespace that owns it
  NsId parent;                       ///< pid and user: the enclosing one; none for the initial
  std::uint32_t inode = 0;           ///< the number that /proc/PID/ns shows
  std::string hostname, domainname;  ///< uts
  MountId root_mount;                ///< mnt
  std::int32_t level = 0;            ///< pid, user: depth
  std::int32_t last_pid = 0;         ///< pid: the last number given
  TaskId init;                       ///< pid: its pid 1
  bool dead = false;                 ///< pid: its pid 1 has ended; fork answers ENOMEM
  std::vector<IdMapping> uid_map, gid_map;  ///< user
  bool setgroups_denied = false;            ///< user
  CgroupId cgroup_root;                     ///< cgroup (of the first hierarchy)
  std::vector<CgroupId> cgroup_roots;       ///< cgroup: of each hierarchy
  std::vector<Interface> links;             ///< net
  std::map<std::string, std::string>
      sysctls;  ///< what was written under /proc/sys for it ("net.ipv4.ip_forward")
  FIELDS(id, type, owner, parent, inode, hostname, domainname, root_mount, level, last_pid, init,
         dead, uid_map, gid_map, setgroups_denied, cgroup_root, cgroup_roots, links, sysctls)
};

}  // namespace cutaway
