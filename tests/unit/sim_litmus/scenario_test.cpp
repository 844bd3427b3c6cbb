// Litmus programs in scenarios: as an item, and as a file that a container executes.
#include <gtest/gtest.h>

#include "base/json_value.h"
#include "scenarios/runner.h"
#include "sim/simulator.h"

namespace cutaway::sim {
namespace {

scenarios::RunReport report_of(const std::string& text) {
  const auto document = JsonDocument::parse("x.json", text);
  EXPECT_TRUE(document);
  const auto scenario = spec::load_scenario(*document);
  EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().message);
  if (!scenario) return {};
  Simulator simulator(simulator_options(*scenario));
  auto report = scenarios::run_scenario(simulator, *scenario);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report ? std::move(*report) : scenarios::RunReport();
}

/// A scenario whose image holds one program at /x.
std::string with_file(const std::string& calls, const std::string& rest) {
  return R"({"cutaway_scenario":1,"id":"x","title":"t","sides":["sim"],"images":[{"ref":"app",
    "layers":[{"files":{"/x":{"program":{"litmus":)" +
         calls + R"(}}}}],"config":{"Cmd":["/x"]}}],"do":)" + rest + "}";
}

TEST(LitmusItem, IsRootOfTheHost) {
  const auto report = report_of(R"({"cutaway_scenario":1,"id":"x","title":"t","sides":["sim"],"do":[
    {"litmus":[{"call":"getpid","expect":{"ret":">0"}},
               {"call":"geteuid","expect":{"ret":0}},
               {"call":"open","pathname":"/etc/hostname","flags":[],"as":"f","expect":{"ret":">0"}},
               {"call":"read","fd":"$f","count":10,"expect":{"data":"lab\n"}}]}],"expect":[]})");
  ASSERT_EQ(report.failed.size(), 0U);
  EXPECT_EQ(report.held, 4);
}

TEST(LitmusFile, RunsInTheContainer) {
  const auto report = report_of(with_file(
      R"([{"call":"getpid","expect":{"ret":1}},
          {"call":"sethostname","name":"x","expect":{"err":"EPERM"}},
          {"call":"write","fd":1,"buf":"done\n"},
          {"call":"exit_group","status":4}])",
      R"([{"docker":"run app","as":"r"}],"expect":[{"of":"r","exit":4,"stdout":"done\n"}])"));
  for (const auto& failed : report.failed) ADD_FAILURE() << failed.pointer << ": " << failed.text;
  EXPECT_EQ(report.held, 3);
}

TEST(LitmusFile, WhatDoesNotHoldIsItsExitStatusToo) {
  const auto report = report_of(
      with_file(R"([{"call":"getpid","expect":{"ret":2}},{"call":"exit_group","status":4}])",
                R"([{"docker":"run app","as":"r"}],"expect":[{"of":"r","exit":1}])"));
  ASSERT_EQ(report.failed.size(), 1U);
  EXPECT_EQ(report.failed[0].pointer, "/images/0/layers/0/files/~1x/program/litmus/0/expect");
  EXPECT_EQ(report.failed[0].text, "expected ret 2, got ret 1");
  EXPECT_EQ(report.held, 1);
}

TEST(LitmusFile, WhoIsNeverExecutedHasFailed) {
  const auto report = report_of(with_file(R"([{"call":"getpid","expect":{"ret":1}}])", R"([])"));
  ASSERT_EQ(report.failed.size(), 1U);
  EXPECT_EQ(report.failed[0].text, "never reached");
}

}  // namespace
}  // namespace cutaway::sim
