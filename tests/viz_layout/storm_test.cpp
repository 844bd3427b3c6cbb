// Storms become one stream with a count; what was lost is a torn gap with its count, everywhere.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/viz_text/hand_trace.h"
#include "viz/player/event_line.h"
#include "viz/player/lanes.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/explain.h"

namespace cutaway::viz {
namespace {

using abi::Sys;

ShipModel model_at(const Trace& trace, std::size_t n) {
  return ship_model(trace, trace.world_at(n), n);
}

Scene drawn(const ShipModel& model) {
  return ship_scene(model, {kDark, FontMetrics::bundled()}, {276, 42, 1040, 630});
}

// A program that copies: reads and writes in turn, while others ask as well.
Trace copying(int blocks) {
  Trace trace = hand_trace(hand_web());
  for (int i = 0; i < blocks; ++i) {
    add_call(trace, kWeb, made(Sys::read, {Arg::integer(3)}, 512), {}, "work", kWebBox);
    add_call(trace, kWeb, made(Sys::write, {Arg::integer(1)}, 512), {}, "work", kWebBox);
    if (i % 3 == 0) add_call(trace, kDaemon, made(Sys::getppid, {}, 1), {}, "watch");
  }
  return trace;
}

double widest_wire(const Scene& scene) {
  double widest = 0;
  for (const Mark& mark : scene.marks) {
    const auto* path = std::get_if<PathMark>(&mark.shape);
    if (mark.id == "packet" && path != nullptr && path->stroke.color.a == 255)
      widest = std::max(widest, path->stroke.width);
  }
  return widest;
}

TEST(Storm, ManyCallsOfAStepAreOneThickWireWithTheirCount) {
  const Trace trace = copying(4812);
  std::size_t n = trace.size();
  while (trace.record(n - 1).sys != static_cast<std::uint16_t>(Sys::read)) --n;
  const ShipModel model = model_at(trace, n);
  ASSERT_TRUE(model.packet);
  EXPECT_TRUE(model.packet->stream);
  EXPECT_EQ(model.packet->label, "read × 4 812");
  const Scene scene = drawn(model);
  EXPECT_NE(words_of(scene).find("read × 4 812"), std::string::npos);
  EXPECT_DOUBLE_EQ(widest_wire(scene), 5);
  const auto beads = std::count_if(scene.labels.begin(), scene.labels.end(), [](const LabelBox& l) {
    return l.kind == LabelBox::Kind::Bead && l.box.y < 640;
  });
  EXPECT_EQ(beads, 1);
}

TEST(Storm, AFewAreNone) {
  const Trace trace = copying(10);
  const ShipModel model = model_at(trace, trace.size());
  ASSERT_TRUE(model.packet);
  EXPECT_FALSE(model.packet->stream);
}

TEST(Storm, ThirtyInASecondAreOneAlsoAcrossSteps) {
  Trace trace = hand_trace(hand_web());
  for (int i = 0; i < 31; ++i)
    add_call(trace, kWeb, made(Sys::read, {Arg::integer(3)}, 1), {}, "step" + std::to_string(i));
  const ShipModel model = model_at(trace, trace.size());
  EXPECT_EQ(model.packet->label, "read × 31");
}

Trace with_loss() {
  Trace trace = copying(8);
  add(trace, {}, Loss{312, 0, 0, "ring buffer full"});
  add_call(trace, kWeb, made(Sys::openat, {Arg::integer(-100), Arg::bytes("/x")}, 3), {}, "work",
           kWebBox);
  return trace;
}

bool is_torn(const Scene& scene, double height) {
  return std::any_of(scene.marks.begin(), scene.marks.end(), [height](const Mark& mark) {
    const auto* path = std::get_if<PathMark>(&mark.shape);
    if (mark.id != "loss" || path == nullptr || !(path->stroke.color == kDark.lost)) return false;
    return std::abs(path->points.back().y - path->points.front().y - height) < 1;
  });
}

TEST(Loss, IsATornGapInTheWireAndThePlate) {
  const Trace trace = with_loss();
  const ShipModel model = model_at(trace, trace.size());
  EXPECT_EQ(model.lost, 312);
  const Scene scene = drawn(model);
  EXPECT_NE(words_of(scene).find("312 lost"), std::string::npos);
  EXPECT_TRUE(is_torn(scene, 24)) << "plate";
  EXPECT_TRUE(is_torn(scene, 14)) << "wire";
  EXPECT_TRUE(overlaps(scene).empty());
  EXPECT_NE(explain(trace, trace.size()).find("312 lost"), std::string::npos);
  EXPECT_EQ(model_at(copying(8), 20).lost, 0);
}

TEST(Loss, IsInTheListAndInTheTimelineWithItsCount) {
  const Trace trace = with_loss();
  const StepIndex index(trace);
  ASSERT_EQ(index.losses().size(), 1U);
  const std::size_t n = index.losses().front();
  EXPECT_EQ(event_sign(trace, n), EventSign::Loss);
  EXPECT_EQ(line_words(trace, index, n), "312 lost");
  const Track track = Track::even(500, index.count());
  const auto gaps = lane_gaps(trace, index, track);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].lost, 312);
  EXPECT_DOUBLE_EQ(gaps[0].at, track.at(n + 1));
}

TEST(Loss, NeighboursInTheTimelineAreOneGap) {
  Trace trace = with_loss();
  add(trace, {}, Loss{8, 0, 0, "again"});
  const StepIndex index(trace);
  const auto gaps = lane_gaps(trace, index, Track::even(50, index.count()));
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].lost, 320);
}

}  // namespace
}  // namespace cutaway::viz
