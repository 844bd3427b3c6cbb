// What the daemon does about networks (libnetwork's part): which there are, which addresses and
// ports a container gets, and the veth pairs, routes and rules that make them true.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/docker/daemon.h"

namespace cutaway::sim {

/// A machine on which docker was installed: docker0 with its rules, and the networks bridge, host
/// and none.
void install_networks(World& world);

/// By name, whole id or unambiguous prefix; null when there is none.
const Network* find_network(const World& world, std::string_view name);
/// "bridge", "host", "none": nobody makes or removes them.
bool is_predefined(const Network& network);
/// One that containers are plugged into by a veth pair.
bool has_bridge(const Network& network);
/// The networks on which names resolve: all bridges but the default one.
bool resolves_names(const Network& network);
bool runs(const Container& container);

/// The record's places on networks, and its ports, as create was asked for.
std::vector<Endpoint> asked_endpoints(const spec::ContainerConfig& config);
std::vector<ContainerPort> asked_ports(const spec::ContainerConfig& config,
                                       const spec::ImageConfig& image);

/// A start's first step: addresses and ports. Empty, or the daemon's no.
Co<std::string> allocate_networks(Sys sys, ContainerId number, spec::ContainerConfig config);
/// Fills in address and id of an endpoint on this network.
Endpoint placed(Sys sys, const Network& network, Endpoint endpoint);
/// Its network namespace is there (`pid` is in it): pairs, addresses, routes, rules.
Co<std::string> connect_networks(Sys sys, ContainerId number, std::int64_t pid);
/// One more network for a container that runs.
Co<std::string> plug_in(Sys sys, ContainerId number, Endpoint endpoint, std::int64_t pid,
                        bool first);
Co<int> unplug(Sys sys, ContainerId number, Endpoint endpoint, bool stays);
/// The end: rules, ports and addresses are free again.
Co<int> release_networks(Sys sys, ContainerId number);

/// While the runtime makes the container: waits for its namespaces, or for the shim's end.
Co<int> await_namespaces(Sys sys, ContainerId number, std::int64_t listener, std::int64_t events);
/// A socket in the bundle on which the runtime says that the namespaces are there.
Co<std::int64_t> listen_for_namespaces(Sys sys, std::string bundle);
inline constexpr std::string_view kNetworkSocket = "/network.sock";

/// The contents of a container's /etc/hosts and /etc/resolv.conf.
std::string hosts_text(const Container& container);
std::string resolver_text(const World& world, const Container& container,
                          std::string_view host_resolver);

/// The names that a container may ask for on its networks: an address, or empty.
std::string address_of_name(const World& world, ContainerId asker, std::string_view name);
/// Thread: answers the container's questions about names (dns.h) at 127.0.0.11, until `stop`, the
/// reading end of a pipe, is hung up.
struct ResolverJob {
  ContainerId container;
  std::int64_t socket = -1, stop = -1;
};
Program resolver(Sys sys, State state);

/// "connect" and "disconnect" for docker events.
Co<int> tell_network(Sys sys, std::string action, std::string network, ContainerId number);

/// Makes a bridge and its rules on the host, or removes them. 0 or −errno.
Co<std::int64_t> make_bridge(Sys sys, Network network);
Co<std::int64_t> remove_bridge(Sys sys, Network network);

// Requests to the kernel's tables (Sys::netlink).
using NetlinkMessage = std::vector<std::pair<std::string, Arg>>;
/// All of them over one netlink socket; stops at the first that fails: 0 or −errno.
Co<std::int64_t> netlink_all(Sys sys, std::vector<NetlinkMessage> messages);

Co<int> handle_network_create(Sys sys, ApiRequestIn request);
Co<int> handle_network_list(Sys sys, ApiRequestIn request);
Co<int> handle_network_inspect(Sys sys, ApiRequestIn request);
Co<int> handle_network_remove(Sys sys, ApiRequestIn request);
Co<int> handle_network_prune(Sys sys, ApiRequestIn request);
Co<int> handle_network_connect(Sys sys, ApiRequestIn request);
Co<int> handle_network_disconnect(Sys sys, ApiRequestIn request);

}  // namespace cutaway::sim
