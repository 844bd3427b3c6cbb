// Networks of the simulated docker: addresses, names, ports, and what docker says of them.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "trace/event/kind.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

std::size_t count(const Outcome& outcome, std::string_view kind, std::string_view op) {
  const Trace& trace = outcome.simulator->trace();
  std::size_t found = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const KindOp each = kind_of(trace.event(static_cast<EventIndex>(n)).body);
    found += each.kind == kind && each.op == op ? 1 : 0;
  }
  return found;
}

const Namespace& host_net(const Outcome& outcome) {
  const World& world = outcome.simulator->trace().head();
  return world.namespaces.at(task_by_pid(world, 1)->in(NsKind::Net));
}

void expect_whole(const Outcome& outcome) {
  const auto broken = broken_invariants(outcome.simulator->trace().head());
  EXPECT_TRUE(broken.empty()) << broken.front();
}

TEST(Networks, EndLeavesTheHostAsItWas) {
  const Outcome outcome = run_docker({"network create mynet", "run -d --name web -p 8080:80 nginx",
                                      "run -d --name job --network mynet busybox sleep 1000",
                                      "rm -f web job", "network rm mynet"});
  EXPECT_EQ(outcome.last().exit, 0) << outcome.last().stderr_text;
  const Outcome before = run_docker({"version"});
  EXPECT_EQ(host_net(outcome).links.size(), host_net(before).links.size());
  EXPECT_EQ(host_net(outcome).rules.size(), host_net(before).rules.size());
  EXPECT_EQ(host_net(outcome).routes.size(), host_net(before).routes.size());
  EXPECT_EQ(outcome.simulator->trace().head().engine->networks.size(), 3U);
  expect_whole(outcome);
}

TEST(Networks, AddressesAreTheLowestFreeOnes) {
  const char* address = "inspect -f '{{.NetworkSettings.IPAddress}}' ";
  const Outcome outcome =
      run_docker({"run -d --name aa busybox sleep 1000", "run -d --name bb busybox sleep 1000",
                  address + std::string("bb"), "rm -f aa", "run -d --name cc busybox sleep 1000",
                  address + std::string("cc")});
  EXPECT_EQ(outcome.commands[2].stdout_text, "172.17.0.3\n");
  EXPECT_EQ(outcome.commands[5].stdout_text, "172.17.0.2\n");
  expect_whole(outcome);
}

TEST(Networks, EventsComeInDockersOrder) {
  const Outcome outcome =
      run_docker({"run -d --name ev busybox sleep 60", "stop -t 1 ev", "rm ev",
                  "events --since 0 --until 60 --format '{{.Type}}:{{.Action}}'"});
  EXPECT_EQ(outcome.last().stdout_text,
            "image:pull\ncontainer:create\nnetwork:connect\ncontainer:start\ncontainer:kill\n"
            "container:kill\ncontainer:die\nnetwork:disconnect\ncontainer:stop\n"
            "container:destroy\n")
      << "SIG-09";
}

TEST(Networks, ThePacketsTellTheirWay) {
  const Outcome outcome = run_docker(
      {"run -d --name web nginx", "run --name job busybox wget -q -O- http://172.17.0.2/"});
  EXPECT_EQ(outcome.last().exit, 0) << outcome.last().stderr_text;
  const Trace& trace = outcome.simulator->trace();
  std::string ways;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(static_cast<EventIndex>(n));
    const auto* sent = std::get_if<NetSent>(&event.body);
    if (sent == nullptr || sent->protocol != "tcp" || sent->to_ns == NsId{}) continue;
    ways += sent->why + ":";
    for (const NetHop& hop : sent->via) ways += " " + hop.link.substr(0, 4);
    ways += "\n";
  }
  EXPECT_EQ(ways,
            "SYN: eth0 veth dock veth eth0\ndata: eth0 veth dock veth eth0\n"
            "data: eth0 veth dock veth eth0\n");
}

TEST(Networks, CommandsSayWhatDockerSays) {
  const Outcome outcome = run_docker(
      {"network ls", "network create mynet", "network create mynet", "network rm bridge",
       "network rm nosuch", "run --rm --network nosuch busybox true",
       "run -d --name aa --network mynet busybox sleep 1000", "network connect mynet aa",
       "network disconnect bridge aa", "network inspect -f '{{.Name}} {{.Driver}}' mynet bridge",
       "network inspect nosuch", "network prune --force", "network connect nosuch aa"});
  const auto& all = outcome.commands;
  EXPECT_NE(all[0].stdout_text.find("NAME      DRIVER    SCOPE\n"), std::string::npos);
  EXPECT_NE(all[0].stdout_text.find("   none      null      local\n"), std::string::npos);
  EXPECT_EQ(all[1].stdout_text.size(), 65U);
  EXPECT_EQ(all[2].stderr_text,
            "Error response from daemon: network with name mynet already exists\n");
  EXPECT_EQ(all[3].stderr_text,
            "Error response from daemon: bridge is a pre-defined network and cannot be removed\n");
  EXPECT_EQ(all[4].stderr_text, "Error response from daemon: network nosuch not found\n");
  EXPECT_EQ(all[5].exit, 125);
  EXPECT_NE(all[5].stderr_text.find("network nosuch not found"), std::string::npos);
  EXPECT_NE(all[7].stderr_text.find("endpoint with name aa already exists in network mynet"),
            std::string::npos);
  EXPECT_NE(all[8].stderr_text.find("is not connected to network bridge"), std::string::npos);
  EXPECT_EQ(all[9].stdout_text, "mynet bridge\nbridge bridge\n");
  EXPECT_EQ(all[10].stdout_text, "[]\n");
  EXPECT_EQ(all[10].exit, 1);
  EXPECT_EQ(all[11].stdout_text, "") << "a container is on it";
  EXPECT_EQ(all[12].exit, 1);
}

TEST(Networks, FiltersChooseAndUnknownOnesAreRefused) {
  const auto names = [](const std::string& filter) {
    return "network ls --format '{{.Name}}' --filter " + filter;
  };
  const Outcome outcome = run_docker(
      {"network create --label team=red mynet", "network create idle",
       "run -d --network mynet busybox sleep 1000", names("type=custom"), names("label=team=red"),
       names("dangling=true"), names("scope=local"), names("driver=null"), names("colour=red"),
       "volume ls --filter colour=red", names("label=team=red --filter label=rank")});
  const auto& all = outcome.commands;
  EXPECT_EQ(all[3].stdout_text, "idle\nmynet\n");
  EXPECT_EQ(all[4].stdout_text, "mynet\n");
  EXPECT_EQ(all[5].stdout_text, "idle\n");
  EXPECT_EQ(all[6].stdout_text, "bridge\nhost\nidle\nmynet\nnone\n");
  EXPECT_EQ(all[7].stdout_text, "none\n");
  EXPECT_EQ(all[10].stdout_text, "") << "all labels are wanted";
  for (const std::size_t refused : {8U, 9U}) {
    EXPECT_EQ(all[refused].stderr_text, "Error response from daemon: invalid filter 'colour'\n");
    EXPECT_EQ(all[refused].exit, 1);
  }
}

TEST(Networks, PruneRemovesWhatNobodyIsOn) {
  const Outcome outcome =
      run_docker({"network create one", "network create two",
                  "run -d --network two busybox sleep 1000", "network prune --force"});
  EXPECT_EQ(outcome.last().stdout_text, "Deleted Networks:\none\n\n");
  EXPECT_EQ(count(outcome, "network", "removed"), 1U);
}

TEST(Networks, SystemPruneRemovesThemToo) {
  const Outcome outcome = run_docker(
      {"network create one", "system prune --force", "network rm -f one", "network rm one"});
  EXPECT_EQ(outcome.commands[1].stdout_text,
            "Deleted Networks:\none\n\nTotal reclaimed space: 0B\n");
  EXPECT_EQ(outcome.commands[2].exit, 0);
  EXPECT_EQ(outcome.commands[3].exit, 1);
}

TEST(Networks, WhatIsNotBuiltIsRefusedBeforeItRuns) {
  for (const char* line : {"network create -d overlay far", "network prune --filter until=1h",
                           "run --network one --network two busybox"}) {
    sim::Simulator simulator{sim::SimulatorOptions{}};
    SideCommand command;
    ASSERT_TRUE(split_shell_words(line, command.words));
    const auto refused = simulator.submit(command);
    ASSERT_FALSE(refused.has_value()) << line;
    EXPECT_EQ(refused.error().code, ErrorCode::NotYet) << line;
  }
}

TEST(Networks, PublishAllChoosesPorts) {
  const Outcome outcome =
      run_docker({"run -d --name web -P nginx", "port web", "port web 80", "port web 81", "ps"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "80/tcp -> 0.0.0.0:32768\n");
  EXPECT_EQ(outcome.commands[2].stdout_text, "0.0.0.0:32768\n");
  EXPECT_EQ(outcome.commands[3].stderr_text, "no public port '81/tcp' published for web\n");
  EXPECT_NE(outcome.commands[4].stdout_text.find("0.0.0.0:32768->80/tcp"), std::string::npos);
}

TEST(Networks, AnExposedPortIsShownAndNotPublished) {
  const Outcome outcome = run_docker({"run -d --name redis redis", "ps", "port redis"});
  EXPECT_NE(outcome.commands[1].stdout_text.find("   6379/tcp   redis\n"), std::string::npos)
      << outcome.commands[1].stdout_text;
  EXPECT_EQ(outcome.commands[2].stdout_text, "");
}

TEST(Networks, NetstatReadsTheNamespacesOwnSockets) {
  const Outcome outcome =
      run_docker({"run -d --name web busybox httpd -f -p 80", "exec web netstat -ltn",
                  "run --rm busybox netstat -ltn", "run --rm busybox cat /proc/net/route"});
  const std::string title =
      "Active Internet connections (only servers)\n"
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State       \n";
  EXPECT_EQ(outcome.commands[1].stdout_text,
            title +
                "tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      "
                "\n");
  EXPECT_EQ(outcome.commands[2].stdout_text, title);
  EXPECT_NE(outcome.commands[3].stdout_text.find("eth0\t00000000\t010011AC\t0003\t"),
            std::string::npos)
      << outcome.commands[3].stdout_text;
}

// As measured: busybox 1.35, in a network namespace of its own.
TEST(Networks, IpSaysWhatBusyboxSays) {
  const Outcome outcome = run_docker(
      {"run --rm --network none --cap-add NET_ADMIN busybox sh -c 'ip link add v0 type veth peer "
       "name v1; ip addr add 10.9.0.1/24 dev v0; ip link set v0 up; ip link set v1 up; ip -4 -o "
       "addr show v0 | cut -c1-20; ip link | grep -o v0@v1; ip route; ip addr add 10.9.0.1/24 dev "
       "v0; echo $?; ip link set nosuch up; echo $?; ip link show nosuch; echo $?; ip link del v1; "
       "ip -o link | wc -l'",
       "run --rm busybox ip link set eth0 down"});
  EXPECT_EQ(
      outcome.commands[0].stdout_text,
      "3: v0    inet 10.9.0\nv0@v1\n10.9.0.0/24 dev v0 scope link  src 10.9.0.1 \n2\n2\n2\n1\n")
      << outcome.commands[0].stderr_text;
  EXPECT_EQ(outcome.commands[0].stderr_text.substr(outcome.commands[0].stderr_text.find("ip:")),
            "ip: RTNETLINK answers: File exists\nip: SIOCGIFFLAGS: No such device\n"
            "ip: can't find device 'nosuch'\n");
  EXPECT_NE(outcome.commands[1].stderr_text.find("ip: SIOCSIFFLAGS: Operation not permitted"),
            std::string::npos);
}

TEST(Networks, AFailedStartGivesItsPortsBack) {
  const Outcome outcome =
      run_docker({"run --name bad -p 8080:80 busybox nosuch", "run -d -p 8080:80 nginx", "rm bad"});
  EXPECT_EQ(outcome.commands[0].exit, 127);
  EXPECT_EQ(outcome.commands[1].exit, 0) << outcome.commands[1].stderr_text;
  EXPECT_EQ(outcome.commands[2].exit, 0);
  expect_whole(outcome);
}

TEST(Networks, ARestartPlugsTheCableInAgain) {
  const Outcome outcome =
      run_docker({"network create mynet", "run -d --name web --network mynet nginx",
                  "restart -t 0 web", "run --rm --network mynet busybox wget -q -O- http://web/"});
  EXPECT_EQ(outcome.last().exit, 0) << outcome.last().stderr_text;
  expect_whole(outcome);
}

}  // namespace
}  // namespace cutaway::test
