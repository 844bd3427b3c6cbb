// Every bundled scenario, on the simulator: all that it expects comes true, and a second run makes
// the same trace.
#include <gtest/gtest.h>

#include <iostream>

#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "tests/unit/scenarios/same_trace.h"
#include "tests/unit/scenarios/simulated.h"

namespace cutaway::scenarios {
namespace {

class Simulated : public testing::TestWithParam<std::string> {};

TEST_P(Simulated, what_it_expects_comes_true) {
  const auto scenario = load_bundled(GetParam());
  ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
  if (!scenario->sim) GTEST_SKIP() << "for the real side only";
  const auto side = simulated(*scenario);
  const auto report = run_scenario(*side, *scenario);
  ASSERT_TRUE(report.has_value()) << report.error().message;
  for (const FailedExpectation& failed : report->failed) {
    ADD_FAILURE() << GetParam() << " " << failed.pointer << ": " << failed.text;
  }
  EXPECT_GT(report->held, 0);
  for (const CommandState& command : report->commands) {
    if (report->ok()) continue;
    std::cerr << "$ " << command.line << "\n"
              << command.stdout_text << command.stderr_text << "-> " << command.exit << "\n";
  }
  const auto again = simulated(*scenario);
  ASSERT_TRUE(run_scenario(*again, *scenario).has_value());
  EXPECT_TRUE(same_trace(side->trace(), again->trace()));
}

TEST(SameTrace, SeesTheLastByteOfAnEvent) {
  const auto typed = [](const char* line) {
    Event event;
    event.body = CliTyped{line, {}};
    return event;
  };
  Trace one, same, other;
  one.append(typed("docker ps"));
  same.append(typed("docker ps"));
  other.append(typed("docker pS"));
  EXPECT_TRUE(same_trace(one, same));
  EXPECT_FALSE(same_trace(one, other));
  same.append(typed("docker ps"));
  EXPECT_FALSE(same_trace(one, same)) << "one event more";
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const BundledScenario& each : bundled_scenarios()) all.push_back(each.id);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Bundled, Simulated, testing::ValuesIn(ids()),
                         [](const testing::TestParamInfo<std::string>& tested) {
                           return test_name(tested.param);
                         });

}  // namespace
}  // namespace cutaway::scenarios
