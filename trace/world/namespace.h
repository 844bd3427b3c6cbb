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
  std::int32_t master = 0;  ///< the index of the bridge that it is a port of; 0: of none
  std::int32_t peer = 0;    ///< veth: the index of its other end …
  NsId peer_ns{};           ///< … and in which namespace that is
  std::string mac{};        ///< "02:42:ac:11:00:02"; empty: none
  FIELDS(index, name, type, up, addresses, master, peer, peer_ns, mac)
};

/// Where packets for a destination go (ip-route(8)); the most specific one wins.
struct Route {
  std::string destination;  ///< "172.17.0.0/16"; "0.0.0.0/0" is the default route
  std::string gateway;      ///< empty: the destination is a neighbour on the link
  std::string link;         ///< the interface's name
  std::string source;       ///< which address of ours packets get; empty: the link's first
  FIELDS(destination, gateway, link, source)
};

/// A rule of the packet filter, as far as container engines set some (nft(8), iptables(8)). What
/// is empty or 0 asks for nothing; a link that begins with "!" is any other one.
struct PacketRule {
  std::string chain;  ///< "DOCKER", "POSTROUTING", "FORWARD" …
  std::string protocol, source, destination;
  std::int64_t port = 0;  ///< of the destination
  std::string in, out;    ///< interfaces
  std::string action;     ///< "DNAT", "MASQUERADE", "DROP"
  std::string to;         ///< DNAT: "172.17.0.2:80"
  FIELDS(chain, protocol, source, destination, port, in, out, action, to)
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
  std::vector<Route> routes;                ///< net: beside those to its own addresses
  std::vector<PacketRule> rules;            ///< net
  std::int32_t last_link = 0;               ///< net: the last index that an interface got
  std::map<std::string, std::string>
      sysctls;  ///< what was written under /proc/sys for it ("net.ipv4.ip_forward")
  FIELDS(id, type, owner, parent, inode, hostname, domainname, root_mount, level, last_pid, init,
         dead, uid_map, gid_map, setgroups_denied, cgroup_root, cgroup_roots, links, routes, rules,
         last_link, sysctls)
};

}  // namespace cutaway
