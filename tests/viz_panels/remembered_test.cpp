// What is remembered between two starts: its JSON, and that a window begins as the last one was
// left.
#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/remembered.h"

namespace cutaway::viz {
namespace {

constexpr double kNear = 0.6;

Remembered unlike_the_usual() {
  Remembered r;
  r.theme = ThemeChoice::Projector;
  r.view = View::Matrix;
  r.reduced_motion = true;
  r.larger = 150;
  r.speed = 25;
  r.terminal = r.events = r.inspector = r.left = r.right = r.rows = false;
  r.left_width = 333;
  r.right_width = 222;
  return r;
}

TEST(Remembered, EveryFieldComesBack) {
  const Remembered r = unlike_the_usual();
  const auto back = remembered_from("w", remembered_text(r));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, r);
  const Json json = *parse_json(remembered_text(r));
  const Json usual = *parse_json(remembered_text(Remembered()));
  for (const auto& [key, value] : json.items()) {
    EXPECT_EQ(value == usual[key], key == "cutaway_window") << key << " is not told apart here";
  }
}

TEST(Remembered, WhatIsMissingIsAsUsualAndUnknownKeysArePassedOver) {
  const auto back = remembered_from("w", R"({"cutaway_window":1,"theme":"light","later":[1,2]})");
  ASSERT_TRUE(back) << back.error().message;
  Remembered expected;
  expected.theme = ThemeChoice::Light;
  EXPECT_EQ(*back, expected);
}

TEST(Remembered, WhatIsDamagedOrNewerIsSaidByName) {
  const std::pair<const char*, const char*> bad[] = {
      {"", "window.json:"},
      {"{\"cutaway_window\":1,", "window.json:1"},
      {"[]", "no object"},
      {"{}", "/cutaway_window"},
      {R"({"cutaway_window":2})", "is 2, this program reads 1"},
      {R"({"cutaway_window":1,"theme":"purple"})", "/theme: is \"purple\", expected dark"},
      {R"({"cutaway_window":1,"larger":99999999999})", "/larger"},
      {R"({"cutaway_window":1,"left_width":-3})", "from 200 to 640"},
      {R"({"cutaway_window":1,"events":"no"})", "true or false"},
  };
  for (const auto& [text, words] : bad) {
    const auto back = remembered_from("window.json", text);
    ASSERT_FALSE(back) << text;
    EXPECT_NE(back.error().message.find(words), std::string::npos) << back.error().message;
    EXPECT_EQ(back.error().message.find('\n'), std::string::npos) << "one line";
  }
}

TEST(Remembered, OnlyWhatChangedByHandIsKept) {
  Remembered kept;
  kept.larger = 120;
  Remembered begun = kept;
  begun.theme = ThemeChoice::Light;  // --theme light
  Remembered now = begun;
  now.events = false;
  const Remembered result = merged(kept, begun, now);
  EXPECT_EQ(result.theme, ThemeChoice::Dark);
  EXPECT_FALSE(result.events);
  EXPECT_EQ(result.larger, 120);
}

class RememberedWindow : public ::testing::Test {
 protected:
  /// The next start of the program.
  void close_and_open() {
    const Remembered kept = remembered_of(window_->state());
    const auto read = remembered_from("w", remembered_text(kept));
    ASSERT_TRUE(read);
    window_ = std::make_unique<WindowDriver>(trace_, 1600, 900);
    recall(*read, window_->state());
    to_the_end();
    EXPECT_EQ(remembered_of(window_->state()), kept);
  }

  /// Where the terminal has lines.
  void to_the_end() {
    window_->player().last();
    for (int i = 0; i < 3; ++i) window_->frame();
  }

  Trace trace_ = hand_trace();
  std::unique_ptr<WindowDriver> window_ = std::make_unique<WindowDriver>(trace_, 1600, 900);
};

TEST_F(RememberedWindow, AFoldedPanelIsStillFolded) {
  to_the_end();
  ASSERT_TRUE(window_->find("line 1")) << "the terminal shows a line";
  ASSERT_TRUE(window_->click("Terminal"));
  ASSERT_FALSE(window_->find("line 1"));
  close_and_open();
  EXPECT_FALSE(window_->find("line 1"));
  EXPECT_TRUE(window_->find("Events")) << "the other panel of the column is there";
  ASSERT_TRUE(window_->click("Terminal"));
  EXPECT_TRUE(window_->state().terminal.open);
}

TEST_F(RememberedWindow, AColumnThatIsAwayIsStillAway) {
  ASSERT_TRUE(window_->click("Inspector"));
  ASSERT_TRUE(window_->find("Inspector (Tab)"));
  close_and_open();
  EXPECT_TRUE(window_->find("Inspector (Tab)"));
  EXPECT_FALSE(window_->find("Inspector"));
}

TEST_F(RememberedWindow, AColumnIsDraggedWiderAndStaysSo) {
  const Rect before = *window_->find("Left divider");
  window_->drag({before.x + 3, 400}, {before.x + 93, 400});
  const Rect wider = *window_->find("Left divider");
  EXPECT_NEAR(wider.x, before.x + 93, 4);
  close_and_open();
  EXPECT_NEAR(window_->find("Left divider")->x, wider.x, kNear);
  const Rect right = *window_->find("Right divider");
  window_->drag({right.x + 3, 400}, {right.x + 43, 400});
  EXPECT_NEAR(window_->find("Right divider")->x, right.x + 43, 8) << "and narrower";
}

TEST_F(RememberedWindow, AColumnIsAsWideAsUsualAfterTwoClicks) {
  const Rect usual = *window_->find("Left divider");
  window_->drag({usual.x + 3, 400}, {usual.x + 63, 400});
  const Rect wider = *window_->find("Left divider");
  ASSERT_GT(wider.x, usual.x + 40);
  for (int i = 0; i < 90; ++i) window_->frame();  // the drag's own click is long past
  window_->click_at({wider.x + 3, 500});
  window_->click_at({wider.x + 3, 500});
  EXPECT_NEAR(window_->find("Left divider")->x, usual.x, kNear);
}

TEST_F(RememberedWindow, NoColumnTakesThePictureItsRoom) {
  for (int i = 0; i < 40; ++i) window_->type(":");
  const Rect left = *window_->find("Left divider");
  const Rect right = *window_->find("Right divider");
  EXPECT_GE(right.right() - left.x, 860 - kNear);
  for (int i = 0; i < 60; ++i) window_->type(";");
  EXPECT_NEAR(window_->find("Left divider")->x, kColumnLeast, kNear);
}

TEST_F(RememberedWindow, ThemeSpeedMotionViewAndSizeAreAsTheyWere) {
  for (const char* key : {"t", "+", "M", "A", "A", "l"}) window_->type(key);
  const Remembered left = remembered_of(window_->state());
  EXPECT_EQ(left.theme, ThemeChoice::Light);
  EXPECT_EQ(left.speed, 200);
  EXPECT_TRUE(left.reduced_motion);
  EXPECT_EQ(left.larger, 120);
  EXPECT_EQ(left.view, View::Lens);
  close_and_open();
  window_->type("a");
  EXPECT_EQ(window_->state().larger, 110);
}

TEST_F(RememberedWindow, ThingsGrowNoFurtherThanTheWindowHasRoom) {
  window_->state().largest = 125;
  for (int i = 0; i < 9; ++i) window_->type("A");
  EXPECT_EQ(window_->state().larger, 125);
  for (int i = 0; i < 9; ++i) window_->type("a");
  EXPECT_EQ(window_->state().larger, 100);
}

}  // namespace
}  // namespace cutaway::viz
