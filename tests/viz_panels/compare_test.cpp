// The window of two runs under real keys and a real pointer.
#include "tests/viz_panels/compare_fixture.h"

namespace cutaway::viz {
namespace {

TEST_F(CompareWindow, ShowsBothSidesTheirRowsAndTheSums) {
  for (const char* text : {"Simulated", "Real", "Step", "Difference", "Why", "agree", "explained",
                           "unexplained", "events lost", "SIMULATED + REAL"})
    EXPECT_TRUE(shows(text)) << text << " in\n" << words();
  EXPECT_EQ(state_.list.sums.open, 2U);
  EXPECT_FALSE(shows("Presenter"));
}

TEST_F(CompareWindow, ArrowsMoveThroughRowsAndStopAtTheEnds) {
  key(ImGuiKey_UpArrow);
  EXPECT_EQ(state_.panel.selected, 0U);
  key(ImGuiKey_DownArrow);
  key(ImGuiKey_DownArrow);
  EXPECT_EQ(state_.panel.selected, 2U);
  key(ImGuiKey_UpArrow);
  EXPECT_EQ(state_.panel.selected, 1U);
  key(ImGuiKey_End);
  EXPECT_EQ(state_.panel.selected, state_.list.lines.size() - 1);
  key(ImGuiKey_DownArrow);
  EXPECT_EQ(state_.panel.selected, state_.list.lines.size() - 1);
  key(ImGuiKey_Home);
  EXPECT_EQ(state_.panel.selected, 0U);
}

TEST_F(CompareWindow, NextAndPreviousDifference) {
  type("n");
  EXPECT_TRUE(line().difference);
  const std::size_t first = state_.panel.selected;
  type("n");
  EXPECT_GT(state_.panel.selected, first);
  EXPECT_TRUE(line().difference);
  type("p");
  EXPECT_EQ(state_.panel.selected, first);
  type("p");
  EXPECT_EQ(state_.panel.selected, first);  // there is none before it
}

TEST_F(CompareWindow, ADifferenceIsToldInSignLabelAndWords) {
  type("n");
  EXPECT_EQ(line().sign, "≠");
  EXPECT_TRUE(shows("≠"));
  EXPECT_TRUE(shows("simulator wrong")) << words();
  EXPECT_TRUE(shows("EPERM"));
}

TEST_F(CompareWindow, BothPicturesGoToTheRowsPositions) {
  type("n");
  EXPECT_EQ(state_.sides[0].player.position(), line().at_a);
  EXPECT_EQ(state_.sides[1].player.position(), line().at_b);
  const CompareRow& row = state_.comparison.rows[line().row];
  ASSERT_NE(row.a, kNoEvent);
  EXPECT_GT(line().at_a, row.a);
}

TEST_F(CompareWindow, ASideThatHasNothingStaysWhereItWas) {
  for (const CompareLine& each : state_.list.lines) {
    const CompareRow& row = state_.comparison.rows[each.row];
    if (each.step || row.b != kNoEvent) continue;
    EXPECT_TRUE(each.right.empty());
    EXPECT_GT(each.at_b, 0U);
    return;
  }
  FAIL() << "the call that was left out has no row";
}

TEST_F(CompareWindow, ARowCanBeClicked) {
  const std::string head = state_.list.lines.at(3).head;
  std::optional<Rect> place;
  for (const Scene& scene : scenes_) {
    for (const LabelBox& label : scene.labels) {
      if (label.text == head && !place) place = label.box;
    }
  }
  ASSERT_TRUE(place) << head;
  click({place->mid_x(), place->mid_y()});
  EXPECT_EQ(state_.list.lines.at(state_.panel.selected).head, head);
}

TEST_F(CompareWindow, ThemeIsAKey) {
  type("t");
  EXPECT_EQ(state_.theme, ThemeChoice::Light);
  type("t");
  EXPECT_EQ(state_.theme, ThemeChoice::Projector);
  type("t");
  EXPECT_EQ(state_.theme, ThemeChoice::Dark);
}

TEST_F(CompareWindow, NothingToCompareIsNoCrash) {
  const Trace none;
  CompareWindowState empty(none, none, compared(none, none));
  EXPECT_EQ(compare_png(empty, {}).substr(1, 3), "PNG");
}

TEST_F(CompareWindow, ThePictureOfAFileIsTheSelectedRows) {
  CompareWindowState state(a_, b_, compared(a_, b_));
  const std::string one = compare_png(state, {2, 1280, 720, ThemeChoice::Light});
  EXPECT_EQ(one.substr(1, 3), "PNG");
  EXPECT_EQ(state.panel.selected, 2U);
  EXPECT_NE(one, compare_png(state, {5, 1280, 720, ThemeChoice::Light}));
}

}  // namespace
}  // namespace cutaway::viz
