// Where a run stops, and how it goes on.
#include "real/control.h"
#include "base/json_value.h"

#include <gtest/gtest.h>

namespace cutaway::real {
namespace {

AboutTo about(const std::string& step, bool begins = true, bool own_work = false) {
  AboutTo next;
  next.step = step;
  next.begins_step = begins;
  next.own_work = own_work;
  next.event = [step] { return Json{{"kind", "syscall"}, {"name", "mount"}, {"step", step}}; };
  return next;
}

BreakPoint at_step(const std::string& step) {
  BreakPoint point;
  point.kind = BreakKind::Step;
  point.step = step;
  return point;
}

TEST(RunControl, StopsNowhereUnlessAsked) {
  RunControl control;
  EXPECT_FALSE(control.stops_before(about("root.pivot")));
  EXPECT_FALSE(control.held());
}

TEST(RunControl, StopsWhereAStepBeginsAndOnlyThere) {
  RunControl control;
  control.break_at(at_step("root.pivot"));
  EXPECT_FALSE(control.stops_before(about("mnt.proc")));
  EXPECT_TRUE(control.stops_before(about("root.pivot")));
  EXPECT_FALSE(control.stops_before(about("root.pivot", false)));
  // Another container comes to the same step: it stops as well.
  EXPECT_TRUE(control.stops_before(about("root.pivot")));
  control.break_at({});
  EXPECT_FALSE(control.stops_before(about("root.pivot")));
}

TEST(RunControl, StopsBeforeACallThatIsLikeTheEvent) {
  RunControl control;
  BreakPoint point;
  point.kind = BreakKind::Call;
  point.call = *spec::parse_event_pattern(R"({"kind":"syscall","name":"mount","step":"mnt.proc"})");
  control.break_at(point);
  EXPECT_FALSE(control.stops_before(about("mnt.dev", false)));
  EXPECT_TRUE(control.stops_before(about("mnt.proc", false)));
}

TEST(RunControl, APredicateStopsOnceWhenItHasComeToHold) {
  RunControl control;
  bool holds = false;
  BreakPoint point;
  point.kind = BreakKind::When;
  point.when = [&holds](const Trace&) { return holds; };
  control.break_at(point);
  AboutTo next = about("work", false, true);
  const Trace trace;
  next.look = [&trace](const auto& f) { f(trace); };
  EXPECT_FALSE(control.stops_before(next));
  holds = true;
  EXPECT_TRUE(control.stops_before(next));
  EXPECT_FALSE(control.stops_before(next));
}

TEST(RunControl, OneStepStopsBeforeWhateverBeginsNext) {
  RunControl control;
  int released = 0;
  control.hold({nullptr, 7, "a", "open()"}, [&released] { ++released; });
  ASSERT_TRUE(control.held());
  EXPECT_EQ(control.held()->what, "open()");
  control.step();
  EXPECT_EQ(released, 1);
  EXPECT_FALSE(control.held());
  EXPECT_FALSE(control.stops_before(about("a", false)));
  EXPECT_TRUE(control.stops_before(about("b")));
  EXPECT_FALSE(control.stops_before(about("c")));
}

TEST(RunControl, EachCallOfAProgramIsAStep) {
  RunControl control;
  control.stop();
  EXPECT_TRUE(control.stops_before(about("work", false, true)));
}

TEST(RunControl, LetRunForgetsAllPlacesAndReleasesAll) {
  RunControl control;
  int released = 0;
  control.break_at(at_step("a"));
  control.stop();
  control.hold({nullptr, 0, "x", ""}, [&released] { ++released; });
  control.hold({nullptr, 7, "y", ""}, [&released] { ++released; });
  control.let_run();
  EXPECT_EQ(released, 2);
  EXPECT_FALSE(control.stops_before(about("a")));
}

TEST(RunControl, WhatHasEndedIsNotReleased) {
  RunControl control;
  const int owner = 0, other = 0;
  int released = 0;
  for (const int* each : {&owner, &other})
    control.hold({each, 7, "x", ""}, [&released] { ++released; });
  EXPECT_FALSE(control.drop(&owner, 8));
  EXPECT_TRUE(control.drop(&owner, 7));
  EXPECT_FALSE(control.drop(&owner, 7));
  control.go_on();
  EXPECT_EQ(released, 1);
  control.hold({&other, 7, "x", ""}, [&released] { ++released; });
  EXPECT_TRUE(control.drop(&other, 0));
  EXPECT_FALSE(control.held());
}

TEST(RunControl, WaitingEndsWithTheRun) {
  RunControl control;
  control.end();
  EXPECT_FALSE(control.wait_held(std::chrono::minutes(1)));
  EXPECT_TRUE(control.over());
}

}  // namespace
}  // namespace cutaway::real
