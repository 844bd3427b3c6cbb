// The same run again, up to a moment, and then another command: the past is the same, event by
// event.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "sim/simulator.h"
#include "trace/log/jsonl.h"

namespace cutaway::sim {
namespace {

std::vector<std::string> lines_of(const Trace& trace) { return split(to_jsonl(trace), '\n'); }

Trace whole_run() {
  Simulator simulator({});
  const auto index = simulator.submit(test::docker_command("run -d --name web busybox sleep 60"));
  EXPECT_TRUE(index && simulator.run_until_done(*index));
  const auto second = simulator.submit(test::docker_command("ps"));
  EXPECT_TRUE(second && simulator.run_until_done(*second));
  return simulator.take_trace();
}

/// Paused in the middle of the first command, then another second one.
Trace forked_at(std::size_t position, bool& stood) {
  SimulatorOptions options;
  options.pause_at = position;
  Simulator simulator(options);
  const auto index = simulator.submit(test::docker_command("run -d --name web busybox sleep 60"));
  EXPECT_TRUE(index);
  stood = !simulator.run_until_done(*index);
  simulator.resume();
  const auto second = simulator.submit(test::docker_command("run busybox echo another"));
  EXPECT_TRUE(second && simulator.run_until_done(*second));
  EXPECT_EQ(simulator.command(*second).exit, 0);
  return simulator.take_trace();
}

TEST(Fork, ThePastStaysAndTheFutureIsAnother) {
  const std::vector<std::string> was = lines_of(whole_run());
  for (const std::size_t position : {std::size_t{0}, std::size_t{300}, std::size_t{901}}) {
    bool stood = false;
    const std::vector<std::string> is = lines_of(forked_at(position, stood));
    EXPECT_TRUE(stood) << position;
    ASSERT_GT(is.size(), position + 1);
    for (std::size_t n = 0; n <= position; ++n) ASSERT_EQ(is[n], was[n]) << "line " << n;
    EXPECT_NE(is, was);
  }
}

}  // namespace
}  // namespace cutaway::sim
