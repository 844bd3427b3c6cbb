// Cables: a veth pair for each container and network, whose one end is a port of the bridge on the
// host and whose other end is the container's eth0.
#include "base/text.h"
#include "sim/docker/http.h"
#include "sim/docker/network.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

NetlinkMessage set_up(const std::string& link) {
  return {{"nlmsg_type", Arg::bytes("RTM_SETLINK")},
          {"ifname", Arg::bytes(link)},
          {"up", Arg::integer(1)}};
}

// The end that will be the container's has a name of its own while it is on the host.
std::string far_name(const Endpoint& endpoint) {
  std::string name = endpoint.host_link;
  name[4] = name[4] == 'f' ? '0' : 'f';
  return name;
}

std::vector<NetlinkMessage> host_side(const Endpoint& endpoint, const std::string& bridge) {
  return {{{"nlmsg_type", Arg::bytes("RTM_NEWLINK")},
           {"ifname", Arg::bytes(endpoint.host_link)},
           {"kind", Arg::bytes("veth")},
           {"peer", Arg::bytes(far_name(endpoint))},
           {"peer_address", Arg::bytes(endpoint.mac)}},
          {{"nlmsg_type", Arg::bytes("RTM_SETLINK")},
           {"ifname", Arg::bytes(endpoint.host_link)},
           {"master", Arg::bytes(bridge)}},
          set_up(endpoint.host_link)};
}

std::vector<NetlinkMessage> container_side(const Endpoint& endpoint, const std::string& name,
                                           bool default_route) {
  std::vector<NetlinkMessage> messages = {
      {{"nlmsg_type", Arg::bytes("RTM_SETLINK")},
       {"ifname", Arg::bytes(far_name(endpoint))},
       {"name", Arg::bytes(name)}},
      {{"nlmsg_type", Arg::bytes("RTM_NEWADDR")},
       {"ifname", Arg::bytes(name)},
       {"local", Arg::bytes(endpoint.address + "/" + decimal(endpoint.prefix))}},
      set_up(name)};
  if (default_route && !endpoint.gateway.empty())
    messages.push_back({{"nlmsg_type", Arg::bytes("RTM_NEWROUTE")},
                        {"dst", Arg::bytes("default")},
                        {"gateway", Arg::bytes(endpoint.gateway)},
                        {"oif", Arg::bytes(name)}});
  return messages;
}

// The name of its next interface: eth0, eth1 …
std::string next_name(const World& world, std::int64_t pid) {
  const Task* task = task_by_pid(world, static_cast<std::int32_t>(pid));
  const Namespace* net = task == nullptr ? nullptr : world.namespaces.find(task->in(NsKind::Net));
  std::int64_t number = 0;
  if (net != nullptr) {
    for (const Interface& link : net->links) number += starts_with(link.name, "eth") ? 1 : 0;
  }
  return "eth" + decimal(number);
}

// A socket for the resolver, made where the container will look for it.
Co<std::int64_t> open_resolver(Sys sys) {
  const std::string family = "AF_INET", type = "SOCK_DGRAM", address = "127.0.0.11:53";
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  const std::int64_t bound = co_await sys.bind(fd, address);
  co_return bound < 0 ? bound : fd;
}

Co<int> start_resolver(Sys sys, ContainerId number, std::int64_t socket) {
  const std::int64_t piped = co_await sys.pipe2(abi::o::kCloexec);
  if (piped < 0) co_return 1;
  ResolverJob job{number, socket, sys.reply().out.at(0)};
  sys.shared<DaemonState>().live[number.value].resolver_stop = sys.reply().out.at(1);
  State state;
  state.more = job;
  co_await sys.clone(kThreadFlags, resolver, state);
  co_return 0;
}

// This thread goes into the container's network namespace for a moment, as libnetwork's does.
Co<std::int64_t> inside(Sys sys, std::int64_t ns, std::vector<NetlinkMessage> messages,
                        std::int64_t* resolver_fd) {
  const std::string own_path = "/proc/self/ns/net";
  const std::int64_t own = co_await sys.open(own_path, abi::o::kCloexec);
  const std::int64_t joined = co_await sys.setns(ns, abi::clone::kNewNet);
  if (joined < 0) co_return joined;
  auto asking = netlink_all(sys, messages);
  const std::int64_t done = co_await asking;
  if (resolver_fd != nullptr) {
    auto opening = open_resolver(sys);
    *resolver_fd = co_await opening;
  }
  co_await sys.setns(own, abi::clone::kNewNet);
  co_await sys.close(own);
  co_return done;
}

std::string failed(const Endpoint& endpoint, std::int64_t negative_errno) {
  return "failed to create endpoint on network " + endpoint.network + ": " +
         std::string(abi::errno_text(static_cast<abi::Errno>(-negative_errno)));
}

}  // namespace

Co<std::int64_t> netlink_all(Sys sys, std::vector<NetlinkMessage> messages) {
  const std::string family = "AF_NETLINK", type = "SOCK_RAW";
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  std::int64_t result = 0;
  for (const NetlinkMessage& message : messages) {
    const std::int64_t sent = co_await sys.netlink(fd, message);
    if (sent >= 0) continue;
    result = sent;
    break;
  }
  co_await sys.close(fd);
  co_return result;
}

Co<std::string> plug_in(Sys sys, ContainerId number, Endpoint endpoint, std::int64_t pid,
                        bool first) {
  const Network* found = find_network(sys.world(), endpoint.network);
  if (found == nullptr || !has_bridge(*found)) co_return std::string();
  const bool resolves = resolves_names(*found);
  auto outside = netlink_all(sys, host_side(endpoint, found->bridge));
  std::int64_t done = co_await outside;
  if (done < 0) co_return failed(endpoint, done);
  const std::string path = "/proc/" + decimal(pid) + "/ns/net";
  const std::int64_t ns = co_await sys.open(path, abi::o::kCloexec);
  if (ns < 0) co_return failed(endpoint, ns);
  const NetlinkMessage move = {{"nlmsg_type", Arg::bytes("RTM_SETLINK")},
                               {"ifname", Arg::bytes(far_name(endpoint))},
                               {"net_ns_fd", Arg::integer(ns)}};
  auto moving = netlink_all(sys, {move});
  done = co_await moving;
  const bool starts = resolves && sys.shared<DaemonState>().live[number.value].resolver_stop < 0;
  std::int64_t resolver_fd = -1;
  const std::string name = next_name(sys.world(), pid);
  auto going =
      inside(sys, ns, container_side(endpoint, name, first), starts ? &resolver_fd : nullptr);
  done = co_await going;
  co_await sys.close(ns);
  if (starts && resolver_fd >= 0) {
    auto starting = start_resolver(sys, number, resolver_fd);
    co_await starting;
  }
  co_return done < 0 ? failed(endpoint, done) : std::string();
}

Co<int> unplug(Sys sys, ContainerId number, Endpoint endpoint, bool stays) {
  if (!endpoint.host_link.empty()) {
    // Gone already when its namespace ended first.
    auto deleting = netlink_all(sys, {{{"nlmsg_type", Arg::bytes("RTM_DELLINK")},
                                       {"ifname", Arg::bytes(endpoint.host_link)}}});
    co_await deleting;
  }
  sys.emit(NetworkDisconnected{endpoint.network, stays});
  auto telling = tell_network(sys, "disconnect", endpoint.network, number);
  co_return co_await telling;
}

Co<std::string> connect_networks(Sys sys, ContainerId number, std::int64_t pid) {
  sys.step("net.connect");
  const Container* container = sys.world().containers.find(number);
  if (container == nullptr) co_return std::string("no such container");
  const std::vector<Endpoint> endpoints = container->endpoints;
  bool first = true;
  for (const Endpoint& endpoint : endpoints) {
    auto plugging = plug_in(sys, number, endpoint, pid, first);
    const std::string wrong = co_await plugging;
    if (!wrong.empty()) co_return wrong;
    first = false;
  }
  co_return std::string();
}

Co<std::int64_t> make_bridge(Sys sys, Network network) {
  const std::string prefix = network.subnet.substr(network.subnet.find('/'));
  const std::string others = "!" + network.bridge;
  std::vector<NetlinkMessage> messages = {{{"nlmsg_type", Arg::bytes("RTM_NEWLINK")},
                                           {"ifname", Arg::bytes(network.bridge)},
                                           {"kind", Arg::bytes("bridge")}},
                                          {{"nlmsg_type", Arg::bytes("RTM_NEWADDR")},
                                           {"ifname", Arg::bytes(network.bridge)},
                                           {"local", Arg::bytes(network.gateway + prefix)}},
                                          set_up(network.bridge),
                                          {{"nlmsg_type", Arg::bytes("NFT_MSG_NEWRULE")},
                                           {"chain", Arg::bytes("FORWARD")},
                                           {"daddr", Arg::bytes(network.subnet)},
                                           {"iif", Arg::bytes(others)},
                                           {"oif", Arg::bytes(network.bridge)},
                                           {"action", Arg::bytes("DROP")}}};
  const NetlinkMessage way_out = network.internal
                                     ? NetlinkMessage{{"nlmsg_type", Arg::bytes("NFT_MSG_NEWRULE")},
                                                      {"chain", Arg::bytes("FORWARD")},
                                                      {"iif", Arg::bytes(network.bridge)},
                                                      {"oif", Arg::bytes(others)},
                                                      {"action", Arg::bytes("DROP")}}
                                     : NetlinkMessage{{"nlmsg_type", Arg::bytes("NFT_MSG_NEWRULE")},
                                                      {"chain", Arg::bytes("POSTROUTING")},
                                                      {"saddr", Arg::bytes(network.subnet)},
                                                      {"oif", Arg::bytes(others)},
                                                      {"action", Arg::bytes("MASQUERADE")}};
  messages.push_back(way_out);
  auto asking = netlink_all(sys, messages);
  co_return co_await asking;
}

Co<std::int64_t> remove_bridge(Sys sys, Network network) {
  const Namespace* net =
      sys.world().namespaces.find(sys.world().tasks.at(sys.self()).in(NsKind::Net));
  std::vector<NetlinkMessage> messages;
  const std::vector<PacketRule> rules = net == nullptr ? std::vector<PacketRule>{} : net->rules;
  for (const PacketRule& rule : rules) {
    const std::string others = "!" + network.bridge;
    const bool ours = rule.in == network.bridge || rule.out == network.bridge ||
                      rule.in == others || rule.out == others;
    if (!ours) continue;
    messages.push_back({{"nlmsg_type", Arg::bytes("NFT_MSG_DELRULE")},
                        {"chain", Arg::bytes(rule.chain)},
                        {"saddr", Arg::bytes(rule.source)},
                        {"daddr", Arg::bytes(rule.destination)},
                        {"iif", Arg::bytes(rule.in)},
                        {"oif", Arg::bytes(rule.out)},
                        {"action", Arg::bytes(rule.action)}});
  }
  messages.push_back(
      {{"nlmsg_type", Arg::bytes("RTM_DELLINK")}, {"ifname", Arg::bytes(network.bridge)}});
  auto asking = netlink_all(sys, messages);
  co_return co_await asking;
}

}  // namespace cutaway::sim
