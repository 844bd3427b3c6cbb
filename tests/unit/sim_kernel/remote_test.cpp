// The Internet port: latency, bandwidth, answers without content, breaks; network namespaces.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

Program downloads(Sys sys, State) {
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "hub.lab:443");
  note("connect", ret);
  note("ms", sys.now() / 1'000'000);
  co_await sys.write(fd, "GET layer");
  ret = co_await sys.read(fd, 4);
  note("head", ret);
  notes().push_back(sys.reply().data);
  note("ms", sys.now() / 1'000'000);
  std::int64_t total = 0;
  for (;;) {
    ret = co_await sys.read(fd, 65536);
    if (ret <= 0) break;
    total += ret;
  }
  note("rest", total);
  note("end", ret);
  note("ms", sys.now() / 1'000'000);
  co_return 0;
}

TEST(Remote, LatencyAndBandwidth) {
  Lab lab;
  lab.internet.answer = RemoteAnswer{"HEAD", 1'000'000, 30'000'000, 10'000'000, false};
  lab.run(downloads);
  EXPECT_EQ(lab.notes, (Notes{"connect=0", "ms=20", "head=4", "HEAD", "ms=50", "rest=999996",
                              "end=0", "ms=150"}));
  EXPECT_EQ(lab.internet.asked, std::vector<std::string>{"GET layer"});
}

TEST(Remote, ABreakIsAReset) {
  Lab lab;
  lab.internet.answer = RemoteAnswer{"HEAD", 100, 1'000'000, 0, true};
  lab.run(downloads);
  EXPECT_EQ(lab.notes.at(6), "end=ECONNRESET");
}

Program tries(Sys sys, State state) {
  if (!state.argv.empty()) co_await sys.unshare(abi::clone::kNewNet);
  const std::int64_t fd = co_await sys.socket("AF_INET", "SOCK_STREAM");
  std::int64_t ret = co_await sys.connect(fd, "hub.lab:443");
  note("hub", ret);
  ret = co_await sys.connect(fd, "127.0.0.1:80");
  note("lo", ret);
  co_return 0;
}

TEST(Remote, Refusals) {
  Lab lab;
  lab.internet.outcome = abi::Errno::kETIMEDOUT;
  lab.run(tries);
  EXPECT_EQ(lab.notes, (Notes{"hub=ETIMEDOUT", "lo=ECONNREFUSED"}));
}

TEST(Remote, AFreshNetworkNamespaceReachesNothing) {  // NET-02
  Lab lab;
  State state;
  state.argv = {"unshare"};
  lab.run(tries, state);
  EXPECT_EQ(lab.notes, (Notes{"hub=ENETUNREACH", "lo=ENETUNREACH"}));
}

}  // namespace
}  // namespace cutaway::sim
