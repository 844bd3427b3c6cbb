// Network namespaces, as measured (facts NET-01, NET-02, NET-04): ip(7), netlink(7), veth(4).
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/sim_kernel/lab.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

using Message = std::vector<std::pair<std::string, Arg>>;

Arg text(const std::string& value) { return Arg::bytes(value); }

Co<std::int64_t> request(Sys sys, Message message) {
  const std::int64_t fd = co_await sys.socket("AF_NETLINK", "SOCK_RAW");
  const std::int64_t ret = co_await sys.netlink(fd, message);
  co_await sys.close(fd);
  co_return ret;
}
Co<std::string> dump(Sys sys, std::string type) {
  const Message message = {{"nlmsg_type", text(type)}};
  const std::int64_t fd = co_await sys.socket("AF_NETLINK", "SOCK_RAW");
  co_await sys.netlink(fd, message);
  co_await sys.recvfrom(fd, 32768);
  const std::string rows = sys.reply().data;
  co_await sys.close(fd);
  co_return rows;
}
Message set_up(const std::string& link) {
  return {{"nlmsg_type", text("RTM_SETLINK")}, {"ifname", text(link)}, {"up", Arg::integer(1)}};
}

Co<int> try_both(Sys sys, std::string when) {
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "127.0.0.1:80");
  note(when + " lo", ret);
  ret = co_await sys.connect(fd, "93.184.216.34:80");
  note(when + " out", ret);
  co_return 0;
}

Program fresh(Sys sys, State) {
  co_await sys.unshare(abi::clone::kNewNet);
  auto links = dump(sys, "RTM_GETLINK");
  std::string shown = co_await links;
  notes().push_back(shown);
  auto addresses = dump(sys, "RTM_GETADDR");
  shown = co_await addresses;
  notes().push_back("addresses: " + shown);
  auto routes = dump(sys, "RTM_GETROUTE");
  shown = co_await routes;
  notes().push_back("routes: " + shown);
  auto down = try_both(sys, "down");
  co_await down;
  auto raising = request(sys, set_up("lo"));
  co_await raising;
  auto up = try_both(sys, "up");
  co_await up;
  co_return 0;
}

TEST(Network, AFreshNamespaceHasOnlyLoAndThatIsDown) {
  Lab lab;
  lab.run(fresh);
  EXPECT_EQ(lab.notes, (Notes{"1\tlo\tloopback\tdown\t\t\t\n",
                              "addresses: ", "routes: ", "down lo=ENETUNREACH",
                              "down out=ENETUNREACH", "up lo=ECONNREFUSED", "up out=ENETUNREACH"}))
      << "NET-01, NET-02";
}

// Two pipes by which the two sides wait for each other: {read, write} of each.
using Pipes = std::vector<std::int64_t>;

Program far_side(Sys sys, State state) {
  const Pipes pipes = std::any_cast<Pipes>(state.more);
  co_await sys.unshare(abi::clone::kNewNet);
  co_await sys.write(pipes[1], "x");
  co_await sys.read(pipes[2], 1);
  auto addressing = request(sys, {{"nlmsg_type", text("RTM_NEWADDR")},
                                  {"ifname", text("v1")},
                                  {"local", text("10.9.0.2/24")}});
  co_await addressing;
  auto raising = request(sys, set_up("v1"));
  co_await raising;
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  std::int64_t ret = co_await sys.bind(fd, "10.9.0.2:80");
  note("bind", ret);
  ret = co_await sys.bind(fd, "10.9.0.2:80");
  note("twice", ret);
  co_await sys.listen(fd);
  co_await sys.write(pipes[1], "x");
  const std::int64_t peer = co_await sys.accept(fd);
  if (!sys.reply().texts.empty())
    notes().push_back("from " + sys.reply().texts.front().substr(0, 9));
  co_await sys.read(peer, 100);
  notes().push_back("got " + sys.reply().data);
  co_return 0;
}

Program near_side(Sys sys, State) {
  co_await sys.unshare(abi::clone::kNewNet);
  Pipes pipes;
  for (int i = 0; i < 2; ++i) {
    co_await sys.pipe2(0);
    pipes.insert(pipes.end(), sys.reply().out.begin(), sys.reply().out.end());
  }
  State state;
  state.more = pipes;
  const std::int64_t child = co_await sys.clone(kChld, far_side, state);
  co_await sys.read(pipes[0], 1);
  auto making = request(sys, {{"nlmsg_type", text("RTM_NEWLINK")},
                              {"ifname", text("v0")},
                              {"kind", text("veth")},
                              {"peer", text("v1")}});
  std::int64_t done = co_await making;
  note("add", done > 0 ? 0 : done);
  const std::string path = "/proc/" + decimal(child) + "/ns/net";
  const std::int64_t ns = co_await sys.open(path, 0);
  auto moving = request(sys, {{"nlmsg_type", text("RTM_SETLINK")},
                              {"ifname", text("v1")},
                              {"net_ns_fd", Arg::integer(ns)}});
  done = co_await moving;
  note("move", done > 0 ? 0 : done);
  co_await sys.close(ns);
  auto addressing = request(sys, {{"nlmsg_type", text("RTM_NEWADDR")},
                                  {"ifname", text("v0")},
                                  {"local", text("10.9.0.1/24")}});
  co_await addressing;
  auto raising = request(sys, set_up("v0"));
  co_await raising;
  co_await sys.write(pipes[3], "x");
  co_await sys.read(pipes[0], 1);
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "10.9.0.2:81");
  note("closed port", ret);
  ret = co_await sys.connect(fd, "10.9.0.2:80");
  note("connect", ret);
  co_await sys.write(fd, "hello");
  co_await sys.wait4(-1, 0);
  auto links = dump(sys, "RTM_GETLINK");
  const std::string shown = co_await links;
  notes().push_back(shown);
  co_return 0;
}

TEST(Network, AVethPairIsACableThatGoesWithItsNamespace) {
  Lab lab;
  lab.run(near_side);
  EXPECT_EQ(lab.notes,
            (Notes{"add=0", "move=0", "bind=0", "twice=EINVAL", "closed port=ECONNREFUSED",
                   "connect=0", "from 10.9.0.1:", "got hello", "1\tlo\tloopback\tdown\t\t\t\n"}))
      << "NET-04";
  EXPECT_EQ(lab.count("net", "link_removed"), 3U) << "moved; its end; the other end";
}

Program datagrams(Sys sys, State) {
  const std::int64_t server = co_await sys.socket("AF_INET", "SOCK_DGRAM");
  co_await sys.bind(server, "127.0.0.1:5353");
  const std::int64_t client = co_await sys.socket("AF_INET", "SOCK_DGRAM");
  std::int64_t ret = co_await sys.sendto(client, "one", "127.0.0.1:5353");
  note("sendto", ret);
  ret = co_await sys.sendto(client, "second", "127.0.0.1:5353");
  ret = co_await sys.recvfrom(server, 100);
  note("first", ret);
  const std::string from = sys.reply().texts.at(0);
  ret = co_await sys.recvfrom(server, 3);
  notes().push_back(sys.reply().data);
  ret = co_await sys.sendto(server, "back", from);
  ret = co_await sys.recvfrom(client, 100);
  notes().push_back(sys.reply().data + " " + sys.reply().texts.at(0));
  ret = co_await sys.recvfrom(client, 100, 0x40);
  note("empty", ret);
  const std::int64_t other = co_await sys.socket("AF_INET", "SOCK_DGRAM");
  ret = co_await sys.bind(other, "0.0.0.0:5353");
  note("taken", ret);
  ret = co_await sys.bind(other, "10.1.1.1:80");
  note("not ours", ret);
  co_return 0;
}

TEST(Network, MessagesStayApart) {
  Lab lab;
  lab.run(datagrams);
  EXPECT_EQ(lab.notes, (Notes{"sendto=3", "first=3", "sec", "back 127.0.0.1:5353", "empty=EAGAIN",
                              "taken=EADDRINUSE", "not ours=EADDRNOTAVAIL"}));
}

Program without_rights(Sys sys, State) {
  const std::vector<Arg> nobody = {Arg::integer(1000)};
  co_await sys.call(abi::Sys::setuid, nobody);
  std::int64_t ret = co_await sys.socket("AF_INET", "SOCK_RAW");
  note("raw", ret);
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  ret = co_await sys.bind(fd, "0.0.0.0:80");
  note("low port", ret);
  auto raising = request(sys, set_up("lo"));
  ret = co_await raising;
  note("link", ret);
  auto links = dump(sys, "RTM_GETLINK");
  const std::string shown = co_await links;
  note("look", shown.empty() ? 1 : 0);
  co_return 0;
}

TEST(Network, ChangesNeedCapabilities) {
  Lab lab;
  lab.run(without_rights);
  EXPECT_EQ(lab.notes, (Notes{"raw=EPERM", "low port=EACCES", "link=EPERM", "look=0"}));
}

}  // namespace
}  // namespace cutaway::sim
