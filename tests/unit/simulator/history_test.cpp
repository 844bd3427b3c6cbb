// A simulation's trace is its history: replayed, sought, written and read again it tells the same.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "trace/log/cut.h"
#include "trace/log/jsonl.h"
#include "trace/world/invariants.h"

namespace cutaway::test {
namespace {

const Trace& run_echo() {
  static const Outcome outcome = run_docker({"run busybox echo hi there"});
  return outcome.simulator->trace();
}

TEST(History, EveryWorldOnTheWayIsSound) {
  World world;
  for (std::size_t n = 0; n < run_echo().size(); ++n) {
    evolve(world, run_echo().event(n));
    if (run_echo().record(n).sys == 0xffff) continue;  // between calls, when effects are complete
    const auto broken = broken_invariants(world);
    ASSERT_TRUE(broken.empty()) << "after event " << n << ": " << broken.front();
  }
  EXPECT_TRUE(world == run_echo().head());
}

TEST(History, SeekIsReplay) {
  World world;
  for (std::size_t n = 0; n < run_echo().size(); ++n) {
    if (n % 97 == 0 || n + 1 == run_echo().size()) {
      ASSERT_TRUE(run_echo().world_at(n) == world) << n;
    }
    evolve(world, run_echo().event(n));
  }
}

TEST(History, TimeNeverGoesBack) {
  for (std::size_t n = 1; n < run_echo().size(); ++n) {
    ASSERT_LE(run_echo().record(n - 1).t, run_echo().record(n).t) << n;
  }
}

TEST(History, SameSeedSameBytesOtherSeedOtherIds) {
  const Outcome again = run_docker({"run busybox echo hi there"});
  const Outcome other = run_docker({"run busybox echo hi there"}, 2);
  EXPECT_EQ(to_jsonl(run_echo()), to_jsonl(again.simulator->trace()));
  EXPECT_NE(to_jsonl(run_echo()), to_jsonl(other.simulator->trace()));
}

TEST(History, JsonLinesRoundTrip) {
  const std::string text = to_jsonl(run_echo());
  const auto read = from_jsonl("run-echo.jsonl", text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(to_jsonl(*read), text);
  EXPECT_TRUE(read->head() == run_echo().head());
}

TEST(History, CutRoundTrip) {
  const auto read = from_cut("run-echo.cut", to_cut(run_echo()));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_TRUE(read->head() == run_echo().head());
  EXPECT_EQ(to_jsonl(*read), to_jsonl(run_echo()));
}

TEST(History, WorldsCopyInConstantTimeAndStayThemselves) {
  const World before = run_echo().world_at(run_echo().size() / 2);
  World copy = before;
  for (std::size_t n = run_echo().size() / 2; n < run_echo().size(); ++n)
    evolve(copy, run_echo().event(n));
  EXPECT_TRUE(before == run_echo().world_at(run_echo().size() / 2));
  EXPECT_TRUE(copy == run_echo().head());
}

}  // namespace
}  // namespace cutaway::test
