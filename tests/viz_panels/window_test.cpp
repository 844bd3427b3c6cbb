// The window at all sizes: nothing throws, nothing is cut off, nothing lies upon something else.
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

struct Size {
  int width, height;
};
constexpr Size kSizes[] = {{1024, 768}, {1280, 720}, {1600, 900}, {1920, 1080}, {1366, 768}};

/// The scenes of the title bar and the transport: those that lie within their bars.
bool lies_in(const Scene& scene, double top, double bottom) {
  return scene.area.y >= top - 0.5 && scene.area.bottom() <= bottom + 0.5;
}

void walk_through(WindowDriver& window) {
  const std::size_t count = window.player().count();
  for (const std::size_t n : {std::size_t{0}, count / 3, count / 2, count}) {
    window.player().jump(n);
    window.frame();
    window.frame();
  }
}

TEST(Window, TitleBarAndTransportAreWholeAtEverySize) {
  const Trace trace = hand_trace();
  for (const Size size : kSizes) {
    WindowDriver window(trace, size.width, size.height);
    walk_through(window);
    for (const Scene& scene : window.scenes()) {
      const bool bar = lies_in(scene, 0, 40) || lies_in(scene, size.height - 124, size.height);
      if (!bar) continue;
      for (const CutLabel& cut : scene.cuts) {
        ADD_FAILURE() << size.width << "x" << size.height << " cuts '" << cut.whole << "'";
      }
      for (const std::string& line : labels_outside(scene)) {
        ADD_FAILURE() << size.width << "x" << size.height << " " << line;
      }
    }
  }
}

TEST(Window, TitleBarAndTransportAreWholeAtEveryScale) {
  const Trace trace = hand_trace();
  for (const double scale : {1.5, 2.0, 3.0}) {
    for (const Size size : kSizes) {
      WindowDriver window(trace, size.width, size.height, scale);
      walk_through(window);
      const double height = size.height / scale;
      for (const Scene& scene : window.scenes()) {
        if (!lies_in(scene, 0, 40) && !lies_in(scene, height - 124, height)) continue;
        std::vector<std::string> faults = labels_outside(scene);
        for (const std::string& line : overlaps(scene)) faults.push_back(line);
        for (const std::string& line : faults)
          ADD_FAILURE() << size.width << "x" << size.height << "@" << scale << " " << line;
      }
      EXPECT_TRUE(window.find("Theme")) << size.width << "@" << scale;
      EXPECT_TRUE(window.find("Forward")) << size.width << "@" << scale;
    }
  }
}

TEST(Window, ASmallTransportOffersTheNextSize) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1024, 768, 2);
  const StepSize before = window.player().size();
  ASSERT_TRUE(window.click(std::string(step_size_name(before))));
  EXPECT_NE(window.player().size(), before);
  EXPECT_FALSE(window.find(std::string(step_size_name(before))));
}

TEST(Window, NoLabelOfAPanelLiesUponAnother) {
  const Trace trace = hand_trace();
  for (const Size size : kSizes) {
    for (const bool presenter : {false, true}) {
      WindowDriver window(trace, size.width, size.height);
      window.state().presenter = presenter;
      walk_through(window);
      for (const Scene& scene : window.scenes()) {
        for (const std::string& line : overlaps(scene)) {
          ADD_FAILURE() << size.width << "x" << size.height << (presenter ? " presenter " : " ")
                        << line;
        }
      }
    }
  }
}

TEST(Window, EveryStepSizeAtEveryPositionCanBeDrawn) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1280, 720);
  for (const StepSize size : kStepSizes) {
    window.player().set_size(size);
    for (std::size_t n = 0; n <= trace.size(); ++n) {
      window.player().jump(n);
      window.frame();
    }
  }
}

TEST(Window, NarrowOnesPullTheirPanelsOutOverThePicture) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1024, 768);
  EXPECT_FALSE(window.find("Terminal"));
  ASSERT_TRUE(window.click("Terminal and events"));
  ASSERT_TRUE(window.find("Terminal"));
  ASSERT_TRUE(window.click("event 2"));  // takes the pointer, not the picture beneath
  EXPECT_EQ(window.player().position(), 2U);
  window.key(ImGuiKey_Escape);
  EXPECT_FALSE(window.find("Terminal"));
  window.key(ImGuiKey_Tab);
  EXPECT_TRUE(window.find("Terminal"));
  EXPECT_TRUE(window.find("Inspector"));
}

TEST(Window, ScalesAsAWhole) {
  const Trace trace = hand_trace();
  WindowDriver twice(trace, 3200, 1800, 2);
  WindowDriver once(trace, 1600, 900, 1);
  for (const char* label : {"Play", "Track", "Inspector", "##Filter"}) {
    ASSERT_TRUE(twice.find(label)) << label;
    EXPECT_NEAR(twice.find(label)->x, once.find(label)->x, 1.5) << label;
    EXPECT_NEAR(twice.find(label)->w, once.find(label)->w, 1.5) << label;
  }
  ASSERT_TRUE(twice.click("Forward"));
  EXPECT_GT(twice.player().position(), 0U);
}

TEST(Window, AnUnknownTraceIsStillAWindow) {
  const Trace empty{TraceHeader()};
  WindowDriver window(empty, 1600, 900);
  for (const char* button : {"Forward", "Back", "Last", "First", "Play"}) window.click(button);
  window.key(ImGuiKey_RightArrow);
  EXPECT_EQ(window.player().position(), 0U);
  EXPECT_TRUE(window.shows("event 0 of 0"));
}

TEST(Window, GrowsWithALiveTrace) {
  const Trace whole = hand_trace();
  Trace growing(whole.header);
  const auto take = [&](std::size_t to) {
    while (growing.size() < to) {
      Event event = whole.event(growing.size());
      event.stamp.step = growing.step_id(whole.step_name(event.stamp.step));
      growing.append(event);
    }
  };
  take(10);
  WindowDriver window(growing, 1600, 900);
  window.key(ImGuiKey_End);
  EXPECT_EQ(window.player().position(), 10U);
  take(whole.size());
  refresh(window.state());
  window.key(ImGuiKey_End);
  EXPECT_EQ(window.player().position(), whole.size());
}

TEST(Window, ClickingOnATaskKeepsItInTheInspector) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.player().jump(35);
  window.frame();
  window.frame();
  Rect task;
  for (const Scene& scene : window.scenes()) {
    if (const HitArea* hit = scene.find_hit("task:812")) task = hit->box;
  }
  ASSERT_GT(task.w, 0);
  window.click_at({task.mid_x(), task.mid_y()});
  EXPECT_EQ(window.state().inspector.selected.task, TaskId(2));
  EXPECT_TRUE(window.shows("task 812"));
  window.key(ImGuiKey_Escape);
  EXPECT_FALSE(window.state().inspector.selected);
}

TEST(Window, PicturesAreTheSameEachTimeAndDifferByTheme) {
  const Trace trace = hand_trace();
  WindowShot shot;
  shot.position = 30;
  shot.width = 1280;
  shot.height = 720;
  const std::string once = window_png(trace, shot);
  EXPECT_EQ(once, window_png(trace, shot));
  EXPECT_EQ(once.substr(1, 3), "PNG");
  shot.theme = ThemeChoice::Light;
  EXPECT_NE(once, window_png(trace, shot));
}

TEST(Window, TheTitleSaysWhereWeAre) {
  const Trace trace = hand_trace();
  WindowState state(trace);
  state.player.jump(7);
  EXPECT_EQ(window_title(state), "Cutaway · docker run busybox echo hi there · event 7 of 45");
}

}  // namespace
}  // namespace cutaway::viz
