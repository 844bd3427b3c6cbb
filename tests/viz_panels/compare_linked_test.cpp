// Two pictures with linked time: whatever moves one moves the other, by keys, hand and clock; what
// differs stands between them; the text twin says both.
#include "tests/viz_panels/compare_fixture.h"
#include "viz/input/key_table.h"
#include "viz/panels/compare_parts.h"
#include "viz/text/compare_twin.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

class LinkedRuns : public CompareWindow {
 protected:
  const Player& left() const { return state_.sides[0].player; }
  const Player& right() const { return state_.sides[1].player; }
  const LinkedStop& stop() const { return state_.steps.at(state_.stop); }
  void expect_linked() const {
    EXPECT_EQ(left().position(), stop().at_a);
    EXPECT_EQ(right().position(), stop().at_b);
  }
  std::size_t row_of(std::string_view step) const {
    for (std::size_t i = 0; i < state_.list.lines.size(); ++i) {
      if (state_.list.lines[i].head == step && state_.list.lines[i].step) return i;
    }
    ADD_FAILURE() << step;
    return 0;
  }
  CompareLayout layout() const { return compare_layout(width_, height_, state_.rows); }
};

TEST_F(LinkedRuns, AStepMovesBothSides) {
  key(ImGuiKey_RightArrow);
  const std::size_t first = state_.stop;
  expect_linked();
  key(ImGuiKey_RightArrow);
  EXPECT_GT(state_.stop, first);
  EXPECT_TRUE(stop().step) << "at first a step is an engine step";
  expect_linked();
  key(ImGuiKey_LeftArrow);
  EXPECT_EQ(state_.stop, first);
  expect_linked();
  key(ImGuiKey_End);
  EXPECT_EQ(state_.stop, state_.steps.count() - 1);
  expect_linked();
  key(ImGuiKey_Home);
  EXPECT_EQ(state_.stop, 0U);
}

TEST_F(LinkedRuns, DigitsChooseHowFarAStepGoes) {
  const auto steps_to_the_end = [this](const char* digit) {
    key(ImGuiKey_Home);
    type(digit);
    int steps = 0;
    for (std::size_t before = state_.stop + 1; before != state_.stop; ++steps) {
      before = state_.stop;
      apply_compare_action(state_, Action::Forward);
      EXPECT_GE(state_.stop, before);
    }
    return steps;
  };
  const int beats = steps_to_the_end("2");
  const int engine_steps = steps_to_the_end("3");
  const int calls = steps_to_the_end("4");
  EXPECT_LT(beats, engine_steps);
  EXPECT_LT(engine_steps, calls);
  EXPECT_GT(beats, 3);
}

TEST_F(LinkedRuns, EveryCallIsVisitedForwardsAndBackwards) {
  type("4");
  std::vector<std::size_t> there;
  for (std::size_t before = state_.steps.count(); before != state_.stop;) {
    before = state_.stop;
    there.push_back(before);
    apply_compare_action(state_, Action::Forward);
  }
  std::vector<std::size_t> back = {state_.stop};
  while (back.size() < there.size()) {
    apply_compare_action(state_, Action::Back);
    back.push_back(state_.stop);
  }
  std::reverse(back.begin(), back.end());
  there.front() = back.front();  // a step's line and the call that it shows are one place
  EXPECT_EQ(there, back);
}

TEST_F(LinkedRuns, PlayingMovesBothAndStopsAtTheEnd) {
  ASSERT_FALSE(advance(state_, 100));
  key(ImGuiKey_Space);
  ASSERT_TRUE(state_.playing);
  std::size_t before = state_.stop;
  for (int i = 0; i < 5; ++i) {
    advance(state_, 20);
    look_at_both(state_);
    EXPECT_GT(state_.stop, before);
    before = state_.stop;
    expect_linked();
  }
  for (int i = 0; i < 2000 && state_.playing; ++i) {
    advance(state_, 20);
    look_at_both(state_);
  }
  EXPECT_FALSE(state_.playing);
  EXPECT_EQ(state_.stop, state_.steps.count() - 1);
  key(ImGuiKey_Space);
  EXPECT_EQ(state_.stop, 0U) << "from the end it plays from the beginning";
}

TEST_F(LinkedRuns, APacketIsSeenOnItsWayOnBothSides) {
  select_line(state_, row_of("mnt.private"));
  frame();
  EXPECT_FALSE(moving(state_));
  key(ImGuiKey_RightArrow);
  EXPECT_TRUE(left().moving());
  EXPECT_TRUE(right().moving());
  EXPECT_TRUE(advance(state_, 0.01));
  advance(state_, 30);
  EXPECT_FALSE(moving(state_));
}

TEST_F(LinkedRuns, NearerIsNearerOnBothSidesAndGivesThePicturesTheRoom) {
  select_line(state_, row_of("root.pivot"));
  frame();
  const double before = layout().left.h;
  type("z");
  EXPECT_EQ(state_.sides[0].camera.at(), Nearness::Deck);
  EXPECT_EQ(state_.sides[1].camera.at(), Nearness::Deck);
  EXPECT_FALSE(state_.rows);
  EXPECT_GT(layout().left.h, before * 1.3);
  type("z");
  EXPECT_EQ(state_.sides[0].camera.at(), Nearness::Container);
  EXPECT_EQ(state_.sides[1].camera.at(), Nearness::Container);
  frame();
  EXPECT_FALSE(state_.sides[0].closeup.empty());
  EXPECT_FALSE(state_.sides[1].closeup.empty());
  for (int i = 0; i < 3; ++i) type("Z");
  EXPECT_EQ(state_.sides[1].camera.at(), Nearness::Ship);
}

TEST_F(LinkedRuns, TheWheelInOnePictureMovesTheOther) {
  select_line(state_, row_of("root.pivot"));
  key(ImGuiKey_Tab);
  const Rect right = layout().right;
  wheel({right.mid_x(), right.mid_y()}, 3);
  EXPECT_GT(state_.sides[1].camera.at(), Nearness::Ship);
  EXPECT_EQ(state_.sides[0].camera.at(), state_.sides[1].camera.at());
  const Rect left = layout().left;
  wheel({left.mid_x(), left.mid_y()}, 1);
  EXPECT_EQ(state_.sides[0].camera.at(), state_.sides[1].camera.at());
  EXPECT_DOUBLE_EQ(state_.sides[0].camera.zoom(), state_.sides[1].camera.zoom());
}

TEST_F(LinkedRuns, WhatDiffersStandsBetweenThePictures) {
  key(ImGuiKey_Tab);
  EXPECT_FALSE(shows("Why")) << "the rows are away";
  type("n");
  EXPECT_TRUE(shows("simulator wrong")) << words();
  EXPECT_TRUE(shows("≠"));
  key(ImGuiKey_Home);
  EXPECT_TRUE(shows("Both did the same."));
  key(ImGuiKey_Tab);
  EXPECT_TRUE(shows("Why"));
}

TEST_F(LinkedRuns, EachSideSaysWhereItIs) {
  type("n");
  for (const CompareSide& side : state_.sides)
    EXPECT_TRUE(shows(event_place_words(side.player.position(), side.player.count()))) << words();
}

TEST_F(LinkedRuns, SideBySideOrOneAboveTheOther) {
  const CompareLayout wide = compare_layout(1600, 900, false);
  EXPECT_DOUBLE_EQ(wide.left.y, wide.right.y);
  EXPECT_GT(wide.lane.x, wide.left.right());
  EXPECT_LT(wide.lane.right(), wide.right.x);
  const CompareLayout narrow = compare_layout(1024, 768, false);
  EXPECT_DOUBLE_EQ(narrow.left.x, narrow.right.x);
  EXPECT_GE(narrow.lane.y, narrow.left.bottom());
  EXPECT_LE(narrow.lane.bottom(), narrow.right.y);
}

bool within(const Rect& inner, const Rect& outer) {
  return overlap_depth(inner, outer) >= std::min(inner.w, inner.h) - 1;
}

TEST_F(LinkedRuns, NothingCollidesAndNothingIsCutOffAtAnySize) {
  struct Size {
    double width, height;
  };
  const auto is_list = [this](const Scene& scene) {
    const Rect list = layout().list;
    return list.h > 0 && within(scene.area, list);
  };
  const std::size_t lines[] = {0, row_of("root.pivot"), row_of("mnt.proc"),
                               state_.list.lines.size() - 1};
  for (const Size size : {Size{1024, 768}, Size{1280, 720}, Size{1600, 900}, Size{1920, 1080}}) {
    resize(size.width, size.height);
    for (const bool rows : {true, false}) {
      state_.rows = rows;
      for (const std::size_t line : lines) {
        select_line(state_, line);
        frame();
        frame();
        for (const Scene& scene : scenes_) {
          for (const std::string& fault : overlaps(scene))
            ADD_FAILURE() << size.width << " rows " << rows << " line " << line << " " << fault;
          if (is_list(scene)) continue;  // it scrolls: of its first and last row a part is seen
          for (const std::string& fault : labels_outside(scene))
            ADD_FAILURE() << size.width << " rows " << rows << " line " << line << " " << fault;
        }
      }
    }
  }
}

TEST_F(LinkedRuns, TheMapOfKeysShowsItsOwn) {
  type("?");
  EXPECT_TRUE(shows("the next difference")) << words();
  EXPECT_FALSE(shows("predict first"));
  for (const KeyRow& row : compare_key_table())
    EXPECT_TRUE(row.does.empty() || tells(row.does)) << row.does;
  key(ImGuiKey_Escape);
  EXPECT_FALSE(state_.help);
}

TEST_F(LinkedRuns, ADragAlongTheTrackMovesBoth) {
  const Rect bar = layout().timeline;
  click({bar.x + 108 + (bar.w - 124) / 2, bar.bottom() - 20});
  EXPECT_GT(state_.stop, state_.steps.count() / 5);
  EXPECT_TRUE(stop().step);
  expect_linked();
}

TEST_F(LinkedRuns, TheTextTwinSaysWhatBothPicturesSay) {
  type("n");
  const auto told = explain_compared(a_, b_, state_.comparison, state_.list, state_.panel.selected);
  ASSERT_TRUE(told) << told.error().message;
  std::string flat = *told;
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  for (const CompareSide& side : state_.sides) {
    EXPECT_NE(flat.find(side.name), std::string::npos);
    EXPECT_NE(flat.find(event_place_words(side.player.position(), side.player.count())),
              std::string::npos)
        << flat;
    EXPECT_NE(flat.find(side.pids), std::string::npos);
  }
  EXPECT_NE(flat.find(line().label), std::string::npos) << flat;
  EXPECT_NE(flat.find("EPERM"), std::string::npos) << flat;
  EXPECT_NE(flat.find("2 unexplained"), std::string::npos) << flat;
  const auto near = explain_compared(a_, b_, state_.comparison, state_.list, state_.panel.selected,
                                     Nearness::Syscall);
  ASSERT_TRUE(near);
  EXPECT_NE(*near, *told);
  EXPECT_FALSE(explain_compared(a_, b_, state_.comparison, state_.list, 100000));
}

TEST_F(LinkedRuns, WhatIsRememberedComesBack) {
  type("tM+A");
  key(ImGuiKey_Tab);
  const Remembered kept = remembered_of(state_, Remembered());
  EXPECT_EQ(kept.theme, ThemeChoice::Light);
  EXPECT_FALSE(kept.rows);
  CompareWindowState other(a_, b_, compared(a_, b_));
  recall(kept, other);
  EXPECT_EQ(remembered_of(other, Remembered()), kept);
}

TEST_F(LinkedRuns, TwoOfOneKindAreLeftAndRight) {
  const CompareWindowState same(a_, a_, compared(a_, a_));
  EXPECT_EQ(same.sides[0].name, "Left");
  EXPECT_EQ(same.sides[1].name, "Right");
  EXPECT_EQ(same.list.sums.open, 0U);
}

}  // namespace
}  // namespace cutaway::viz
