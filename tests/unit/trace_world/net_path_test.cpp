// Ways of packets through a host with a bridge, two containers on it and one on another bridge.
#include "trace/world/net_path.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace cutaway {
namespace {

Interface link_of(std::int32_t index, const char* name, const char* type, const char* address) {
  Interface link;
  link.index = index;
  link.name = name;
  link.type = type;
  link.up = true;
  if (*address != '\0') link.addresses.emplace_back(address);
  return link;
}

Namespace net_of(std::uint32_t id) {
  Namespace net;
  net.id = NsId(id);
  net.type = NsKind::Net;
  net.links.push_back(link_of(1, "lo", "loopback", "127.0.0.1/8"));
  return net;
}

constexpr std::uint32_t kHost = 1, kWeb = 2, kJob = 3, kOther = 4;

// A port of the bridge `master` on the host, and eth0 behind it.
void plug(Namespace& host, Namespace& container, std::int32_t index, std::int32_t master,
          const char* address, const char* gateway) {
  Interface port = link_of(index + 1, "", "veth", "");
  port.name = "veth" + decimal(index);
  port.master = master;
  port.peer = index;
  port.peer_ns = container.id;
  Interface end = link_of(index, "eth0", "veth", address);
  end.peer = index + 1;
  end.peer_ns = host.id;
  host.links.push_back(port);
  container.links.push_back(end);
  container.routes = {Route{"0.0.0.0/0", gateway, "eth0", ""}};
}

World lab() {
  World world;
  Namespace host = net_of(kHost), web = net_of(kWeb), job = net_of(kJob), other = net_of(kOther);
  host.links.push_back(link_of(2, "eth0", "ether", "10.0.0.5/24"));
  host.links.push_back(link_of(3, "docker0", "bridge", "172.17.0.1/16"));
  host.links.push_back(link_of(4, "br-other", "bridge", "172.18.0.1/16"));
  host.routes = {Route{"0.0.0.0/0", "10.0.0.1", "eth0", ""}};
  host.rules = {{"DOCKER", "tcp", "", "", 8080, "", "", "DNAT", "172.17.0.2:80"},
                {"POSTROUTING", "", "172.17.0.0/16", "", 0, "", "!docker0", "MASQUERADE", ""},
                {"FORWARD", "", "", "172.17.0.0/16", 0, "!docker0", "docker0", "DROP", ""}};
  plug(host, web, 10, 3, "172.17.0.2/16", "172.17.0.1");
  plug(host, job, 12, 3, "172.17.0.3/16", "172.17.0.1");
  plug(host, other, 14, 4, "172.18.0.2/16", "172.18.0.1");
  for (const Namespace& net : {host, web, job, other}) world.namespaces.put(net.id, net);
  return world;
}

std::string shown(const NetPath& path) {
  std::string text;
  for (const NetHop& hop : path.via)
    text += (text.empty() ? "" : " ") + decimal(hop.ns.value) + ":" + hop.link;
  if (path.err != abi::Errno::kOk) return std::string(abi::errno_name(path.err));
  if (!path.dropped.empty()) return text + " dropped";
  return text + (path.outside ? " out" : " -> " + joined_address(path.host, path.port)) + " as " +
         path.source;
}

std::string way(std::uint32_t from, const char* host, std::int64_t port = 80) {
  const World world = lab();
  return shown(net_path(world, NsId(from), Packet{"tcp", host, port, ""}));
}

TEST(NetPath, StaysAtHome) {
  EXPECT_EQ(way(kWeb, "127.0.0.1"), "2:lo -> 127.0.0.1:80 as 127.0.0.1");
  EXPECT_EQ(way(kWeb, "172.17.0.2"), "2:lo -> 172.17.0.2:80 as 172.17.0.2");
  EXPECT_EQ(way(kWeb, "0.0.0.0"), "2:lo -> 127.0.0.1:80 as 127.0.0.1");
}

TEST(NetPath, OverTheBridge) {
  EXPECT_EQ(way(kWeb, "172.17.0.3"),
            "2:eth0 1:veth10 1:docker0 1:veth12 3:eth0 -> 172.17.0.3:80 as 172.17.0.2");
  EXPECT_EQ(way(kWeb, "172.17.0.1"), "2:eth0 1:veth10 1:docker0 -> 172.17.0.1:80 as 172.17.0.2");
  EXPECT_EQ(way(kHost, "172.17.0.2"), "1:docker0 1:veth10 2:eth0 -> 172.17.0.2:80 as 172.17.0.1");
  EXPECT_EQ(way(kWeb, "172.17.0.9"), "EHOSTUNREACH");
}

TEST(NetPath, OutByTheHostsAddress) {
  EXPECT_EQ(way(kWeb, "93.184.216.34"), "2:eth0 1:veth10 1:docker0 1:eth0 out as 10.0.0.5");
  EXPECT_EQ(way(kHost, "registry-1.docker.io", 443), "1:eth0 out as 10.0.0.5");
}

TEST(NetPath, APublishedPortLeadsToTheContainer) {
  EXPECT_EQ(way(kHost, "127.0.0.1", 8080),
            "1:docker0 1:veth10 2:eth0 -> 172.17.0.2:80 as 172.17.0.1");
  EXPECT_EQ(way(kHost, "10.0.0.5", 8080),
            "1:docker0 1:veth10 2:eth0 -> 172.17.0.2:80 as 172.17.0.1");
  EXPECT_EQ(way(kOther, "172.18.0.1", 8080),
            "4:eth0 1:veth14 1:br-other 1:docker0 1:veth10 2:eth0 -> 172.17.0.2:80 as 172.18.0.2");
}

TEST(NetPath, NetworksAreKeptApart) {
  EXPECT_EQ(way(kOther, "172.17.0.2"), "4:eth0 1:veth14 1:br-other dropped");
}

TEST(NetPath, WhatIsDownLeadsNowhere) {
  World world = lab();
  world.namespaces.mutate(NsId(kWeb)).links.back().up = false;
  const Packet out{"tcp", "172.17.0.3", 80, ""};
  EXPECT_EQ(shown(net_path(world, NsId(kWeb), out)), "ENETUNREACH");
  EXPECT_EQ(shown(net_path(world, NsId(kJob), Packet{"tcp", "172.17.0.2", 80, ""})),
            "EHOSTUNREACH");
  world.namespaces.mutate(NsId(kWeb)).links.front().up = false;
  EXPECT_EQ(shown(net_path(world, NsId(kWeb), Packet{"tcp", "127.0.0.1", 80, ""})), "ENETUNREACH");
}

}  // namespace
}  // namespace cutaway
