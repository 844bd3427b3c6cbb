#include "trace/log/trace.h"

#include <gtest/gtest.h>

#include "tests/unit/trace_log/sample.h"
#include "trace/log/checkpoints.h"
#include "trace/log/event_store.h"

namespace cutaway {
namespace {

TEST(Trace, ARecordIs48Bytes) { EXPECT_EQ(sizeof(Record), 48U); }

TEST(Trace, GivesBackWhatWasAppended) {
  Trace trace;
  Event event;
  event.stamp = {5,         TaskId{7}, ContainerId{2}, trace.step_id("root.pivot"),
                 CallId{9}, 0,         How::Read};
  event.body =
      call(abi::Sys::mkdir, {Arg::bytes("/x"), Arg::integer(0755)}, -1, abi::Errno::kEEXIST);
  trace.append(Event{});
  EXPECT_EQ(trace.append(event), 1U);
  const Event back = trace.event(1);
  EXPECT_EQ(back.stamp.t, 5);
  EXPECT_EQ(back.stamp.task, TaskId{7});
  EXPECT_EQ(back.stamp.container, ContainerId{2});
  EXPECT_EQ(trace.step_name(back.stamp.step), "root.pivot");
  EXPECT_EQ(back.stamp.call, CallId{9});
  EXPECT_EQ(back.stamp.cause, 0U);
  EXPECT_EQ(back.stamp.how, How::Read);
  const auto& made = std::get<Syscall>(back.body);
  EXPECT_EQ(made.sys, abi::Sys::mkdir);
  EXPECT_EQ(made.ret, -1);
  EXPECT_EQ(made.err, abi::Errno::kEEXIST);
  EXPECT_EQ(made.dur, 500);
  ASSERT_EQ(made.args.size(), 2U);
  EXPECT_EQ(made.args[0].text, "/x");
  EXPECT_EQ(made.args[1].value, 0755);
}

TEST(Trace, StepsHaveOneIdEach) {
  Trace trace;
  const StepId a = trace.step_id("a"), b = trace.step_id("b");
  EXPECT_EQ(trace.step_id("a"), a);
  EXPECT_NE(a, b);
  EXPECT_EQ(trace.step_count(), 2U);
  EXPECT_FALSE(trace.step_id(""));
  EXPECT_EQ(trace.step_name(StepId{}), "");
  EXPECT_EQ(trace.step_name(StepId{99}), "");
}

TEST(Trace, KeepsTheFirstBytesOfABuffer) {
  Trace trace;
  const std::string great(100000, 'x');
  Event event;
  event.body =
      call(abi::Sys::write, {Arg::fd(1, ""), Arg::bytes(great), Arg::integer(100000)}, 100000);
  trace.append(event);
  event.body = call(abi::Sys::open, {Arg::bytes(std::string(1000, 'p'))}, 3);
  trace.append(event);
  const Event written = trace.event(0), opened = trace.event(1);
  EXPECT_EQ(std::get<Syscall>(written.body).args[1].text.size(), kCaptureBytes);
  EXPECT_EQ(std::get<Syscall>(written.body).args[1].length, great.size());
  EXPECT_EQ(std::get<Syscall>(opened.body).args[0].text.size(), 1000U) << "a path is no buffer";
}

Event named(std::int64_t t, std::string comm) {
  Event event;
  event.stamp.t = t;
  event.stamp.task = TaskId{1};
  event.body = TaskNamed{std::move(comm)};
  return event;
}

TEST(Trace, SeeksToTheWorldAfterTheFirstN) {
  for (const std::size_t interval : {1U, 7U, 64U, 10000U}) {
    Trace trace;
    trace.set_checkpoint_interval(interval);
    Event first;
    first.body = Snapshot{std::make_shared<const World>(sample_world())};
    trace.append(first);
    for (int i = 1; i < 200; ++i) trace.append(named(i, "name" + std::to_string(i)));
    EXPECT_TRUE(trace.world_at(0) == World());
    EXPECT_TRUE(trace.world_at(1) == sample_world());
    for (const std::size_t n : {150U, 2U, 199U, 64U, 65U, 63U, 3U}) {
      EXPECT_EQ(trace.world_at(n).tasks.at(TaskId{1}).comm, "name" + std::to_string(n - 1))
          << interval;
    }
    EXPECT_TRUE(trace.world_at(200) == trace.head());
    EXPECT_EQ(trace.head().tasks.at(TaskId{1}).comm, "name199");
  }
}

TEST(Trace, ALongTraceKeepsFewerCheckpointsAndSeeksAsBefore) {
  Trace trace;
  trace.set_checkpoint_interval(1);
  Event first;
  first.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(first);
  for (int i = 1; i < 20'000; ++i) trace.append(named(i, "name" + std::to_string(i)));
  for (const std::size_t n : {2U, 4095U, 4096U, 4097U, 8193U, 13'001U, 19'999U, 7U}) {
    EXPECT_EQ(trace.world_at(n).tasks.at(TaskId{1}).comm, "name" + std::to_string(n - 1));
  }
}

TEST(Trace, StepsBackThroughALongTraceAsForwards) {
  Trace trace;
  trace.set_checkpoint_interval(1);  // thinned out again and again: far apart at the end
  Event first;
  first.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(first);
  for (int i = 1; i < 140'000; ++i) trace.append(named(i, "name" + std::to_string(i)));
  for (std::size_t n = 139'999; n > 139'999 - 600; --n)
    ASSERT_EQ(trace.world_at(n).tasks.at(TaskId{1}).comm, "name" + std::to_string(n - 1));
  for (std::size_t n = 60'000; n > 3'000; n -= 701)
    ASSERT_EQ(trace.world_at(n).tasks.at(TaskId{1}).comm, "name" + std::to_string(n - 1));
}

TEST(Checkpoints, ThinnedOutLeavesMultiplesAndWhatIsStillEncoded) {
  Checkpoints checkpoints;
  for (std::size_t n = 1; n <= 12; ++n) checkpoints.put(n, sample_world());
  checkpoints.put_encoded(13, encode_world(sample_world()));
  EXPECT_EQ(checkpoints.decoded(), 12U);
  checkpoints.thin_out(4);
  EXPECT_EQ(checkpoints.decoded(), 3U);
  EXPECT_TRUE(checkpoints.contains(8));
  EXPECT_FALSE(checkpoints.contains(9));
  EXPECT_EQ(checkpoints.nearest(11).position, 8U);
  EXPECT_TRUE(checkpoints.nearest(20).world == sample_world());
  EXPECT_EQ(checkpoints.decoded(), 4U) << "the one at 13 has been asked for";
}

TEST(Trace, AppendingAfterSeekingGoesOnFromTheEnd) {
  Trace trace;
  Event first;
  first.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(first);
  trace.append(named(1, "a"));
  trace.world_at(1);
  trace.append(named(2, "b"));
  EXPECT_EQ(trace.head().tasks.at(TaskId{1}).comm, "b");
  EXPECT_EQ(trace.world_at(2).tasks.at(TaskId{1}).comm, "a");
}

TEST(Trace, MovesWithItsEvents) {
  Trace trace = sample_trace();
  const std::size_t size = trace.size();
  const Trace moved = std::move(trace);
  EXPECT_EQ(moved.size(), size);
  EXPECT_EQ(moved.blobs.size(), 3U);
}

TEST(TraceDeath, TimeNeverGoesBack) {
  Trace trace;
  trace.append(named(5, "a"));
  EXPECT_DEATH(trace.append(named(4, "b")), "does not hold");
}

}  // namespace
}  // namespace cutaway
