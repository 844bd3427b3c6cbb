// The engine's networks, and the places of containers on them.
#include <algorithm>

#include "trace/world/evolve_parts.h"

namespace cutaway {
namespace {

auto on_network(std::vector<Endpoint>& endpoints, const std::string& network) {
  return std::find_if(endpoints.begin(), endpoints.end(),
                      [&](const Endpoint& endpoint) { return endpoint.network == network; });
}

}  // namespace

void evolve_body(World& world, const Stamp&, const NetworkCreated& body) {
  world.engine.mutate().networks[body.network.name] = body.network;
}

void evolve_body(World& world, const Stamp&, const NetworkRemoved& body) {
  world.engine.mutate().networks.erase(body.name);
}

void evolve_body(World& world, const Stamp& stamp, const NetworkConnected& body) {
  Container* container = container_of(world, stamp);
  if (container == nullptr) return;
  const auto found = on_network(container->endpoints, body.endpoint.network);
  if (found == container->endpoints.end())
    container->endpoints.push_back(body.endpoint);
  else
    *found = body.endpoint;
}

void evolve_body(World& world, const Stamp& stamp, const NetworkDisconnected& body) {
  Container* container = container_of(world, stamp);
  if (container == nullptr) return;
  const auto found = on_network(container->endpoints, body.network);
  if (found == container->endpoints.end()) return;
  if (!body.stays) {
    container->endpoints.erase(found);
    return;
  }
  found->id.clear();
  found->address.clear();
  found->mac.clear();
  found->host_link.clear();
}

void evolve_body(World& world, const Stamp& stamp, const ContainerPortsSet& body) {
  if (Container* container = container_of(world, stamp)) container->ports = body.ports;
}

}  // namespace cutaway
