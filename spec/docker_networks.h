// Front door: networks in docker's words: its tables, JSON, and what the daemon says of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_inspect.h"

namespace cutaway::spec {

struct NetworkMember {
  std::string container_id, name, endpoint_id, mac, address;  ///< address "172.18.0.2/16"
};
struct NetworkFacts {
  std::string name, id, created, driver, subnet, gateway;
  bool internal = false;
  std::map<std::string, std::string> labels;
  std::vector<NetworkMember> members;
};
OrderedJson inspect_network(const NetworkFacts& facts);

/// A container's place on one network, and its ports, as inspect shows them.
struct EndpointFacts {
  std::string network, network_id, endpoint_id, address, gateway, mac;
  std::int64_t prefix = 0;
  std::vector<std::string> aliases, names;  ///< as asked; all names that resolve to it
};
struct PortFacts {
  std::int64_t port = 0;
  std::string protocol, host_address;
  std::int64_t host_port = 0;
};
OrderedJson network_settings(const std::vector<EndpointFacts>& endpoints,
                             const std::vector<PortFacts>& ports);
/// `docker port CONTAINER`, or of one port ("80/tcp"): a line each; empty when it is not published.
std::string port_lines(const std::vector<PortFacts>& ports, std::string_view only = {});

inline constexpr std::string_view kNetworkPruneQuestion =
    "WARNING! This will remove all custom networks not used by at least one container.\nAre you "
    "sure you want to continue? [y/N] ";

namespace say {
std::string no_such_network(std::string_view name);
std::string network_exists(std::string_view name);
std::string network_predefined(std::string_view name);
std::string network_in_use(std::string_view name, const std::vector<NetworkMember>& members);
std::string pool_overlaps();
std::string invalid_subnet(std::string_view text);
std::string already_on_network(std::string_view container, std::string_view network);
std::string not_on_network(std::string_view container_id, std::string_view network);
std::string cannot_join_host();
std::string cannot_join_not_running(std::string_view id);
std::string port_allocated(std::string_view address, std::int64_t port);
/// A program of the host has it.
std::string port_in_use(std::string_view address, std::int64_t port,
                        std::string_view container_address, std::int64_t container_port,
                        std::string_view protocol);
/// Why a start failed for want of a port. (20.10 left out the words before "driver".)
std::string cannot_publish(std::string_view container, std::string_view endpoint,
                           std::string_view why);
}  // namespace say

}  // namespace cutaway::spec
