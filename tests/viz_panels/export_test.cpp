// Saving from the window: what is asked for, by keys and by clicks, and what it says.
#include <gtest/gtest.h>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/export_overlay.h"

namespace cutaway::viz {
namespace {

std::string asked(WindowDriver& window) {
  static constexpr const char* kNames[] = {"png", "svg", "moment", "line", "mp4", "gif"};
  std::string text;
  for (const ExportAsk& ask : window.state().saving.asks) {
    text += std::string(text.empty() ? "" : ", ") + kNames[static_cast<int>(ask.form)] + " " +
            std::to_string(ask.at.from) + "-" + std::to_string(ask.at.to);
  }
  window.state().saving.asks.clear();
  return text;
}

void expect_nothing_overlaps(const WindowDriver& window) {
  for (const Scene& scene : window.scenes()) {
    for (const std::string& line : overlaps(scene)) ADD_FAILURE() << line;
    const bool ours = scene.area.w == 640 || scene.area.h == 38;  // the choice, the notice
    if (!ours) continue;
    for (const std::string& line : labels_outside(scene)) ADD_FAILURE() << line;
    for (const CutLabel& cut : scene.cuts) ADD_FAILURE() << "cut: " << cut.whole;
  }
}

TEST(Export, KeysChoose) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.player().jump(20);
  window.type("e");
  EXPECT_TRUE(window.shows("Save this moment"));
  window.type("1");
  window.type("2");
  window.type("3");
  EXPECT_EQ(asked(window), "png 20-20, svg 20-20, moment 20-20");
  window.type("4");
  EXPECT_EQ(asked(window), "mp4 1-45");  // the whole story
  window.key(ImGuiKey_RightArrow);
  window.key(ImGuiKey_RightArrow);
  window.type("5");
  EXPECT_EQ(asked(window), "gif 17-21");  // the beat "create"
  EXPECT_EQ(window.player().position(), 20U);
  window.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(window.state().saving.range, ExportRange::Command);
  window.key(ImGuiKey_Escape);
  EXPECT_FALSE(window.shows("Save this moment"));
  window.type("2");
  EXPECT_EQ(asked(window), "");
  EXPECT_EQ(window.player().size(), StepSize::Beat);  // the key means that again
}

TEST(Export, ClicksChoose) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.player().jump(20);
  ASSERT_TRUE(window.click("Export"));
  for (const char* name : {"PNG", "SVG", "Moment"}) EXPECT_TRUE(window.click(name)) << name;
  ASSERT_TRUE(window.click("this beat"));
  EXPECT_TRUE(window.click("MP4"));
  EXPECT_EQ(asked(window), "png 20-20, svg 20-20, moment 20-20, mp4 17-21");
  ASSERT_TRUE(window.click("Export"));
  EXPECT_FALSE(window.find("PNG"));
}

TEST(Export, IsWholeAtEverySize) {
  const Trace trace = hand_trace();
  struct Size {
    int width, height;
  };
  for (const Size size : {Size{1024, 768}, Size{1280, 720}, Size{1600, 900}, Size{1920, 1080}}) {
    WindowDriver window(trace, size.width, size.height);
    window.type("e");
    window.frame();
    expect_nothing_overlaps(window);
    window.state().saving.job = ExportJob{"docker-run-busybox-echo-hi-there.mp4", 63, 150};
    window.frame();
    EXPECT_TRUE(window.shows("docker-run-busybox-echo-hi-there.mp4  42 %")) << size.width;
    expect_nothing_overlaps(window);
  }
}

TEST(Export, AFilmOnItsWayCanBeStopped) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.state().saving.job = ExportJob{"x.mp4", 3, 4};
  window.frame();
  window.frame();
  EXPECT_TRUE(window.shows("75 %"));
  window.type("e");
  window.type("4");
  EXPECT_EQ(asked(window), "");  // one at a time
  EXPECT_FALSE(window.state().saving.cancel);
  ASSERT_TRUE(window.click("Cancel export"));
  EXPECT_TRUE(window.state().saving.cancel);
  window.frame();
  EXPECT_TRUE(window.shows("stopping"));
}

TEST(Export, TheRestOfTheWindowGoesOn) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.type("e");
  ASSERT_TRUE(window.click("Forward"));
  EXPECT_GT(window.player().position(), 0U);
  window.key(ImGuiKey_End);
  EXPECT_EQ(window.player().position(), trace.size());
}

TEST(Moment, ItsLineGoesToTheClipboard) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  spec::SavedMoment origin;
  origin.commands = {"docker run busybox echo hi there"};
  origin.seed = 1;
  window.state().origin = origin;
  window.player().jump(20);
  window.type("2");
  window.type("t");
  window.type("m");
  const std::string line =
      "cutaway view -e 'docker run busybox echo hi there' --seed 1 --at 20 --step beat "
      "--theme light";
  EXPECT_EQ(std::string(ImGui::GetClipboardText()), line);
  window.frame();
  EXPECT_TRUE(window.shows("copied: " + line)) << window.words();
  expect_nothing_overlaps(window);
  EXPECT_FALSE(window.state().notice.pass(3));
  EXPECT_TRUE(window.state().notice.pass(3));  // gone: draw again
  window.frame();
  EXPECT_FALSE(window.shows("copied"));
}

TEST(Moment, ARealRunHasNone) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  ImGui::SetClipboardText("before");
  window.type("m");
  window.frame();
  EXPECT_EQ(std::string(ImGui::GetClipboardText()), "before");
  EXPECT_TRUE(window.shows("a real run cannot be run again"));
}

// Saved from the window: what it shows, without what lies above it.
TEST(Export, ThePictureIsTheWindowWithoutTheChoice) {
  const Trace trace = hand_trace();
  WindowDriver window(trace, 1280, 720);
  window.player().jump(20);
  const std::string before = window_png(window.state(), 1280, 720, 1);
  window.type("e");
  window.state().notice.say("saved");
  EXPECT_TRUE(window_png(window.state(), 1280, 720, 1) == before);
  window.state().left.beside = false;
  EXPECT_FALSE(window_png(window.state(), 1280, 720, 1) == before);
}

}  // namespace
}  // namespace cutaway::viz
