// Interfaces and sockets: network_namespaces(7), socket(2), unix(7).
#include <algorithm>

#include "trace/world/equal.h"
#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"

namespace cutaway {

namespace {

Namespace* net_of(World& world, NsId id) {
  return world.namespaces.contains(id) ? &world.namespaces.mutate(id) : nullptr;
}

bool same_link(const Interface& a, const Interface& b) {
  return a.index != 0 && b.index != 0 ? a.index == b.index : a.name == b.name;
}

/// Adds a value to a list, or takes out the one that equals it.
template <class T>
void put_or_take(std::vector<T>& list, const T& value, bool take) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& each) { return equal_values(each, value); });
  if (take && found != list.end()) list.erase(found);
  if (!take && found == list.end()) list.push_back(value);
}

}  // namespace

void evolve_body(World& world, const Stamp&, const NetLinkSet& body) {
  Namespace* net = net_of(world, body.ns);
  if (net == nullptr) return;
  net->last_link = std::max(net->last_link, body.link.index);
  for (Interface& link : net->links) {
    if (!same_link(link, body.link)) continue;
    link = body.link;
    return;
  }
  net->links.push_back(body.link);
}

/// Its routes go with it.
void evolve_body(World& world, const Stamp&, const NetLinkRemoved& body) {
  Namespace* net = net_of(world, body.ns);
  if (net == nullptr) return;
  std::vector<Interface>& links = net->links;
  links.erase(std::remove_if(links.begin(), links.end(),
                             [&](const Interface& link) {
                               return link.index == body.index && link.name == body.name;
                             }),
              links.end());
  std::vector<Route>& routes = net->routes;
  routes.erase(std::remove_if(routes.begin(), routes.end(),
                              [&](const Route& route) { return route.link == body.name; }),
               routes.end());
}

void evolve_body(World& world, const Stamp&, const NetAddressesSet& body) {
  Namespace* net = net_of(world, body.ns);
  if (net == nullptr) return;
  for (Interface& link : net->links) {
    if (link.name == body.link) link.addresses = body.addresses;
  }
}

void evolve_body(World& world, const Stamp&, const NetRouteSet& body) {
  if (Namespace* net = net_of(world, body.ns)) put_or_take(net->routes, body.route, body.removed);
}

void evolve_body(World& world, const Stamp&, const NetRuleSet& body) {
  if (Namespace* net = net_of(world, body.ns)) put_or_take(net->rules, body.rule, body.removed);
}

void evolve_body(World& world, const Stamp&, const NetSent& body) {
  if (!world.sockets.contains(body.socket)) return;
  world.sockets.mutate(body.socket).datagrams.push_back(Datagram{body.from, body.data, body.bytes});
}

void evolve_body(World& world, const Stamp&, const NetReceived& body) {
  const Socket* socket = world.sockets.find(body.socket);
  if (socket == nullptr || socket->datagrams.empty()) return;
  std::vector<Datagram>& waiting = world.sockets.mutate(body.socket).datagrams;
  waiting.erase(waiting.begin());
}

void evolve_body(World& world, const Stamp&, const SocketMade& body) {
  note_id(world.counters.socket, body.socket.id);
  if (!body.socket.id || world.sockets.contains(body.socket.id)) return;
  world.sockets.put(body.socket.id, body.socket);
  hold_socket_pipes(world, body.socket, 1);
}

void evolve_body(World& world, const Stamp&, const SocketChanged& body) {
  const Socket* found = world.sockets.find(body.socket.id);
  if (found == nullptr) return;
  const Socket old = *found;
  hold_socket_pipes(world, body.socket, 1);
  hold_socket_pipes(world, old, -1);
  world.sockets.put(body.socket.id, body.socket);
}

}  // namespace cutaway
