// A start and an end as networks see them: addresses, published ports, and the moment at which the
// container's network namespace is there and nothing runs in it yet.
#include <algorithm>

#include "base/text.h"
#include "sim/core/poll.h"
#include "sim/docker/http.h"
#include "sim/docker/live.h"
#include "sim/docker/network.h"
#include "spec/docker_networks.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kFirstPort = 32768, kLastPort = 60999;  // ip_local_port_range

// Another container that has this port of the host.
bool allocated(const World& world, const ContainerPort& wanted) {
  return world.containers.first([&](const Container& container) {
    return std::any_of(container.ports.begin(), container.ports.end(),
                       [&](const ContainerPort& port) {
                         const bool everywhere = port.host_address == "0.0.0.0" ||
                                                 wanted.host_address == "0.0.0.0" ||
                                                 port.host_address == wanted.host_address;
                         return port.host_port == wanted.host_port &&
                                port.protocol == wanted.protocol && everywhere;
                       });
  }) != nullptr;
}

// The daemon holds the port, so that no program of the host can take it: a descriptor or −errno.
Co<std::int64_t> hold_port(Sys sys, ContainerPort port) {
  const std::string family = "AF_INET";
  const std::string type = port.protocol == "udp" ? "SOCK_DGRAM" : "SOCK_STREAM";
  const std::string address = port.host_address + ":" + decimal(port.host_port);
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  const std::int64_t bound = co_await sys.bind(fd, address);
  if (bound >= 0) co_return fd;
  co_await sys.close(fd);
  co_return bound;
}

// What was asked to be published: with host_port 0 docker chooses one.
std::vector<ContainerPort> wanted_ports(const spec::ContainerConfig& config,
                                        const std::vector<ContainerPort>& exposed) {
  std::vector<ContainerPort> wanted;
  for (const spec::PortRequest& port : config.ports) {
    if (!port.published) continue;
    ContainerPort one{port.container_port, port.protocol,
                      port.host_ip.empty() ? "0.0.0.0" : port.host_ip, 0};
    parse_decimal(port.host_port.substr(0, port.host_port.find('-')), one.host_port);
    wanted.push_back(one);
  }
  for (const ContainerPort& port : exposed) {
    const bool asked = std::any_of(wanted.begin(), wanted.end(), [&](const ContainerPort& each) {
      return each.port == port.port && each.protocol == port.protocol;
    });
    if (config.publish_all && !asked)
      wanted.push_back(ContainerPort{port.port, port.protocol, "0.0.0.0", 0});
  }
  return wanted;
}

struct HeldPort {
  ContainerPort port;
  std::int64_t fd = -1;
  std::string wrong;
};

Co<HeldPort> choose_port(Sys sys, HeldPort held) {
  for (std::int64_t number = kFirstPort; number <= kLastPort; ++number) {
    held.port.host_port = number;
    if (allocated(sys.world(), held.port)) continue;
    auto holding = hold_port(sys, held.port);
    held.fd = co_await holding;
    if (held.fd >= 0) co_return held;
  }
  held.wrong = "all ports are allocated";
  co_return held;
}

Co<HeldPort> take_port(Sys sys, ContainerPort port, std::string address) {
  HeldPort held{port, -1, {}};
  if (port.host_port == 0) {
    auto choosing = choose_port(sys, held);
    co_return co_await choosing;
  }
  if (allocated(sys.world(), port)) {
    held.wrong = spec::say::port_allocated(port.host_address, port.host_port);
    co_return held;
  }
  auto holding = hold_port(sys, port);
  held.fd = co_await holding;
  if (held.fd < 0)
    held.wrong = spec::say::port_in_use(port.host_address, port.host_port, address, port.port,
                                        port.protocol);
  co_return held;
}

// Published ports first, then those that are only exposed.
std::vector<ContainerPort> with_exposed(std::vector<ContainerPort> published,
                                        const std::vector<ContainerPort>& all) {
  for (const ContainerPort& port : all) {
    const bool there =
        std::any_of(published.begin(), published.end(), [&](const ContainerPort& each) {
          return each.port == port.port && each.protocol == port.protocol;
        });
    if (!there) published.push_back(ContainerPort{port.port, port.protocol, "", 0});
  }
  std::stable_sort(published.begin(), published.end(),
                   [](const ContainerPort& a, const ContainerPort& b) { return a.port < b.port; });
  return published;
}

std::vector<ContainerPort> exposed_only(const std::vector<ContainerPort>& ports) {
  return with_exposed({}, ports);
}

Co<int> close_held(Sys sys, ContainerId number) {
  const std::vector<std::int64_t> held =
      std::exchange(sys.shared<DaemonState>().live[number.value].ports_held, {});
  for (const std::int64_t fd : held) co_await sys.close(fd);
  co_return 0;
}

Co<std::string> publish(Sys sys, ContainerId number, spec::ContainerConfig config,
                        Endpoint endpoint) {
  const std::vector<ContainerPort> exposed = exposed_only(sys.world().containers.at(number).ports);
  const std::vector<ContainerPort> wanted = wanted_ports(config, exposed);
  if (wanted.empty()) co_return std::string();
  std::vector<ContainerPort> published;
  for (const ContainerPort& port : wanted) {
    auto taking = take_port(sys, port, endpoint.address);
    const HeldPort held = co_await taking;
    if (!held.wrong.empty()) {
      const std::string& name = sys.world().containers.at(number).name;
      co_return spec::say::cannot_publish(name, endpoint.id, held.wrong);
    }
    sys.shared<DaemonState>().live[number.value].ports_held.push_back(held.fd);
    published.push_back(held.port);
    sys.emit(ContainerPortsSet{with_exposed(published, exposed)});
  }
  co_return std::string();
}

// Destination NAT on the host: what comes for the host's port goes to the container's.
std::vector<NetlinkMessage> port_rules(const Container& container, const char* verb) {
  std::vector<NetlinkMessage> messages;
  const Endpoint* way_in = nullptr;
  for (const Endpoint& endpoint : container.endpoints) {
    if (way_in == nullptr && !endpoint.address.empty()) way_in = &endpoint;
  }
  for (const ContainerPort& port : container.ports) {
    if (port.host_port == 0 || way_in == nullptr) continue;
    NetlinkMessage message = {{"nlmsg_type", Arg::bytes(verb)},
                              {"chain", Arg::bytes("DOCKER")},
                              {"protocol", Arg::bytes(port.protocol)},
                              {"dport", Arg::integer(port.host_port)},
                              {"action", Arg::bytes("DNAT")},
                              {"to", Arg::bytes(way_in->address + ":" + decimal(port.port))}};
    if (port.host_address != "0.0.0.0")
      message.emplace_back("daddr", Arg::bytes(port.host_address));
    messages.push_back(std::move(message));
  }
  return messages;
}

Co<std::string> prepare(Sys sys, ContainerId number, std::int64_t pid) {
  auto connecting = connect_networks(sys, number, pid);
  const std::string wrong = co_await connecting;
  if (!wrong.empty()) co_return wrong;
  const std::vector<NetlinkMessage> rules =
      port_rules(sys.world().containers.at(number), "NFT_MSG_NEWRULE");
  if (rules.empty()) co_return std::string();
  auto ruling = netlink_all(sys, rules);
  const std::int64_t done = co_await ruling;
  co_return done < 0 ? std::string("cannot set rules") : std::string();
}

}  // namespace

Co<std::string> allocate_networks(Sys sys, ContainerId number, spec::ContainerConfig config) {
  sys.step("net.allocate");
  const std::vector<Endpoint> endpoints = sys.world().containers.at(number).endpoints;
  Endpoint way_in;
  for (const Endpoint& endpoint : endpoints) {
    const Network* network = find_network(sys.world(), endpoint.network);
    if (network == nullptr) co_return spec::say::no_such_network(endpoint.network);
    const Endpoint ours = placed(sys, *network, endpoint);
    sys.emit(NetworkConnected{ours});
    if (way_in.address.empty()) way_in = ours;
  }
  if (way_in.address.empty()) co_return std::string();
  auto publishing = publish(sys, number, config, way_in);
  co_return co_await publishing;
}

Co<int> release_networks(Sys sys, ContainerId number) {
  sys.step("net.release");
  const Container* container = sys.world().containers.find(number);
  if (container == nullptr) co_return 0;
  const std::vector<Endpoint> endpoints = container->endpoints;
  const std::vector<NetlinkMessage> rules = port_rules(*container, "NFT_MSG_DELRULE");
  const std::vector<ContainerPort> ports = exposed_only(container->ports);
  LiveContainer& live = sys.shared<DaemonState>().live[number.value];
  const std::int64_t stop = std::exchange(live.resolver_stop, -1);
  if (stop >= 0) co_await sys.close(stop);
  if (!rules.empty()) {
    auto ruling = netlink_all(sys, rules);
    co_await ruling;
    sys.emit(ContainerPortsSet{ports});
  }
  auto closing = close_held(sys, number);
  co_await closing;
  for (const Endpoint& endpoint : endpoints) {
    if (endpoint.id.empty()) continue;
    auto unplugging = unplug(sys, number, endpoint, true);
    co_await unplugging;
  }
  co_return 0;
}

Co<std::int64_t> listen_for_namespaces(Sys sys, std::string bundle) {
  const std::string family = "AF_UNIX", type = "SOCK_STREAM";
  const std::string address = bundle + std::string(kNetworkSocket);
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  co_await sys.bind(fd, address);
  co_await sys.listen(fd);
  co_return fd;
}

Co<int> await_namespaces(Sys sys, ContainerId number, std::int64_t listener, std::int64_t events) {
  sys.step("net.connect");
  Arg both;
  both.tag = ArgTag::List;
  both.items = {polled(listener), polled(events)};
  const std::vector<Arg> args = {both, Arg::integer(2), Arg::integer(-1)};
  co_await sys.call(abi::Sys::poll, args);
  const bool called = !sys.reply().out.empty() && sys.reply().out.at(0) != 0;
  if (called) {
    const std::int64_t fd = co_await sys.accept(listener);
    co_await sys.read(fd, 64);
    std::int64_t pid = 0;
    parse_decimal(trim(sys.reply().data), pid);
    auto preparing = prepare(sys, number, pid);
    const std::string wrong = co_await preparing;
    const std::string reply = wrong.empty() ? "success" : wrong;
    sys.step("net.connect");
    co_await sys.write(fd, reply);
    co_await sys.close(fd);
  }
  co_await sys.close(listener);
  const std::string path =
      bundle_folder(sys.world().containers.at(number)) + std::string(kNetworkSocket);
  co_await sys.unlink(path);
  co_return 0;
}

}  // namespace cutaway::sim
