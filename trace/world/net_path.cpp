// See net_path.h.
#include "trace/world/net_path.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

constexpr std::string_view kAnyAddress = "0.0.0.0";

/// How often a packet may be passed on (ip(7), the default time to live is 64; no engine builds
/// longer ways than this).
constexpr int kHopsMax = 16;

bool is_loopback(std::uint32_t address) { return address >> 24 == 127; }

const Interface* link_numbered(const Namespace& net, std::int32_t index) {
  const auto found = std::find_if(net.links.begin(), net.links.end(),
                                  [&](const Interface& link) { return link.index == index; });
  return found == net.links.end() || index == 0 ? nullptr : &*found;
}

std::string_view bare(std::string_view address) { return address.substr(0, address.find('/')); }

bool has_address(const Interface& link, std::string_view host) {
  return std::any_of(link.addresses.begin(), link.addresses.end(),
                     [&](const std::string& address) { return bare(address) == host; });
}
bool is_own(const Namespace& net, std::string_view host) {
  return std::any_of(net.links.begin(), net.links.end(),
                     [&](const Interface& link) { return has_address(link, host); });
}

bool link_fits(std::string_view wanted, std::string_view link) {
  if (wanted.empty()) return true;
  return wanted[0] == '!' ? wanted.substr(1) != link : wanted == link;
}
bool address_fits(std::string_view wanted, std::string_view host) {
  Subnet subnet;
  std::uint32_t address = 0;
  if (wanted.empty()) return true;
  return parse_subnet(wanted, subnet) && parse_address(host, address) && subnet.holds(address);
}

/// A packet on its way: where it is, and what rules have made of it so far.
class Journey {
 public:
  Journey(const World& world, NsId from, const Packet& packet)
      : world_(world), at_(from), packet_(packet) {
    path_.host = packet.host == kAnyAddress ? "127.0.0.1" : packet.host;
    path_.port = packet.port;
    path_.source = packet.source == kAnyAddress ? std::string() : packet.source;
  }

  NetPath travel() {
    for (int hops = 0; hops < kHopsMax; ++hops) {
      const Namespace* net = world_.namespaces.find(at_);
      if (net == nullptr || arrives(*net) || !leaves(*net)) break;
    }
    return std::move(path_);
  }

 private:
  bool fits(const PacketRule& rule, std::string_view out) const {
    return (rule.protocol.empty() || rule.protocol == packet_.protocol) &&
           (rule.port == 0 || rule.port == path_.port) && address_fits(rule.source, path_.source) &&
           address_fits(rule.destination, path_.host) && link_fits(rule.in, in_) &&
           link_fits(rule.out, out);
  }

  /// Chains PREROUTING and OUTPUT of nat: only what is for an address of this namespace.
  void translate(const Namespace& net) {
    std::uint32_t address = 0;
    const bool loopback = parse_address(path_.host, address) && is_loopback(address);
    if (translated_ || (!is_own(net, path_.host) && !loopback)) return;
    for (const PacketRule& rule : net.rules) {
      if (rule.action != "DNAT" || !fits(rule, "")) continue;
      const SocketAddress to = split_address(rule.to);
      if (path_.local_address.empty()) path_.local_address = path_.host;
      path_.host = to.host;
      path_.port = to.port;
      why_ = "DNAT to " + rule.to;
      translated_ = true;
      return;
    }
  }

  bool arrives(const Namespace& net) {
    translate(net);
    std::uint32_t address = 0;
    const bool loopback = parse_address(path_.host, address) && is_loopback(address);
    if (!loopback && !is_own(net, path_.host)) return false;
    if (passed_on_) {
      path_.ns = net.id;
      return true;
    }
    const Interface* lo = link_by_name(net, "lo");
    if (lo == nullptr || !lo->up) {
      path_.err = abi::Errno::kENETUNREACH;
      return true;
    }
    hop(net, "lo");
    path_.ns = net.id;
    if (path_.source.empty()) path_.source = loopback ? "127.0.0.1" : path_.host;
    if (path_.local_address.empty()) path_.local_address = path_.source;
    return true;
  }

  void hop(const Namespace& net, const std::string& link) {
    path_.via.push_back(NetHop{net.id, link, std::exchange(why_, {})});
  }

  const Route* route(const std::vector<Route>& routes) const {
    std::uint32_t address = 0;
    const bool number = parse_address(path_.host, address);
    const Route* best = nullptr;
    int bits = -1;
    for (const Route& each : routes) {
      Subnet subnet;
      if (!parse_subnet(each.destination, subnet) || subnet.bits <= bits) continue;
      if (number ? !subnet.holds(address) : subnet.bits != 0) continue;
      best = &each;
      bits = subnet.bits;
    }
    return best;
  }

  bool refused(abi::Errno err, const std::string& why) {
    if (passed_on_)
      path_.dropped = why;
    else
      path_.err = err;
    return false;
  }

  /// The filter's FORWARD chain: what came in and does not stay here. Published ports may pass.
  bool filtered(const Namespace& net, const std::string& out) {
    if (!passed_on_ || translated_) return false;
    const bool drops = std::any_of(net.rules.begin(), net.rules.end(), [&](const PacketRule& rule) {
      return rule.action == "DROP" && fits(rule, out);
    });
    if (drops) path_.dropped = "a rule keeps networks apart";
    return drops;
  }

  void masquerade(const Namespace& net, const Interface& out) {
    for (const PacketRule& rule : net.rules) {
      if (rule.action != "MASQUERADE" || !fits(rule, out.name) || out.addresses.empty()) continue;
      path_.source = std::string(bare(out.addresses.front()));
      why_ = "MASQUERADE";
      return;
    }
  }

  /// One link further; false when the journey ends here.
  bool leaves(const Namespace& net) {
    const std::vector<Route> routes = routes_of(net);
    const Route* found = route(routes);
    const Interface* out = found == nullptr ? nullptr : link_by_name(net, found->link);
    if (out == nullptr) return refused(abi::Errno::kENETUNREACH, "no route");
    if (filtered(net, out->name)) return false;
    if (path_.source.empty() && !out->addresses.empty())
      path_.source =
          found->source.empty() ? std::string(bare(out->addresses.front())) : found->source;
    if (!passed_on_ && path_.local_address.empty()) path_.local_address = path_.source;
    masquerade(net, *out);
    hop(net, out->name);
    if (out->type == "ether") return path_.outside = true, false;
    return cross(net, *out, found->gateway.empty() ? path_.host : found->gateway);
  }

  bool cross(const Namespace& net, const Interface& out, const std::string& neighbour) {
    if (out.type == "bridge") return over_bridge(net, out, neighbour);
    const Namespace* other = world_.namespaces.find(out.peer_ns);
    const Interface* end = other == nullptr ? nullptr : link_numbered(*other, out.peer);
    if (end == nullptr || !end->up) return refused(abi::Errno::kEHOSTUNREACH, "no such neighbour");
    hop(*other, end->name);
    if (const Interface* bridge = link_numbered(*other, end->master)) {
      hop(*other, bridge->name);
      if (has_address(*bridge, neighbour)) return passes_to(*other, bridge->name);
      return over_bridge(*other, *bridge, neighbour);
    }
    return has_address(*end, neighbour) ? passes_to(*other, end->name)
                                        : refused(abi::Errno::kEHOSTUNREACH, "no such neighbour");
  }

  /// A bridge sends it out of the port behind which the neighbour is.
  bool over_bridge(const Namespace& net, const Interface& bridge, const std::string& neighbour) {
    for (const Interface& port : net.links) {
      const Namespace* other =
          port.master == bridge.index ? world_.namespaces.find(port.peer_ns) : nullptr;
      const Interface* end = other == nullptr ? nullptr : link_numbered(*other, port.peer);
      if (end == nullptr || !end->up || !port.up || !has_address(*end, neighbour)) continue;
      hop(net, port.name);
      hop(*other, end->name);
      return passes_to(*other, end->name);
    }
    return refused(abi::Errno::kEHOSTUNREACH, "no such neighbour");
  }

  bool passes_to(const Namespace& net, const std::string& in) {
    at_ = net.id;
    in_ = in;
    passed_on_ = true;
    return true;
  }

  const World& world_;
  NsId at_;
  const Packet& packet_;
  NetPath path_;
  std::string in_, why_;
  bool passed_on_ = false, translated_ = false;
};

}  // namespace

std::vector<Route> routes_of(const Namespace& net) {
  std::vector<Route> routes;
  for (const Route& route : net.routes) {
    const Interface* link = link_by_name(net, route.link);
    if (link != nullptr && link->up) routes.push_back(route);
  }
  for (const Interface& link : net.links) {
    if (!link.up || link.type == "loopback") continue;
    for (const std::string& address : link.addresses) {
      Subnet subnet;
      if (!parse_subnet(address, subnet)) continue;
      const std::string base = address_text(subnet.base & subnet.mask());
      routes.push_back(
          Route{base + "/" + decimal(subnet.bits), "", link.name, std::string(bare(address))});
    }
  }
  return routes;
}

NetPath net_path(const World& world, NsId from, const Packet& packet) {
  return Journey(world, from, packet).travel();
}

std::vector<NetHop> reversed(std::vector<NetHop> via) {
  std::reverse(via.begin(), via.end());
  return via;
}

const Socket* inet_receiver(const World& world, NsId ns, std::string_view type,
                            const SocketAddress& to) {
  return world.sockets.first([&](const Socket& socket) {
    if (socket.ns != ns || socket.family != "AF_INET" || socket.type != type) return false;
    const bool stream = type == "SOCK_STREAM";
    if (stream ? socket.state != SocketState::Listening : socket.address.empty()) return false;
    const SocketAddress own = split_address(socket.address);
    return own.port == to.port && (own.host == kAnyAddress || own.host == to.host);
  });
}

}  // namespace cutaway
