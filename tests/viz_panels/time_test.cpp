// Bookmarks, a range in so many seconds, waits in full, reduced motion; their keys and cards.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/timeline_marks.h"
#include "viz/player/pace.h"
#include "viz/scene/fade.h"

namespace cutaway::viz {
namespace {

TEST(Bookmarks, AreSetTakenAwayAndVisitedInOrder) {
  Bookmarks marks;
  EXPECT_TRUE(marks.toggle(30));
  EXPECT_TRUE(marks.toggle(10));
  EXPECT_TRUE(marks.toggle(20));
  EXPECT_FALSE(marks.toggle(20));
  EXPECT_EQ(marks.next(10), std::optional<std::size_t>(30));
  EXPECT_EQ(marks.next(9), std::optional<std::size_t>(10));
  EXPECT_EQ(marks.next(30), std::nullopt);
  EXPECT_EQ(marks.previous(30), std::optional<std::size_t>(10));
  EXPECT_EQ(marks.previous(10), std::nullopt);
  marks.write(10, "here it begins");
  marks.write(11, "nobody is here");
  ASSERT_NE(marks.at(10), nullptr);
  EXPECT_EQ(marks.at(10)->note, "here it begins");
  EXPECT_EQ(marks.at(11), nullptr);
}

class Range : public ::testing::Test {
 protected:
  /// Plays to its end; seconds that it took.
  double play(double most = 200) {
    double seconds = 0;
    while (range_.playing() && seconds < most) {
      range_.advance(player_, 0.05);
      seconds += 0.05;
    }
    return seconds;
  }
  Trace trace_ = hand_trace();
  Player player_{trace_};
  RangeReplay range_;
};

TEST_F(Range, TakesTheTimeThatWasChosenAndEndsAtItsEnd) {
  for (const int seconds : RangeReplay::kSeconds) {
    for (const StepSize size : kStepSizes) {
      player_.set_size(size);
      range_.mark_begin(5);
      range_.mark_end(40);
      range_.set_seconds(seconds);
      range_.start(player_);
      EXPECT_EQ(player_.position(), 5U);
      EXPECT_NEAR(play(), seconds, 0.11) << step_size_name(size);
      EXPECT_EQ(player_.position(), 40U) << step_size_name(size);
    }
  }
}

TEST_F(Range, EachStopHasTheSameShare) {
  player_.set_size(StepSize::Syscall);
  range_.mark_begin(5);
  range_.mark_end(40);
  range_.start(player_);
  const std::size_t stops = player_.index().ordinal(StepSize::Syscall, 40) -
                            player_.index().ordinal(StepSize::Syscall, 5) + 1;  // and the end
  range_.advance(player_, 5.01);  // half of ten seconds
  const std::size_t made = player_.index().ordinal(StepSize::Syscall, player_.position()) -
                           player_.index().ordinal(StepSize::Syscall, 5);
  EXPECT_NEAR(static_cast<double>(made), static_cast<double>(stops) / 2, 1.0);
}

TEST_F(Range, LoopsUntilSomebodyGoesElsewhere) {
  range_.mark_begin(5);
  range_.mark_end(40);
  range_.set_seconds(5);
  range_.loops = true;
  range_.start(player_);
  play(12);
  EXPECT_TRUE(range_.playing());
  player_.jump(3);
  range_.advance(player_, 0.05);
  EXPECT_FALSE(range_.playing());
  EXPECT_EQ(player_.position(), 3U);
}

TEST_F(Range, EndsCannotStandInFrontOfBeginnings) {
  range_.mark_begin(20);
  range_.mark_end(10);
  EXPECT_FALSE(range_.marked());
  range_.start(player_);
  EXPECT_FALSE(range_.playing());
  range_.mark_begin(5);
  EXPECT_TRUE(range_.marked());
}

TEST(Waits, ArePlayedInFullAndAnyStepEndsThem) {
  const Trace trace = hand_trace();
  Player player(trace);
  WaitReplay wait;
  std::size_t waited = 0;
  for (std::size_t n = 1; n <= trace.size() && waited == 0; ++n) {
    player.jump(n);
    if (wait_before(player) >= kWaitNs && player.index().stretch_at(player.size(), n).to == n)
      waited = n;
  }
  ASSERT_NE(waited, 0U);
  player.jump(waited);
  ASSERT_TRUE(wait.start(player));
  const double whole = static_cast<double>(wait.whole_ns()) / 1e9;
  EXPECT_GE(whole, 2.0);
  EXPECT_TRUE(wait.advance(player, whole / 2));
  EXPECT_NEAR(static_cast<double>(wait.passed_ns()) / 1e9, whole / 2, 0.01);
  EXPECT_TRUE(wait.playing());
  wait.advance(player, whole);
  EXPECT_FALSE(wait.playing());
  ASSERT_TRUE(wait.start(player));
  player.forward();
  wait.advance(player, 0.01);
  EXPECT_FALSE(wait.playing());
  player.jump(5);
  EXPECT_FALSE(wait.start(player));  // no wait there
}

TEST(Fade, ChangesOnlyWhatIsMeant) {
  Scene scene;
  scene.marks.push_back({"packet", RectMark{{}, 0, {Color{10, 20, 30, 200}, {}}}});
  scene.marks.push_back({"task:1", RectMark{{}, 0, {Color{10, 20, 30, 200}, {}}}});
  fade(scene, "packet", 0.5);
  EXPECT_NEAR(std::get<RectMark>(scene.marks[0].shape).paint.fill.a, 100, 1);
  EXPECT_EQ(std::get<RectMark>(scene.marks[1].shape).paint.fill.a, 200);
}

TEST(TimelineMarks, FlagsStandAtTheirPlacesAndTheRangeBetweenItsEnds) {
  const FontMetrics metrics = FontMetrics::bundled();
  const Rect lanes = {100, 50, 400, 70};
  const Track track = Track::even(400, 40);
  Bookmarks marks;
  marks.toggle(10);
  marks.toggle(30);
  SceneBuilder flags(kDark, metrics, {0, 0, 600, 200});
  draw_flags(flags, marks, track, lanes);
  const Scene flag_scene = flags.take();
  ASSERT_EQ(flag_scene.marks.size(), 4U);  // each a pole and a pennant
  EXPECT_NEAR(std::get<ShapeMark>(flag_scene.marks[1].shape).corners[0].x, 200, 0.01);
  EXPECT_NEAR(std::get<ShapeMark>(flag_scene.marks[3].shape).corners[0].x, 400, 0.01);
  RangeReplay range;
  std::optional<std::size_t> from;
  mark_range(range, from, 30);
  mark_range(range, from, 10);  // dragged to the left
  ASSERT_TRUE(range.marked());
  EXPECT_EQ(*range.begin(), 10U);
  SceneBuilder band(kDark, metrics, {0, 0, 600, 200});
  draw_range(band, range, track, lanes);
  const Scene band_scene = band.take();
  ASSERT_FALSE(band_scene.marks.empty());
  const Rect box = std::get<RectMark>(band_scene.marks[0].shape).box;
  EXPECT_NEAR(box.x, 200, 0.01);
  EXPECT_NEAR(box.w, 200, 0.01);
}

class TimeKeys : public ::testing::Test {
 protected:
  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1280, 720};
  TimeTools& tools() { return window_.state().tools; }
  Player& player() { return window_.player(); }
  void settle() {
    for (int i = 0; i < 4; ++i) window_.frame();
  }
};

TEST_F(TimeKeys, BookmarksByKeyByButtonAndInTheirList) {
  player().jump(10);
  window_.type("b");
  player().jump(30);
  settle();
  ASSERT_TRUE(window_.click("Bookmark"));
  EXPECT_EQ(tools().bookmarks.marks.all().size(), 2U);
  window_.type("(");
  EXPECT_EQ(player().position(), 10U);
  window_.type(")");
  EXPECT_EQ(player().position(), 30U);
  window_.type("B");
  settle();
  ASSERT_TRUE(window_.click("##Note"));
  window_.type("the end of the clone");
  EXPECT_EQ(tools().bookmarks.marks.at(30)->note, "the end of the clone");
  settle();
  ASSERT_TRUE(window_.click("bookmark 10"));
  EXPECT_EQ(player().position(), 10U);
  settle();
  EXPECT_TRUE(window_.shows("the end of the clone")) << window_.words();
  ASSERT_TRUE(window_.click("remove bookmark 30"));
  EXPECT_EQ(tools().bookmarks.marks.all().size(), 1U);
  window_.key(ImGuiKey_Escape);
  settle();
  EXPECT_FALSE(window_.find("##Note"));
}

TEST_F(TimeKeys, ARangeByKeysAndByShiftDrag) {
  player().jump(10);
  window_.type(",");
  player().jump(40);
  window_.type(".");
  ASSERT_TRUE(tools().range.marked());
  window_.type("r");
  EXPECT_EQ(player().position(), 10U);
  double seconds = 0;
  while (tools().range.playing() && seconds < 30) {
    advance(window_.state(), 0.1);
    window_.frame();
    seconds += 0.1;
  }
  EXPECT_NEAR(seconds, 10, 0.3);
  EXPECT_LE(player().position(), 40U);
  window_.type("B");
  settle();
  ASSERT_TRUE(window_.click("5 s"));
  EXPECT_EQ(tools().range.seconds(), 5);
  window_.type("3");
  EXPECT_EQ(tools().range.seconds(), 20);
  ASSERT_TRUE(window_.click("loop"));
  EXPECT_TRUE(tools().range.loops);
  window_.key(ImGuiKey_Escape);
  const std::size_t before = player().position();
  const Rect track = *window_.find("Track");
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  window_.drag({track.x + track.w * 0.3, track.mid_y()}, {track.x + track.w * 0.6, track.mid_y()});
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  settle();
  EXPECT_EQ(player().position(), before);  // it marks, and moves nothing
  ASSERT_TRUE(tools().range.marked());
  EXPECT_NE(*tools().range.begin(), 10U);
}

TEST_F(TimeKeys, AWaitShowsARunningClock) {
  std::size_t waited = 0;
  for (std::size_t n = 1; n <= trace_.size() && waited == 0; ++n) {
    player().jump(n);
    if (wait_before(player()) >= kWaitNs) waited = n;
  }
  window_.frame();
  window_.type("w");
  ASSERT_TRUE(tools().wait.playing());
  EXPECT_LT(seconds_until_next(window_.state()), 0.1);
  advance(window_.state(), 1);
  settle();
  EXPECT_TRUE(window_.shows("waits 1 s of 2 s") || window_.shows("waits 1.0 s of 2.0 s"))
      << window_.words();
  window_.key(ImGuiKey_RightArrow);
  advance(window_.state(), 0.01);
  EXPECT_FALSE(tools().wait.playing());
  player().jump(5);
  window_.type("w");
  settle();
  EXPECT_TRUE(window_.shows("no wait in this step"));
}

TEST_F(TimeKeys, WithReducedMotionNothingTravels) {
  window_.type("M");
  ASSERT_TRUE(tools().reduced_motion);
  player().jump(31);
  player().forward();
  window_.frame();
  EXPECT_TRUE(player().moving());
  EXPECT_LT(window_.state().picture.strength, 0.5);
  advance(window_.state(), 0.13);
  window_.frame();
  EXPECT_FALSE(player().moving());
  EXPECT_EQ(window_.state().picture.strength, 1);
}

TEST_F(TimeKeys, CardsAreWholeAtEverySize) {
  for (const char* key : {"u", "B", "q", "Q"}) {
    for (const auto& [width, height] : {std::pair{1024, 768}, {1280, 720}, {1600, 900}}) {
      WindowDriver window(trace_, width, height);
      window.player().jump(33);
      window.type("b");
      window.type(key);
      for (int i = 0; i < 4; ++i) window.frame();
      ASSERT_TRUE(window.state().tools.card()) << key;
      for (const Scene& scene : window.scenes()) {
        for (const std::string& line : overlaps(scene)) ADD_FAILURE() << key << " " << line;
        const bool card =
            window.find("Close card") &&
            scene.area.contains({window.find("Close card")->x, window.find("Close card")->y}) &&
            scene.area.w < 800;
        if (!card) continue;
        for (const std::string& line : labels_outside(scene)) ADD_FAILURE() << key << " " << line;
        for (const CutLabel& cut : scene.cuts) ADD_FAILURE() << key << " cuts " << cut.whole;
      }
    }
  }
}

}  // namespace
}  // namespace cutaway::viz
