// Fields and words as in docker 28's api/types and libnetwork.
#include "spec/docker_networks.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_views.h"

namespace cutaway::spec {

OrderedJson inspect_network(const NetworkFacts& facts) {
  OrderedJson json;
  json["Name"] = facts.name;
  json["Id"] = facts.id;
  json["Created"] = facts.created;
  json["Scope"] = "local";
  json["Driver"] = facts.driver;
  json["EnableIPv4"] = true;
  json["EnableIPv6"] = false;
  OrderedJson pools = facts.subnet.empty() ? OrderedJson(nullptr) : OrderedJson::array();
  if (!facts.subnet.empty())
    pools.push_back({{"Subnet", facts.subnet}, {"Gateway", facts.gateway}});
  json["IPAM"] = {{"Driver", "default"}, {"Options", nullptr}, {"Config", pools}};
  json["Internal"] = facts.internal;
  json["Attachable"] = false;
  json["Ingress"] = false;
  json["ConfigFrom"] = {{"Network", ""}};
  json["ConfigOnly"] = false;
  OrderedJson members = OrderedJson::object();
  for (const NetworkMember& member : facts.members)
    members[member.container_id] = {{"Name", member.name},
                                    {"EndpointID", member.endpoint_id},
                                    {"MacAddress", member.mac},
                                    {"IPv4Address", member.address},
                                    {"IPv6Address", ""}};
  json["Containers"] = members;
  json["Options"] = OrderedJson::object();
  OrderedJson labels = OrderedJson::object();
  for (const auto& [name, value] : facts.labels) labels[name] = value;
  json["Labels"] = labels;
  return json;
}

namespace {

OrderedJson endpoint_json(const EndpointFacts& endpoint) {
  OrderedJson json;
  json["IPAMConfig"] = nullptr;
  json["Links"] = nullptr;
  json["Aliases"] = endpoint.aliases.empty() ? OrderedJson(nullptr) : OrderedJson(endpoint.aliases);
  json["MacAddress"] = endpoint.mac;
  json["DriverOpts"] = nullptr;
  json["GwPriority"] = 0;
  json["NetworkID"] = endpoint.network_id;
  json["EndpointID"] = endpoint.endpoint_id;
  json["Gateway"] = endpoint.gateway;
  json["IPAddress"] = endpoint.address;
  json["IPPrefixLen"] = endpoint.prefix;
  json["IPv6Gateway"] = "";
  json["GlobalIPv6Address"] = "";
  json["GlobalIPv6PrefixLen"] = 0;
  json["DNSNames"] = endpoint.names.empty() ? OrderedJson(nullptr) : OrderedJson(endpoint.names);
  return json;
}

std::string port_key(const PortFacts& port) { return decimal(port.port) + "/" + port.protocol; }

}  // namespace

OrderedJson network_settings(const std::vector<EndpointFacts>& endpoints,
                             const std::vector<PortFacts>& ports) {
  OrderedJson json;
  OrderedJson bindings = OrderedJson::object();
  for (const PortFacts& port : ports) {
    OrderedJson& list = bindings[port_key(port)];
    if (port.host_port != 0)
      list.push_back({{"HostIp", port.host_address}, {"HostPort", decimal(port.host_port)}});
  }
  json["Ports"] = bindings;
  const auto found =
      std::find_if(endpoints.begin(), endpoints.end(),
                   [](const EndpointFacts& endpoint) { return endpoint.network == "bridge"; });
  const EndpointFacts none;
  const EndpointFacts& first = found == endpoints.end() ? none : *found;
  json["EndpointID"] = first.endpoint_id;
  json["Gateway"] = first.gateway;
  json["IPAddress"] = first.address;
  json["IPPrefixLen"] = first.prefix;
  json["MacAddress"] = first.mac;
  OrderedJson networks = OrderedJson::object();
  for (const EndpointFacts& endpoint : endpoints)
    networks[endpoint.network] = endpoint_json(endpoint);
  json["Networks"] = networks;
  return json;
}

std::string port_lines(const std::vector<PortFacts>& ports, std::string_view only) {
  std::string text;
  for (const PortFacts& port : ports) {
    if (port.host_port == 0 || (!only.empty() && only != port_key(port))) continue;
    if (only.empty()) text += port_key(port) + " -> ";
    text += port.host_address + ":" + decimal(port.host_port) + "\n";
  }
  return text;
}

namespace say {

std::string no_such_network(std::string_view name) {
  return "network " + std::string(name) + " not found";
}
std::string network_exists(std::string_view name) {
  return "network with name " + std::string(name) + " already exists";
}
std::string network_predefined(std::string_view name) {
  return std::string(name) + " is a pre-defined network and cannot be removed";
}
std::string network_in_use(std::string_view name, const std::vector<NetworkMember>& members) {
  std::string who;
  for (const NetworkMember& member : members)
    who += (who.empty() ? "" : ", ") + std::string("name:") + go_quote(member.name) +
           " id:" + go_quote(short_id(member.endpoint_id));
  return "error while removing network: network " + std::string(name) + " has active endpoints (" +
         who + ")";
}
std::string pool_overlaps() {
  return "invalid pool request: Pool overlaps with other one on this address space";
}
std::string invalid_subnet(std::string_view text) {
  return "invalid network config:\ninvalid subnet " + std::string(text) +
         ": invalid CIDR block "
         "notation";
}
std::string already_on_network(std::string_view container, std::string_view network) {
  return "endpoint with name " + std::string(container) + " already exists in network " +
         std::string(network);
}
std::string not_on_network(std::string_view container_id, std::string_view network) {
  return "container " + std::string(container_id) + " is not connected to network " +
         std::string(network);
}
std::string cannot_join_host() {
  return "container cannot be disconnected from host network or connected to host network";
}
std::string cannot_join_not_running(std::string_view id) {
  return "cannot join network of a non running container: " + std::string(id);
}
std::string port_allocated(std::string_view address, std::int64_t port) {
  return "Bind for " + std::string(address) + ":" + decimal(port) +
         " failed: port is already allocated";
}
std::string port_in_use(std::string_view address, std::int64_t port,
                        std::string_view container_address, std::int64_t container_port,
                        std::string_view protocol) {
  return "failed to bind host port for " + std::string(address) + ":" + decimal(port) + ":" +
         std::string(container_address) + ":" + decimal(container_port) + "/" +
         std::string(protocol) + ": address already in use";
}
std::string cannot_publish(std::string_view container, std::string_view endpoint,
                           std::string_view why) {
  return "failed to set up container networking: driver failed programming external connectivity "
         "on endpoint " +
         std::string(container) + " (" + std::string(endpoint) + "): " + std::string(why);
}

}  // namespace say

}  // namespace cutaway::spec
