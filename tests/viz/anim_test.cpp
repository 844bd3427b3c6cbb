// Motion is a function of plan and phase.
#include <gtest/gtest.h>

#include "tests/viz/specimens.h"
#include "viz/anim/between.h"
#include "viz/anim/easing.h"
#include "viz/anim/packet_motion.h"

namespace cutaway::viz {
namespace {

constexpr PacketPlan kWhole = {5, true, false, true};
constexpr PacketPlan kRefused = {2, false, true, true};

TEST(Easing, BeginsAtZeroEndsAtOneAndDoesNotOvershoot) {
  for (int i = 0; i <= 100; ++i) {
    const double t = i / 100.0;
    for (const double value : {ease_in_out(t), ease_out(t)}) {
      EXPECT_GE(value, 0);
      EXPECT_LE(value, 1);
    }
  }
  EXPECT_DOUBLE_EQ(ease_in_out(0.5), 0.5);
  EXPECT_DOUBLE_EQ(ease_out(1), 1);
  EXPECT_DOUBLE_EQ(share_of(5, 5, 5), 1);
}

TEST(PacketMotion, TakesAtMostElevenTenthsOfASecond) {
  EXPECT_DOUBLE_EQ(duration_ms(kWhole), 180 + 120 + 120 + 160 + 220 + 240);
  EXPECT_LE(duration_ms(kWhole), 1100);
  EXPECT_DOUBLE_EQ(duration_ms(kRefused), 180 + 80 + 240);
}

TEST(PacketMotion, NeverGoesBackOnItsWayThere) {
  double before = -1;
  for (int i = 0; i < 100; ++i) {
    const PacketMotion motion = packet_motion(kWhole, i / 100.0);
    EXPECT_FALSE(motion.rest);
    EXPECT_GE(motion.travelled, before);
    before = motion.travelled;
  }
  EXPECT_DOUBLE_EQ(before, 4);
}

TEST(PacketMotion, FillsABalloonWhenTheStationIsReached) {
  EXPECT_TRUE(packet_motion(kWhole, 0).reached(0));
  EXPECT_FALSE(packet_motion(kWhole, 0).reached(1));
  EXPECT_TRUE(packet_motion(kWhole, 181 / duration_ms(kWhole)).reached(1));
  EXPECT_FALSE(packet_motion(kWhole, 181 / duration_ms(kWhole)).reached(2));
}

TEST(PacketMotion, ComesBackToItsTaskWithTheAnswer) {
  const PacketMotion motion = packet_motion(kWhole, 0.999);
  EXPECT_TRUE(motion.returning);
  EXPECT_NEAR(motion.at, 0, 0.01);
  EXPECT_NEAR(motion.answer, 1, 0.05);
}

TEST(PacketMotion, BouncesWhereItWasRefused) {
  const double hit = 180 / duration_ms(kRefused);
  EXPECT_DOUBLE_EQ(packet_motion(kRefused, hit * 0.9).setback_px, 0);
  EXPECT_GT(packet_motion(kRefused, hit + 0.1).setback_px, 4);
  EXPECT_DOUBLE_EQ(packet_motion(kRefused, hit + 0.1).pulse, 0);
}

TEST(PacketMotion, IsAtRestWhenItsPhaseIsOver) {
  EXPECT_TRUE(packet_motion(kWhole, 1).rest);
  EXPECT_TRUE(packet_motion(kWhole, 7).rest);
  EXPECT_TRUE(at_rest().reached(99));
}

TEST(PacketMotion, DoesNotTravelWhenMotionIsReduced) {
  for (int i = 0; i < 10; ++i) {
    const PacketMotion motion = packet_motion(kWhole, i / 10.0, MotionStyle::Reduced);
    EXPECT_TRUE(motion.rest);
    EXPECT_TRUE(motion.reached(4));
  }
  EXPECT_LT(packet_motion(kWhole, 0.01, MotionStyle::Reduced).opacity, 0.5);
  EXPECT_DOUBLE_EQ(packet_motion(kWhole, 0.5, MotionStyle::Reduced).opacity, 1);
}

TEST(Between, MovesQuantitiesAndNothingElse) {
  ShipModel before = run_echo_specimen().model;
  ShipModel after = before;
  after.containers[0].actor.memory->used = 0.43;
  after.containers[0].state = "running";
  before.hardware.layers.clear();
  const ShipModel half = between(before, after, 0.5);
  EXPECT_DOUBLE_EQ(half.containers[0].actor.memory->used, 0.23);
  EXPECT_DOUBLE_EQ(half.hardware.layers[0].fraction, 0.5);
  EXPECT_DOUBLE_EQ(half.hardware.memory[0].share, after.hardware.memory[0].share);
  EXPECT_EQ(half.containers[0].state, "running");
}

TEST(Between, IsTheLaterModelAtTheEnd) {
  const ShipModel before = hub_specimen().model;
  const ShipModel after = run_echo_specimen().model;
  EXPECT_DOUBLE_EQ(between(before, after, 1).hardware.layers[0].fraction, 1);
  EXPECT_DOUBLE_EQ(between(before, after, 7).containers[0].actor.cpu->used, 0.08);
}

}  // namespace
}  // namespace cutaway::viz
