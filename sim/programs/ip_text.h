// What busybox's ip prints of interfaces, addresses and routes.
#pragma once

#include <string>
#include <vector>

namespace cutaway::sim {

using Words = std::vector<std::string>;

/// What stands before the object: -4, -o and their like.
struct ShowHow {
  bool one_line = false, only_ipv4 = false;
};

/// An interface, as the kernel's dump tells of it.
struct LinkRow {
  std::string index, name, type, master, peer, mac;
  bool up = false;
};
struct AddressRow {
  std::string index, name, address;
};
/// What was read of a network namespace.
struct NetTables {
  std::vector<LinkRow> links;
  std::vector<AddressRow> addresses;
  std::vector<Words> routes;
};

/// `words`: the object, its verb, and the interface's name if one was asked for.
std::string show_links(const NetTables& tables, const Words& words, ShowHow how);
std::string show_addresses(const NetTables& tables, const Words& words, ShowHow how);
/// A row of the dump: destination, gateway, interface, source.
std::string route_line(const Words& row);

}  // namespace cutaway::sim
