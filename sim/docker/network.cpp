// Networks as records: which there are, who is on them, and with which address.
#include "sim/docker/network.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {

namespace {

std::string fixed_id(std::string_view name) { return sha256_hex("network " + std::string(name)); }

Network network_record(std::string name, std::string driver) {
  Network network;
  network.id = fixed_id(name);
  network.name = std::move(name);
  network.driver = std::move(driver);
  return network;
}

// 172.17.0.2 → 02:42:ac:11:00:02, as docker made them for ten years.
std::string mac_of(std::uint32_t address) {
  std::string mac = "02:42";
  for (int shift = 24; shift >= 0; shift -= 8) {
    const std::string digits = hex(address >> shift & 0xff);
    mac += ":" + std::string(2 - digits.size(), '0') + digits;
  }
  return mac;
}

bool taken(const World& world, const std::string& network, const std::string& address) {
  return world.containers.first([&](const Container& container) {
    return std::any_of(container.endpoints.begin(), container.endpoints.end(),
                       [&](const Endpoint& endpoint) {
                         return endpoint.network == network && endpoint.address == address;
                       });
  }) != nullptr;
}

}  // namespace

void install_networks(World& world) {
  EngineState& engine = world.engine.mutate();
  Network bridge = network_record("bridge", "bridge");
  bridge.subnet = "172.17.0.0/16";
  bridge.gateway = "172.17.0.1";
  bridge.bridge = "docker0";
  engine.networks["bridge"] = bridge;
  engine.networks["host"] = network_record("host", "host");
  engine.networks["none"] = network_record("none", "null");
  const Task* init = task_by_pid(world, 1);
  if (init == nullptr) return;
  Namespace& net = world.namespaces.mutate(init->in(NsKind::Net));
  Interface link;
  link.index = 3;
  link.name = bridge.bridge;
  link.type = "bridge";
  link.up = true;
  link.addresses = {bridge.gateway + "/16"};
  link.mac = "02:42:ac:11:00:01";
  net.links.push_back(link);
  net.last_link = link.index;
  net.rules = {
      {"POSTROUTING", "", bridge.subnet, "", 0, "", "!docker0", "MASQUERADE", ""},
      {"FORWARD", "", "", bridge.subnet, 0, "!docker0", "docker0", "DROP", ""},
  };
  net.sysctls["net.ipv4.ip_forward"] = "1";
}

const Network* find_network(const World& world, std::string_view name) {
  const auto& networks = world.engine->networks;
  const auto found = networks.find(name == "default" ? "bridge" : std::string(name));
  if (found != networks.end()) return &found->second;
  const Network* by_id = nullptr;
  for (const auto& entry : networks) {
    if (name.empty() || !starts_with(entry.second.id, name)) continue;
    if (by_id != nullptr) return nullptr;
    by_id = &entry.second;
  }
  return by_id;
}

bool is_predefined(const Network& network) {
  return network.name == "bridge" || network.name == "host" || network.name == "none";
}
bool has_bridge(const Network& network) { return network.driver == "bridge"; }
bool resolves_names(const Network& network) {
  return has_bridge(network) && network.name != "bridge";
}
bool runs(const Container& container) {
  return container.state == ContainerState::Running || container.state == ContainerState::Paused;
}

std::vector<Endpoint> asked_endpoints(const spec::ContainerConfig& config) {
  if (config.net.mode == spec::NamespaceMode::Container) return {};
  Endpoint endpoint;
  endpoint.network = config.network;
  endpoint.aliases = config.network_aliases;
  return {endpoint};
}

std::vector<ContainerPort> asked_ports(const spec::ContainerConfig& config,
                                       const spec::ImageConfig& image) {
  std::set<std::pair<std::int64_t, std::string>> exposed;
  for (const std::string& text : image.exposed_ports) {
    const std::vector<std::string> parts = split(text, '/');
    std::int64_t port = 0;
    if (parse_decimal(parts.at(0), port))
      exposed.emplace(port, parts.size() > 1 ? parts[1] : "tcp");
  }
  for (const spec::PortRequest& port : config.ports)
    exposed.emplace(port.container_port, port.protocol);
  std::vector<ContainerPort> ports;
  ports.reserve(exposed.size());
  for (const auto& [port, protocol] : exposed)
    ports.push_back(ContainerPort{port, protocol, "", 0});
  return ports;
}

Endpoint placed(Sys sys, const Network& network, Endpoint endpoint) {
  endpoint.id = random_id(sys);
  if (!has_bridge(network)) return endpoint;
  Subnet subnet;
  parse_subnet(network.subnet, subnet);
  endpoint.gateway = network.internal ? "" : network.gateway;
  endpoint.prefix = subnet.bits;
  std::uint32_t address = (subnet.base & subnet.mask()) + 1;
  while (address_text(address) == network.gateway ||
         taken(sys.world(), network.name, address_text(address)))
    ++address;
  if (!endpoint.asked_address.empty()) parse_address(endpoint.asked_address, address);
  endpoint.address = address_text(address);
  endpoint.mac = mac_of(address);
  endpoint.host_link = "veth" + hex(sys.random()).substr(0, 7);
  return endpoint;
}

// As docker writes it: what every host file has, then the container's own names.
std::string hosts_text(const Container& container) {
  std::string text =
      "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\n"
      "ff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";
  for (const Endpoint& endpoint : container.endpoints) {
    if (!endpoint.address.empty()) text += endpoint.address + "\t" + container.hostname + "\n";
  }
  return text;
}

std::string resolver_text(const World& world, const Container& container,
                          std::string_view host_resolver) {
  const bool own = std::any_of(container.endpoints.begin(), container.endpoints.end(),
                               [&](const Endpoint& endpoint) {
                                 const Network* network = find_network(world, endpoint.network);
                                 return network != nullptr && resolves_names(*network);
                               });
  return own ? "nameserver 127.0.0.11\noptions ndots:0\n" : std::string(host_resolver);
}

std::string address_of_name(const World& world, ContainerId asker, std::string_view name) {
  const Container* own = world.containers.find(asker);
  if (own == nullptr) return {};
  for (const Endpoint& ours : own->endpoints) {
    const Network* network = find_network(world, ours.network);
    if (network == nullptr || !resolves_names(*network)) continue;
    std::string address;
    world.containers.each([&](const Container& other) {
      for (const Endpoint& theirs : other.endpoints) {
        const auto& aliases = theirs.aliases;
        const bool known = other.name == name || other.id.substr(0, 12) == name ||
                           std::find(aliases.begin(), aliases.end(), name) != aliases.end();
        if (known && address.empty() && theirs.network == ours.network) address = theirs.address;
      }
    });
    if (!address.empty()) return address;
  }
  return {};
}

Co<int> tell_network(Sys sys, std::string action, std::string network, ContainerId number) {
  const Network* found = find_network(sys.world(), network);
  const Container* container = sys.world().containers.find(number);
  if (found == nullptr) co_return 0;
  DaemonEvent event{0, "network", action, found->id, {{"name", found->name}}};
  event.attributes["type"] = found->driver;
  if (container != nullptr) event.attributes["container"] = container->id;
  auto telling = tell_event(sys, event);
  co_return co_await telling;
}

}  // namespace cutaway::sim
