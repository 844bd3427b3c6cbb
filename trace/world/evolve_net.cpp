// Interfaces and sockets: network_namespaces(7), socket(2), unix(7).
#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"

namespace cutaway {

void evolve_body(World& world, const Stamp&, const NetLinkSet& body) {
  if (!world.namespaces.contains(body.ns)) return;
  std::vector<Interface>& links = world.namespaces.mutate(body.ns).links;
  for (Interface& link : links) {
    if (link.name != body.link.name) continue;
    link = body.link;
    return;
  }
  links.push_back(body.link);
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
