// Steps, pace and positions on the trace made by hand.
#include "viz/player/player.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/player/event_line.h"
#include "viz/player/pace.h"

namespace cutaway::viz {
namespace {

std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

std::string units_as_text(const StepIndex& index, StepSize size) {
  std::string text;
  for (const StepUnit& unit : index.units(size)) {
    text += unit.label + " " + number(unit.at.from) + "-" + number(unit.at.to) +
            (unit.slot == kHostSlot ? "" : " slot " + decimal(unit.slot)) + "\n";
  }
  return text;
}

std::vector<std::size_t> forward_positions(Player& player) {
  player.first();
  std::vector<std::size_t> positions = {0};
  while (player.position() < player.count()) {
    player.forward();
    positions.push_back(player.position());
  }
  return positions;
}

TEST(StepIndex, BeatsFollowTheStory) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  EXPECT_EQ(units_as_text(index, StepSize::Beat),
            "ask 1-8\nlook 8-12\nfetch 12-17\ncreate 17-21 slot 0\nisolate 21-36 slot 0\n"
            "start 36-38 slot 0\nspeak 38-41\nend 41-45 slot 0\n");
}

TEST(StepIndex, OneCommandHoldsEverythingFromTypedToDone) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  ASSERT_EQ(index.unit_count(StepSize::Command), 1U);
  const StepUnit& command = index.units(StepSize::Command).front();
  EXPECT_EQ(command.label, "docker run busybox echo hi there");
  EXPECT_EQ(command.at.from, 1U);
  EXPECT_EQ(command.at.to, trace.size());
}

TEST(StepIndex, ItBeginsBeforeTheShellReadsTheLine) {
  const Trace whole = hand_trace();
  Trace trace(whole.header);
  trace.append(whole.event(0));
  Event reads;
  reads.stamp = whole.event(1).stamp;
  ASSERT_TRUE(reads.stamp.task) << "who types";
  Syscall call;
  call.sys = abi::Sys::read;
  reads.body = std::move(call);
  trace.append(std::move(reads));
  trace.append(whole.event(1));
  const StepIndex index(trace);
  EXPECT_EQ(index.units(StepSize::Command).front().at.from, 2U);
  EXPECT_EQ(index.beginning(), 1U);
}

TEST(StepIndex, FinerSizesAreCallsAndEffects) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  for (const EventIndex n : index.marks(StepSize::Syscall)) {
    EXPECT_EQ(kind_of(trace.event(n).body).kind, "syscall");
  }
  const auto& effects = index.marks(StepSize::Effect);
  EXPECT_GT(effects.size(), 8U);
  for (const EventIndex n : effects) {
    EXPECT_NE(kind_of(trace.event(n).body).kind, "syscall") << n;
    EXPECT_NE(kind_of(trace.event(n).body).kind, "api") << n;
  }
}

TEST(StepIndex, GrowsWithItsTrace) {
  const Trace whole = hand_trace();
  Trace growing(whole.header);
  StepIndex index(growing);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    Event event = whole.event(n);
    event.stamp.step = growing.step_id(whole.step_name(event.stamp.step));
    growing.append(event);
    index.extend(growing);
  }
  const StepIndex at_once(whole);
  for (const StepSize size : {StepSize::Command, StepSize::Beat, StepSize::EngineStep}) {
    EXPECT_EQ(units_as_text(index, size), units_as_text(at_once, size));
  }
}

TEST(Player, BackVisitsWhatForwardVisited) {
  const Trace trace = hand_trace();
  Player player(trace);
  for (const StepSize size : kStepSizes) {
    player.set_size(size);
    std::vector<std::size_t> there = forward_positions(player);
    std::vector<std::size_t> back = {player.position()};
    while (player.position() > 0) {
      player.back();
      back.push_back(player.position());
    }
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(there, back) << step_size_name(size);
    EXPECT_EQ(there.back(), trace.size());
  }
}

TEST(Player, WorldIsThatOfThePosition) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Effect);
  while (player.position() < player.count()) {
    player.forward();
    EXPECT_TRUE(player.world() == trace.world_at(player.position())) << player.position();
  }
  for (const std::size_t n : {40U, 3U, 0U, 22U}) {
    player.jump(n);
    EXPECT_TRUE(player.world() == trace.world_at(n)) << n;
  }
}

TEST(Player, ACoarseStepIsAboutItsMostTellingCall) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Beat);
  std::string story;
  while (player.position() < player.count()) {
    player.forward();
    story += line_words(trace, player.index(), player.moment().focus) + "\n";
  }
  EXPECT_EQ(
      story,
      "execve /usr/bin/docker\nanswer 404\nanswer 200\nclone, pid 4702\nclone, 3 new namespaces\n"
      "execve /bin/echo\nwrite 1 \"hi there\"\nexit_group\n");
}

TEST(Player, APositionWithinAStepIsAboutWhatHasHappenedOfIt) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Beat);
  for (std::size_t n = 1; n <= trace.size(); ++n) {
    player.jump(n);
    EXPECT_LT(player.moment().focus, n);
  }
  player.jump(0);
  EXPECT_EQ(player.moment().focus, kNoEvent);
}

TEST(Player, ScrubbingGoesToTheEndOfTheStep) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Beat);
  player.scrub(25);
  EXPECT_EQ(player.position(), 36U);
  player.scrub(0);
  EXPECT_EQ(player.position(), 0U);
  player.scrub(10'000);
  EXPECT_EQ(player.position(), trace.size());
}

TEST(Player, PlayingGoesOnWhenTheStepHasBeenRead) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_pace(2, 1);
  player.play();
  EXPECT_TRUE(player.advance(0.01));
  const std::size_t first = player.position();
  EXPECT_GT(first, 0U);
  player.set_pace(2, 1);
  EXPECT_NEAR(player.until_next(), 2, 0.02);
  EXPECT_TRUE(player.advance(0.5));
  EXPECT_NEAR(player.phase(), 0.5, 0.02);
  EXPECT_TRUE(player.advance(0.6));  // the last stretch of the motion
  EXPECT_EQ(player.phase(), 1);
  EXPECT_FALSE(player.advance(0.5));  // at rest, still being read
  EXPECT_EQ(player.position(), first);
  EXPECT_TRUE(player.advance(0.5));
  EXPECT_GT(player.position(), first);
}

TEST(Player, SpeedDividesTheTime) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.forward();
  player.set_pace(4, 2);
  player.faster();
  player.faster();
  EXPECT_EQ(player.speed(), 4);
  player.advance(0.25);
  EXPECT_NEAR(player.phase(), 0.5, 1e-9);
  for (int i = 0; i < 9; ++i) player.slower();
  EXPECT_EQ(player.speed(), 0.25);
  player.next_speed();
  EXPECT_EQ(player.speed(), 0.5);
}

TEST(Player, PlayStopsAtTheEndAndBeginsAnew) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Command);
  player.play();
  for (int i = 0; i < 100 && player.playing(); ++i) player.advance(1);
  EXPECT_FALSE(player.playing());
  EXPECT_EQ(player.position(), trace.size());
  player.play();
  EXPECT_EQ(player.position(), player.index().beginning());
  EXPECT_EQ(player.position(), 1U);  // the machine stands
}

TEST(Player, KnowsThatAStepWaited) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.set_size(StepSize::Beat);
  player.jump(12);
  player.forward();
  EXPECT_GE(player.wait_ns(), kWaitNs);
  player.back();
  EXPECT_EQ(player.wait_ns(), 0);
}

TEST(Pace, AStepLastsAsLongAsItsSentenceTakesToRead) {
  StepPace pace;
  pace.words = word_count("pivot_root makes the image's folder the “/” of this process.");
  EXPECT_EQ(pace.words, 10);
  const double once = step_seconds(pace);
  EXPECT_GT(once, 2.5);
  EXPECT_LT(once, 4);
  pace.same_words = true;
  EXPECT_LT(step_seconds(pace), 1.2);
  pace.motion_s = 1.1;
  EXPECT_GE(step_seconds(pace), 1.1);
  pace.wait_ns = 3600 * kWaitNs;
  EXPECT_LT(step_seconds(pace), 2.5);
}

}  // namespace
}  // namespace cutaway::viz
