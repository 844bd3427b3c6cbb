// See ip_text.h.
#include "sim/programs/ip_text.h"

#include <algorithm>

#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

// A bridge has a carrier when one of its ports is up.
bool has_carrier(const NetTables& tables, const LinkRow& link) {
  if (!link.up || link.type != "bridge") return link.up;
  return std::any_of(tables.links.begin(), tables.links.end(),
                     [&](const LinkRow& port) { return port.master == link.name && port.up; });
}

std::string flags_text(const NetTables& tables, const LinkRow& link) {
  const bool lo = link.type == "loopback", carrier = has_carrier(tables, link);
  std::string flags;
  if (link.up && !carrier) flags = "NO-CARRIER,";
  flags += lo ? "LOOPBACK" : "BROADCAST,MULTICAST";
  if (link.up) flags += ",UP";
  if (carrier) flags += ",LOWER_UP";
  if (!link.peer.empty()) flags += ",M-DOWN";
  return "<" + flags + ">";
}

// The other end: by its name when it is in this namespace, else by its index there.
std::string peer_name(const NetTables& tables, const LinkRow& link) {
  for (const LinkRow& other : tables.links) {
    if (other.index == link.peer && other.peer == link.index) return other.name;
  }
  return "if" + link.peer;
}

std::string link_text(const NetTables& tables, const LinkRow& link, const std::string& newline) {
  const bool lo = link.type == "loopback";
  const std::string name =
      link.peer.empty() ? link.name : link.name + "@" + peer_name(tables, link);
  std::string line = link.index + ": " + name + ": " + flags_text(tables, link) + " mtu " +
                     (lo ? "65536" : "1500") + " qdisc " + (link.up ? "noqueue " : "noop ");
  if (!link.master.empty()) line += "master " + link.master + " ";
  if (lo || !link.up) line += "qlen 1000";
  const std::string zero = "00:00:00:00:00:00";
  line += newline + "    link/" + (lo ? "loopback " : "ether ") +
          (lo || link.mac.empty() ? zero : link.mac) + " brd " + (lo ? zero : "ff:ff:ff:ff:ff:ff");
  return line + "\n";
}

std::string broadcast(const std::string& address) {
  Subnet subnet;
  if (!parse_subnet(address, subnet) || subnet.bits >= 31) return {};
  return " brd " + address_text(subnet.base | ~subnet.mask());
}

std::string address_line(const AddressRow& address, const std::string& newline, bool lo) {
  return "inet " + address.address + (lo ? "" : broadcast(address.address)) + " scope " +
         (lo ? "host " : "global ") + address.name + newline +
         "       valid_lft forever preferred_lft forever\n";
}

bool wanted(const Words& words, const std::string& name) {
  const Words names(words.begin() + std::min<std::ptrdiff_t>(2, std::ptrdiff_t(words.size())),
                    words.end());
  return names.empty() || names.back() == name;
}

}  // namespace

std::string show_links(const NetTables& tables, const Words& words, ShowHow how) {
  std::string shown;
  for (const LinkRow& link : tables.links) {
    if (wanted(words, link.name)) shown += link_text(tables, link, how.one_line ? "\\" : "\n");
  }
  return shown;
}

std::string show_addresses(const NetTables& tables, const Words& words, ShowHow how) {
  std::string shown;
  for (const LinkRow& link : tables.links) {
    if (!wanted(words, link.name)) continue;
    const bool lo = link.type == "loopback";
    if (!how.one_line) shown += link_text(tables, link, "\n");
    if (how.one_line && !how.only_ipv4) shown += link_text(tables, link, "\\");
    for (const AddressRow& address : tables.addresses) {
      if (address.index != link.index) continue;
      shown += how.one_line ? link.index + ": " + link.name + "    " : std::string("    ");
      shown += address_line(address, how.one_line ? "\\" : "\n", lo);
    }
  }
  return shown;
}

std::string route_line(const Words& row) {
  std::string line = row[0] == "0.0.0.0/0" ? "default" : row[0];
  if (!row[1].empty()) line += " via " + row[1];
  line += " dev " + row[2] + " ";
  if (row[1].empty()) line += "scope link ";
  if (!row[3].empty()) line += " src " + row[3] + " ";
  return line + "\n";
}

}  // namespace cutaway::sim
