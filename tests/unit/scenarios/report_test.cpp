#include <gtest/gtest.h>

#include "base/json_value.h"
#include "scenarios/runner.h"
#include "tests/unit/scenarios/fake_side.h"

namespace cutaway::scenarios {
namespace {

TEST(Report, is_what_the_contract_says) {
  FakeSide side;
  RunReport report;
  CommandState done;
  done.name = "r1";
  done.line = "docker run busybox echo hi there";
  done.done = true;
  done.exit = 7;
  done.stdout_text = "hi \xff there\n";
  done.t1 = 12;
  CommandState running;
  running.line = "docker run busybox sleep 9";
  report.commands = {done, running};
  report.held = 4;
  report.failed = {{"/expect/1", "never reached"}};
  const Json json = report_to_json(report, SideKind::Sim, side.trace(), 1);
  EXPECT_EQ(json, Json::parse(R"({"cutaway":1,"side":"sim","exit":1,"events":1,"loss":0,
    "commands":[
      {"line":"docker run busybox echo hi there","as":"r1","exit":7,"stdout":{"b64":"aGkg/yB0aGVyZQo="},"stderr":"","t0":0,"t1":12},
      {"line":"docker run busybox sleep 9","as":null,"exit":null,"stdout":"","stderr":"","t0":0,"t1":null}],
    "expect":{"held":4,"failed":[{"pointer":"/expect/1","text":"never reached"}]}})"));
}

TEST(Report, loss_is_what_the_trace_says_is_missing) {
  FakeSide side(SideKind::Real);
  side.log.header.loss_counted = true;
  side.happen(Loss{5, 0, 1, "the buffer was full"});
  side.happen(Loss{2, 1, 2, "the buffer was full"});
  const Json json = report_to_json({}, SideKind::Real, side.trace(), 0);
  EXPECT_EQ(json["loss"], 7);
  EXPECT_EQ(json["side"], "real");
}

}  // namespace
}  // namespace cutaway::scenarios
