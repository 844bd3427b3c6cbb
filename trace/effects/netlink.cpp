// netlink(7), rtnetlink(7): requests that change interfaces, addresses, routes, and (nf_tables)
// rules. A request is a Struct with "nlmsg_type" and its attributes; the kernel's answer to a
// dump is read from the socket, so what was asked is noted there.
#include <algorithm>

#include "base/text.h"
#include "trace/effects/emit.h"
#include "trace/effects/families.h"
#include "trace/effects/links.h"
#include "trace/effects/packets.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

const Namespace* net_ns_of(const Call& call, const Socket& socket) {
  return call.world().namespaces.find(socket.ns);
}

std::int32_t next_index(const Namespace& net) {
  std::int32_t last = net.last_link;
  for (const Interface& link : net.links) last = std::max(last, link.index);
  return last + 1;
}

Interface fresh_link(const Arg& message, const char* name, const char* mac, std::int32_t index) {
  Interface link;
  link.index = index;
  link.name = field_text(message, name);
  link.type = field_text(message, "kind");
  link.mac = field_text(message, mac);
  return link;
}

/// A veth pair is two interfaces at once; the peer gets the lower index (rtnl_newlink makes it
/// first).
void new_link(const Call& call, const Namespace& net, const Arg& message) {
  const NsId ns = net.id;
  const std::int32_t index = next_index(net);
  if (field_text(message, "kind") != "veth") {
    call.emit(NetLinkSet{ns, fresh_link(message, "ifname", "address", index)});
    return;
  }
  Interface far = fresh_link(message, "peer", "peer_address", index);
  Interface near = fresh_link(message, "ifname", "address", index + 1);
  far.peer = near.index;
  near.peer = far.index;
  far.peer_ns = near.peer_ns = ns;
  call.emit(NetLinkSet{ns, far});
  call.emit(NetLinkSet{ns, near});
}

/// IFLA_NET_NS_FD: the interface goes to another namespace, down and without addresses.
void move_link(const Call& call, NsId from, Interface link, NsId to) {
  call.emit(NetLinkRemoved{from, link.index, link.name, "moved to another namespace"});
  const Namespace* target = call.world().namespaces.find(to);
  if (target == nullptr) return;
  const std::int32_t old = link.index;
  const bool taken = std::any_of(target->links.begin(), target->links.end(),
                                 [&](const Interface& each) { return each.index == old; });
  if (taken) link.index = next_index(*target);
  link.up = false;
  link.master = 0;
  link.addresses.clear();
  call.emit(NetLinkSet{to, link});
  const Namespace* other = call.world().namespaces.find(link.peer_ns);
  if (other == nullptr) return;
  for (const Interface& each : other->links) {
    if (each.index != link.peer || each.peer != old) continue;
    Interface end = each;
    end.peer = link.index;
    end.peer_ns = to;
    call.emit(NetLinkSet{other->id, end});
    return;
  }
}

void set_link(const Call& call, const Namespace& net, const Arg& message) {
  const Interface* found = link_by_name(net, field_text(message, "ifname"));
  if (found == nullptr) return;
  Interface link = *found;
  if (field(message, "net_ns_fd") != nullptr) {
    const OpenFile* file = call.file(field_number(message, "net_ns_fd"));
    if (file != nullptr) move_link(call, net.id, link, file->ns);
    return;
  }
  if (field(message, "name") != nullptr) link.name = field_text(message, "name");
  if (field(message, "master") != nullptr) {
    const Interface* bridge = link_by_name(net, field_text(message, "master"));
    link.master = bridge == nullptr ? 0 : bridge->index;
  }
  if (field(message, "up") != nullptr) link.up = field_number(message, "up") != 0;
  if (link.type == "loopback" && link.up && link.addresses.empty())
    link.addresses.emplace_back("127.0.0.1/8");
  call.emit(NetLinkSet{net.id, link});
}

void del_link(const Call& call, const Namespace& net, const Arg& message) {
  const Interface* link = link_by_name(net, field_text(message, "ifname"));
  if (link != nullptr) remove_link(call.self(), net.id, link->index, "deleted", call.sink());
}

void change_address(const Call& call, const Namespace& net, const Arg& message, bool remove) {
  const Interface* link = link_by_name(net, field_text(message, "ifname"));
  if (link == nullptr) return;
  std::vector<std::string> addresses = link->addresses;
  const std::string address = field_text(message, "local");
  addresses.erase(std::remove(addresses.begin(), addresses.end(), address), addresses.end());
  if (!remove) addresses.push_back(address);
  call.emit(NetAddressesSet{net.id, link->name, addresses});
}
void new_address(const Call& call, const Namespace& net, const Arg& message) {
  change_address(call, net, message, false);
}
void del_address(const Call& call, const Namespace& net, const Arg& message) {
  change_address(call, net, message, true);
}

Route route_in(const Arg& message) {
  const std::string to = field_text(message, "dst");
  return {to.empty() || to == "default" ? "0.0.0.0/0" : to, field_text(message, "gateway"),
          field_text(message, "oif"), field_text(message, "prefsrc")};
}
void new_route(const Call& call, const Namespace& net, const Arg& message) {
  call.emit(NetRouteSet{net.id, route_in(message), false});
}
void del_route(const Call& call, const Namespace& net, const Arg& message) {
  call.emit(NetRouteSet{net.id, route_in(message), true});
}

PacketRule rule_in(const Arg& message) {
  PacketRule rule;
  rule.chain = field_text(message, "chain");
  rule.protocol = field_text(message, "protocol");
  rule.source = field_text(message, "saddr");
  rule.destination = field_text(message, "daddr");
  rule.port = field_number(message, "dport");
  rule.in = field_text(message, "iif");
  rule.out = field_text(message, "oif");
  rule.action = field_text(message, "action");
  rule.to = field_text(message, "to");
  return rule;
}
void new_rule(const Call& call, const Namespace& net, const Arg& message) {
  call.emit(NetRuleSet{net.id, rule_in(message), false});
}
void del_rule(const Call& call, const Namespace& net, const Arg& message) {
  call.emit(NetRuleSet{net.id, rule_in(message), true});
}

struct NetlinkRow {
  std::string_view type;
  void (*change)(const Call&, const Namespace&, const Arg&);
};
constexpr NetlinkRow kNetlinkRows[] = {
    {"RTM_NEWLINK", new_link},    {"RTM_SETLINK", set_link},     {"RTM_DELLINK", del_link},
    {"RTM_NEWADDR", new_address}, {"RTM_DELADDR", del_address},  {"RTM_NEWROUTE", new_route},
    {"RTM_DELROUTE", del_route},  {"NFT_MSG_NEWRULE", new_rule}, {"NFT_MSG_DELRULE", del_rule},
};

}  // namespace

void effect_netlink(const Call& call, const Socket& socket, const Arg& message) {
  const std::string type = field_text(message, "nlmsg_type");
  const Namespace* net = net_ns_of(call, socket);
  if (net == nullptr) return;
  for (const NetlinkRow& row : kNetlinkRows) {
    if (row.type != type) continue;
    row.change(call, Namespace(*net), message);
    return;
  }
  Socket asked = socket;
  asked.address = type;
  call.emit(SocketChanged{asked});
}

void remove_link(TaskId subject, NsId ns, std::int32_t index, const std::string& why,
                 EffectSink& sink) {
  const Namespace* net = sink.world().namespaces.find(ns);
  if (net == nullptr) return;
  const std::vector<Interface> links = net->links;
  for (const Interface& link : links) {
    if (link.master == index) {
      Interface port = link;
      port.master = 0;
      emit_body(sink, subject, NetLinkSet{ns, port});
    }
    if (link.index != index) continue;
    emit_body(sink, subject, NetLinkRemoved{ns, index, link.name, why});
    const Namespace* other = sink.world().namespaces.find(link.peer_ns);
    if (other == nullptr) continue;
    for (const Interface& end : std::vector<Interface>(other->links)) {
      if (end.index == link.peer && end.peer == index)
        emit_body(sink, subject,
                  NetLinkRemoved{other->id, end.index, end.name, "its other end is gone"});
    }
  }
}

void remove_far_ends(TaskId subject, NsId ns, EffectSink& sink) {
  const Namespace* net = sink.world().namespaces.find(ns);
  if (net == nullptr) return;
  for (const Interface& link : std::vector<Interface>(net->links)) {
    if (link.peer != 0 && link.peer_ns != ns)
      remove_link(subject, ns, link.index, "its namespace ended", sink);
  }
}

}  // namespace cutaway
