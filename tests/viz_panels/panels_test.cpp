// The window under real mouse and keyboard events.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"

namespace cutaway::viz {
namespace {

class Panels : public ::testing::Test {
 protected:
  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1600, 900};
  Player& player() { return window_.player(); }
};

TEST_F(Panels, ButtonsOfTheTransportMoveThePlayer) {
  ASSERT_TRUE(window_.click("Forward"));
  const std::size_t first = player().position();
  EXPECT_GT(first, 0U);
  window_.click("Forward");
  EXPECT_GT(player().position(), first);
  window_.click("Back");
  EXPECT_EQ(player().position(), first);
  window_.click("Last");
  EXPECT_EQ(player().position(), trace_.size());
  window_.click("First");
  EXPECT_EQ(player().position(), player().index().beginning());
}

TEST_F(Panels, PlayBecomesPauseAndBack) {
  ASSERT_TRUE(window_.click("Play"));
  EXPECT_TRUE(player().playing());
  EXPECT_FALSE(window_.find("Play"));
  ASSERT_TRUE(window_.click("Pause"));
  EXPECT_FALSE(player().playing());
}

TEST_F(Panels, SpeedGoesRound) {
  std::string seen;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(window_.click("Speed"));
    seen += std::to_string(player().speed()).substr(0, 4) + " ";
  }
  EXPECT_EQ(seen, "2.00 4.00 0.25 0.50 1.00 ");
}

TEST_F(Panels, EachStepSizeCanBeChosen) {
  for (const StepSize size : kStepSizes) {
    ASSERT_TRUE(window_.click(std::string(step_size_name(size))));
    EXPECT_EQ(player().size(), size);
  }
  ASSERT_TRUE(window_.click("lane beat"));
  EXPECT_EQ(player().size(), StepSize::Beat);
  window_.click("Forward");
  EXPECT_TRUE(window_.shows("beat 1 of 8")) << window_.words();
}

TEST_F(Panels, DraggingOnTheTimelineScrubs) {
  const Rect track = *window_.find("Track");
  window_.drag({track.x + 6, track.y + 30}, {track.x + track.w * 0.5, track.y + 30});
  const std::size_t middle = player().position();
  EXPECT_GT(middle, trace_.size() / 4);
  EXPECT_LT(middle, trace_.size());
  window_.drag({track.x + track.w * 0.5, track.y + 30}, {track.right() + 300, track.y - 200});
  EXPECT_EQ(player().position(), trace_.size());
  window_.click_at({track.x + 2, track.y + 40});
  EXPECT_EQ(player().position(), 0U);
}

TEST_F(Panels, ThemeAndPresenterAreSwitches) {
  ASSERT_TRUE(window_.click("Theme"));
  EXPECT_EQ(window_.state().theme, ThemeChoice::Light);
  ASSERT_TRUE(window_.click("Presenter"));
  EXPECT_TRUE(window_.state().presenter);
  EXPECT_FALSE(window_.find("Terminal"));
  EXPECT_FALSE(window_.find("Inspector"));
  window_.click("Presenter");
  EXPECT_TRUE(window_.find("Terminal"));
}

TEST_F(Panels, TheViewsStandInPlaceOfTheShipUntilTheyAreClickedAway) {
  struct ViewCase {
    const char* name;
    View view;
    const char* says;
  };
  window_.player().jump(window_.player().count() - 6);
  for (const ViewCase& each : {ViewCase{"Lens", View::Lens, "the host sees"},
                               ViewCase{"Matrix", View::Matrix, "message queues"},
                               ViewCase{"Tree", View::Tree, "on the host"},
                               ViewCase{"Layers", View::Layers, "mount tables"}}) {
    ASSERT_TRUE(window_.click(each.name));
    EXPECT_EQ(window_.state().stage.view, each.view);
    window_.frame();
    EXPECT_TRUE(window_.shows(each.says)) << window_.words();
    EXPECT_FALSE(window_.find("Terminal"));
    window_.click(each.name);
    EXPECT_EQ(window_.state().stage.view, View::Ship);
  }
  window_.type("l");
  EXPECT_EQ(window_.state().stage.view, View::Lens);
  window_.key(ImGuiKey_Escape);
  EXPECT_EQ(window_.state().stage.view, View::Ship);
}

TEST_F(Panels, TheLensLooksOutOfWhomeverIsChosen) {
  window_.player().jump(window_.player().count() - 8);
  window_.type("l");
  window_.frame();
  ASSERT_TRUE(window_.click("Lens on host"));
  EXPECT_EQ(window_.state().stage.left, kHostSlot);
  window_.frame();
  EXPECT_TRUE(window_.shows("The host's tables"));
}

TEST_F(Panels, WheelAndKeysChangeHowNearWeLook) {
  window_.player().jump(window_.player().count() - 8);
  window_.frame();
  const Rect picture = *window_.find("Ship");
  const Point middle = {picture.mid_x(), picture.mid_y()};
  window_.wheel(middle, 2);
  EXPECT_GT(window_.state().camera.zoom(), 1.2);
  window_.wheel(middle, -2);
  window_.wheel(middle, -3);
  window_.frame();
  EXPECT_EQ(window_.state().camera.at(), Nearness::Ship);
  window_.type("z");
  EXPECT_EQ(window_.state().camera.at(), Nearness::Deck);
  window_.type("z");
  EXPECT_GT(window_.state().camera.at(), Nearness::Deck);
  window_.key(ImGuiKey_Escape);
  window_.key(ImGuiKey_Escape);
  EXPECT_EQ(window_.state().camera.at(), Nearness::Deck);
}

TEST_F(Panels, ComparingTwoRunsIsAnotherCommandAndSaysSo) {
  window_.frame();
  const std::string before = window_.words();
  ASSERT_TRUE(window_.click("Compare"));
  window_.hover({800, 300});
  EXPECT_EQ(window_.words(), before);
}

TEST_F(Panels, AClickOnATitleFoldsAPanel) {
  ASSERT_TRUE(window_.click("Terminal"));
  EXPECT_FALSE(window_.state().terminal.open);
  EXPECT_LT(window_.find("Events")->y, 80);
  window_.click("Terminal");
  EXPECT_TRUE(window_.state().terminal.open);
  window_.click("Inspector");
  EXPECT_FALSE(window_.find("Inspector"));
  ASSERT_TRUE(window_.click("Inspector (Tab)"));
  EXPECT_TRUE(window_.find("Inspector"));
}

TEST_F(Panels, BothPanelsOfAColumnFoldedMeansTheColumnIsAway) {
  window_.click("Terminal");
  window_.click("Events");
  EXPECT_FALSE(window_.find("Events"));
  ASSERT_TRUE(window_.click("Terminal and events"));
  EXPECT_TRUE(window_.find("Terminal"));
  EXPECT_TRUE(window_.find("Events"));
}

TEST_F(Panels, TheListFollowsAndAClickJumps) {
  player().jump(trace_.size());
  for (int i = 0; i < 3; ++i) window_.frame();
  EXPECT_TRUE(window_.find("event " + std::to_string(trace_.size())));
  ASSERT_TRUE(window_.click("event 39"));
  EXPECT_EQ(player().position(), 39U);
}

TEST_F(Panels, TheFilterIsTypedAndTheListObeys) {
  ASSERT_TRUE(window_.click("##Filter"));
  window_.type("kind:ns");
  EXPECT_EQ(window_.state().events.filter, "kind:ns");
  EXPECT_TRUE(window_.shows("new mnt namespace")) << window_.words();
  EXPECT_FALSE(window_.find("event 2"));
  window_.type("p");  // letters are letters now
  EXPECT_FALSE(window_.state().presenter);
  window_.type("x no such thing");
  EXPECT_TRUE(window_.shows("No event answers to this."));
}

TEST_F(Panels, TheInspectorFollowsTheActingTaskAndJumpsToCauses) {
  player().jump(33);
  window_.frame();
  window_.frame();
  EXPECT_TRUE(window_.shows("task 4711"));
  EXPECT_TRUE(window_.shows("pid here"));
  ASSERT_TRUE(window_.click("to event 26")) << window_.words();
  EXPECT_EQ(player().position(), 26U);
}

TEST_F(Panels, TheTerminalShowsWhatWasPrintedByThen) {
  player().jump(20);
  window_.frame();
  window_.frame();
  EXPECT_TRUE(window_.shows("docker run busybox echo"));
  const auto printed = [this] {
    const std::vector<ScreenLine> lines = window_.state().view.screen.screen.joined();
    return std::any_of(lines.begin(), lines.end(),
                       [](const ScreenLine& line) { return line.text == "hi there"; });
  };
  EXPECT_FALSE(printed());
  player().last();
  for (int i = 0; i < 3; ++i) window_.frame();
  EXPECT_TRUE(printed());
}

TEST_F(Panels, KeysDoWhatTheTableSays) {
  window_.key(ImGuiKey_RightArrow);
  const std::size_t one = player().position();
  EXPECT_GT(one, 0U);
  window_.key(ImGuiKey_RightArrow, true);  // by engine step
  EXPECT_GT(player().position(), one);
  EXPECT_EQ(player().size(), StepSize::Syscall);
  window_.key(ImGuiKey_End);
  EXPECT_EQ(player().position(), trace_.size());
  window_.key(ImGuiKey_LeftArrow);
  EXPECT_LT(player().position(), trace_.size());
  window_.key(ImGuiKey_Home);
  EXPECT_EQ(player().position(), player().index().beginning());
  window_.key(ImGuiKey_UpArrow);
  EXPECT_EQ(player().size(), StepSize::EngineStep);
  window_.key(ImGuiKey_DownArrow, true);
  EXPECT_EQ(player().size(), StepSize::Syscall);
  window_.key(ImGuiKey_Space);
  EXPECT_TRUE(player().playing());
  window_.key(ImGuiKey_Space);
  EXPECT_FALSE(player().playing());
}

TEST_F(Panels, LettersDoWhatTheTableSays) {
  for (const StepSize size : kStepSizes) {
    window_.type(std::to_string(index_of(size) + 1));
    EXPECT_EQ(player().size(), size);
  }
  window_.type("+");
  EXPECT_EQ(player().speed(), 2);
  window_.type("-");
  EXPECT_EQ(player().speed(), 1);
  window_.type("t");
  EXPECT_EQ(window_.state().theme, ThemeChoice::Light);
  window_.type("p");
  EXPECT_TRUE(window_.state().presenter);
  window_.key(ImGuiKey_Escape);
  EXPECT_FALSE(window_.state().presenter);
  window_.type("/");
  window_.type("clone");
  EXPECT_EQ(window_.state().events.filter, "clone");
}

TEST_F(Panels, TheMapOfKeysHoldsTheWholeTable) {
  window_.type("?");
  ASSERT_TRUE(window_.state().help);
  for (const KeyRow& row : key_table()) {
    if (row.name.empty()) continue;
    EXPECT_TRUE(window_.shows(std::string(row.does))) << row.does;
  }
  window_.key(ImGuiKey_Escape);
  EXPECT_FALSE(window_.state().help);
  window_.click("?");
  EXPECT_TRUE(window_.state().help);
  window_.click_at({30, 500});
  EXPECT_FALSE(window_.state().help);
}

TEST(MapOfKeys, IsWholeInASmallWindow) {
  const Trace trace = hand_trace();
  for (const auto& [width, height] : {std::pair{1024, 768}, std::pair{1280, 720}}) {
    WindowDriver window(trace, width, height);
    window.type("?");
    const std::vector<Scene> scenes = window.scenes();
    const auto help = std::find_if(scenes.begin(), scenes.end(), [](const Scene& scene) {
      return words_of(scene).find("Everything by keyboard") != std::string::npos;
    });
    ASSERT_NE(help, scenes.end());
    for (const CutLabel& cut : help->cuts) ADD_FAILURE() << width << ": " << cut.whole;
    for (const std::string& label : labels_outside(*help)) ADD_FAILURE() << width << ": " << label;
  }
}

// What a real run reports it has seen, read, or concluded; a simulation reports nothing.
TEST(EventsOfARealRun, SayHowTheyAreKnown) {
  Trace trace = hand_trace();
  for (const How how : {How::Seen, How::Read, How::Inferred}) {
    Event event;
    event.stamp.t = trace.head().now;
    event.stamp.task = TaskId{3};
    event.stamp.how = how;
    event.body =
        NsHostnameSet{trace.head().tasks.at(TaskId{3}).in(cutaway::NsKind::Uts), "box", ""};
    trace.append(std::move(event));
  }
  WindowDriver window(trace, 1600, 900);
  EXPECT_FALSE(window.shows("inferred"));
  window.type("5");
  window.player().jump(window.player().count());
  window.frame();
  window.frame();
  for (const char* word : {"seen", "read", "inferred", "nobody saw it by itself"})
    EXPECT_TRUE(window.shows(word)) << word << " in\n" << window.words();
}

TEST_F(Panels, TabTakesThePanelsInAndOut) {
  window_.key(ImGuiKey_Tab);
  EXPECT_FALSE(window_.find("Terminal"));
  EXPECT_FALSE(window_.find("Inspector"));
  window_.key(ImGuiKey_Tab);
  EXPECT_TRUE(window_.find("Terminal"));
  EXPECT_TRUE(window_.find("Inspector"));
}

TEST_F(Panels, TheWheelScrollsTheListAndNothingElse) {
  const auto first_row = [this] {
    for (std::size_t n = 1; n <= trace_.size(); ++n) {
      if (window_.find("event " + std::to_string(n))) return n;
    }
    return std::size_t{0};
  };
  const std::size_t before = first_row();
  const Rect list = *window_.find("Events");
  window_.state().events.filter = "kind:all";
  window_.frame();
  window_.wheel({list.mid_x(), list.y + 200}, -8);
  EXPECT_GT(first_row(), before);
  EXPECT_EQ(player().position(), 0U);
}

}  // namespace
}  // namespace cutaway::viz
