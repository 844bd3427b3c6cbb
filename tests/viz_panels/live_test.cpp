// A run that is watched while it happens: what the picture does, and what is asked of the run.
#include <gtest/gtest.h>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"

namespace cutaway::viz {
namespace {

/// A trace that grows under a window.
struct LiveRun {
  LiveRun() {
    Event event;
    event.body = Snapshot{std::make_shared<const World>(whole.world_at(whole.size()))};
    trace.append(event);
  }
  void tell(const std::string& text, const std::string& note_class = "") {
    Event event;
    event.stamp.t = trace.record(trace.size() - 1).t + 1000;
    event.body = Note{text, note_class};
    trace.append(event);
  }
  Trace whole = hand_trace();
  Trace trace{whole.header};
};

class LiveWindow : public ::testing::Test {
 protected:
  void open(int width = 1600, int height = 900) {
    window.emplace(run.trace, width, height);
    window->state().live.emplace();
    window->frame();
  }
  void grow(const std::string& text, const std::string& note_class = "") {
    run.tell(text, note_class);
    refresh(window->state());
    window->frame();
  }
  Live& live() { return *window->state().live; }
  std::vector<LiveAsk> asked() { return std::exchange(live().asks, {}); }

  LiveRun run;
  std::optional<WindowDriver> window;
};

TEST_F(LiveWindow, ThePictureStaysWithWhatHappens) {
  open();
  EXPECT_TRUE(window->shows("LIVE, REAL") || window->shows("LIVE"));
  grow("one");
  grow("two");
  EXPECT_EQ(window->player().position(), run.trace.size());
  EXPECT_TRUE(window->shows("now"));
}

TEST_F(LiveWindow, WhoLooksAtThePastIsLeftThereUntilHeCatchesUp) {
  open();
  grow("one");
  grow("two");
  window->key(ImGuiKey_LeftArrow);
  const std::size_t back = window->player().position();
  ASSERT_LT(back, run.trace.size());
  grow("three");
  EXPECT_EQ(window->player().position(), back);
  EXPECT_TRUE(window->shows("view paused"));
  ASSERT_TRUE(window->click("Catch up"));
  window->frame();
  EXPECT_EQ(window->player().position(), run.trace.size());
  grow("four");
  EXPECT_EQ(window->player().position(), run.trace.size());
}

TEST_F(LiveWindow, SpacePausesThePictureAndEndCatchesUp) {
  open();
  grow("one");
  window->key(ImGuiKey_Space);
  grow("two");
  EXPECT_EQ(window->player().position(), run.trace.size() - 1);
  window->key(ImGuiKey_End);
  grow("three");
  EXPECT_EQ(window->player().position(), run.trace.size());
}

TEST_F(LiveWindow, ARunThatStandsStillCanBeLetGo) {
  open();
  grow("the run is held before openat, in root.pivot", "held");
  EXPECT_TRUE(window->shows("the run is held before openat, in root.pivot"));
  ASSERT_TRUE(window->click("One step"));
  EXPECT_EQ(asked(), std::vector<LiveAsk>{LiveAsk::OneStep});
  ASSERT_TRUE(window->click("Go on"));
  EXPECT_EQ(asked(), std::vector<LiveAsk>{LiveAsk::GoOn});
  grow("the run goes on", "released");
  EXPECT_FALSE(window->find("Go on"));
  ASSERT_TRUE(window->click("Hold the run"));
  EXPECT_EQ(asked(), std::vector<LiveAsk>{LiveAsk::Hold});
  window->frame();
  EXPECT_TRUE(window->shows("holding before the next step"));
}

TEST_F(LiveWindow, KeysAskTheSame) {
  open();
  window->type("h");
  window->type("n");
  window->type("g");
  EXPECT_EQ(asked(), (std::vector<LiveAsk>{LiveAsk::Hold, LiveAsk::OneStep, LiveAsk::GoOn}));
  live().over = true;
  window->type("g");
  EXPECT_TRUE(asked().empty());
  window->frame();
  EXPECT_TRUE(window->shows("the run has ended"));
}

TEST_F(LiveWindow, TheFootIsWholeAtEverySize) {
  for (const auto& [width, height] :
       {std::pair{1024, 768}, {1280, 720}, {1600, 900}, {1920, 1080}}) {
    open(width, height);
    grow("the run is held before openat, in root.pivot", "held");
    live().follow = false;
    window->frame();
    for (const char* button : {"Go on", "One step", "Catch up"}) {
      const auto box = window->find(button);
      ASSERT_TRUE(box) << width << " " << button;
      EXPECT_LE(box->right(), width);
    }
    for (const Scene& scene : window->scenes()) {
      for (const std::string& line : overlaps(scene)) ADD_FAILURE() << width << " " << line;
    }
  }
}

}  // namespace
}  // namespace cutaway::viz
