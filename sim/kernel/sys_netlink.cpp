// rtnetlink(7): requests to the kernel's tables of interfaces, addresses, routes and rules. What is
// wrong with a request is told by the call itself; really it comes in a message of its own.
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/inet_rules.h"
#include "sim/kernel/rights.h"
#include "trace/effects/call.h"
#include "trace/world/lookup.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {
namespace {

using Verdict = abi::Errno (*)(const Namespace&, const Arg&);

abi::Errno always(const Namespace&, const Arg&) { return abi::Errno::kOk; }

abi::Errno may_add_link(const Namespace& net, const Arg& message) {
  const std::string name = field_text(message, "ifname"), kind = field_text(message, "kind");
  constexpr std::size_t longest = 15;  // IFNAMSIZ
  if (name.empty() || name.size() > longest) return abi::Errno::kEINVAL;
  if (kind != "veth" && kind != "bridge" && kind != "dummy") return abi::Errno::kEOPNOTSUPP;
  const bool taken = link_by_name(net, name) != nullptr ||
                     (kind == "veth" && link_by_name(net, field_text(message, "peer")) != nullptr);
  return taken ? abi::Errno::kEEXIST : abi::Errno::kOk;
}

abi::Errno link_is_there(const Namespace& net, const Arg& message) {
  const bool there = link_by_name(net, field_text(message, "ifname")) != nullptr;
  return there ? abi::Errno::kOk : abi::Errno::kENODEV;
}

abi::Errno may_add_address(const Namespace& net, const Arg& message) {
  const Interface* link = link_by_name(net, field_text(message, "ifname"));
  if (link == nullptr) return abi::Errno::kENODEV;
  const auto& all = link->addresses;
  const bool has = std::find(all.begin(), all.end(), field_text(message, "local")) != all.end();
  return has ? abi::Errno::kEEXIST : abi::Errno::kOk;
}

abi::Errno address_is_there(const Namespace& net, const Arg& message) {
  const abi::Errno may = may_add_address(net, message);
  if (may == abi::Errno::kENODEV) return may;
  return may == abi::Errno::kEEXIST ? abi::Errno::kOk : abi::Errno::kEADDRNOTAVAIL;
}

/// A gateway must be a neighbour (ip-route(8)).
abi::Errno may_add_route(const Namespace& net, const Arg& message) {
  if (link_by_name(net, field_text(message, "oif")) == nullptr) return abi::Errno::kENODEV;
  std::uint32_t gateway = 0;
  const std::string via = field_text(message, "gateway");
  if (via.empty()) return abi::Errno::kOk;
  if (!parse_address(via, gateway)) return abi::Errno::kEINVAL;
  const std::vector<Route> routes = routes_of(net);
  const bool near = std::any_of(routes.begin(), routes.end(), [&](const Route& route) {
    Subnet subnet;
    return route.gateway.empty() && parse_subnet(route.destination, subnet) &&
           subnet.holds(gateway);
  });
  return near ? abi::Errno::kOk : abi::Errno::kENETUNREACH;
}

struct MessageRow {
  std::string_view type;
  bool needs_admin;  ///< CAP_NET_ADMIN over the namespace
  Verdict verdict;
};
constexpr MessageRow kMessageRows[] = {
    {"RTM_NEWLINK", true, may_add_link},     {"RTM_SETLINK", true, link_is_there},
    {"RTM_DELLINK", true, link_is_there},    {"RTM_NEWADDR", true, may_add_address},
    {"RTM_DELADDR", true, address_is_there}, {"RTM_NEWROUTE", true, may_add_route},
    {"RTM_DELROUTE", true, always},          {"NFT_MSG_NEWRULE", true, always},
    {"NFT_MSG_DELRULE", true, always},       {"RTM_GETLINK", false, always},
    {"RTM_GETADDR", false, always},          {"RTM_GETROUTE", false, always},
};

std::int64_t length_of(const Arg& message) {
  std::int64_t length = 16;  // struct nlmsghdr
  for (const Arg& item : message.items)
    length += 4 + (static_cast<std::int64_t>(item.text.size()) + 3) / 4 * 4;
  return length;
}

std::string words(const std::vector<std::string>& columns) { return join(columns, "\t") + "\n"; }

std::string links_text(const Namespace& net) {
  std::string text;
  for (const Interface& link : net.links) {
    std::string master;
    for (const Interface& each : net.links) {
      if (link.master != 0 && each.index == link.master) master = each.name;
    }
    const std::string peer = link.peer != 0 ? decimal(link.peer) : "";
    text += words({decimal(link.index), link.name, link.type, link.up ? "up" : "down", master, peer,
                   link.mac});
  }
  return text;
}

std::string addresses_text(const Namespace& net) {
  std::string text;
  for (const Interface& link : net.links) {
    for (const std::string& address : link.addresses)
      text += words({decimal(link.index), link.name, address, link.type});
  }
  return text;
}

std::string routes_text(const Namespace& net) {
  std::string text;
  for (const Route& route : routes_of(net))
    text += words({route.destination, route.gateway, route.link, route.source});
  return text;
}

}  // namespace

Decision decide_netlink(const Ask& ask, const Socket& socket) {
  const Namespace* net = ask.world.namespaces.find(socket.ns);
  if (net == nullptr || ask.request.args.size() < 2) return refuse(abi::Errno::kEINVAL);
  const Arg& message = ask.request.args[1];
  const std::string type = field_text(message, "nlmsg_type");
  for (const MessageRow& row : kMessageRows) {
    if (row.type != type) continue;
    if (row.needs_admin && !capable_over(ask.world, ask.task, socket.ns, cap::kNetAdmin))
      return refuse(abi::Errno::kEPERM);
    const abi::Errno err = row.verdict(*net, message);
    return err == abi::Errno::kOk ? answer(length_of(message)) : refuse(err);
  }
  return refuse(abi::Errno::kEOPNOTSUPP);
}

std::string netlink_dump(const World& world, const Socket& socket) {
  const Namespace* net = world.namespaces.find(socket.ns);
  if (net == nullptr) return {};
  if (socket.address == "RTM_GETLINK") return links_text(*net);
  if (socket.address == "RTM_GETADDR") return addresses_text(*net);
  return socket.address == "RTM_GETROUTE" ? routes_text(*net) : std::string();
}

}  // namespace cutaway::sim
