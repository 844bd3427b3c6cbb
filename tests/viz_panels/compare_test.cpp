// The window of two runs under real keys and a real pointer.
#include <gtest/gtest.h>
#include <imgui_internal.h>

#include <algorithm>

#include "sim/simulator.h"
#include "spec/plan/steps.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/panels/compare_window.h"

namespace cutaway::viz {
namespace {

Trace simulated() {
  sim::Simulator simulator{sim::SimulatorOptions()};
  SideCommand command;
  command.line = "run busybox echo hi there";
  command.words = {"run", "busybox", "echo", "hi", "there"};
  const auto submitted = simulator.submit(command);
  EXPECT_TRUE(submitted);
  EXPECT_TRUE(simulator.run_until_done(*submitted));
  return simulator.take_trace();
}

/// The same run again, said to be real, with one call answered otherwise and one left out.
Trace other_trace(const Trace& original) {
  Trace copy(original.header);
  copy.header.side = SideKind::Real;
  for (std::size_t i = 1; i <= original.step_count(); ++i)
    copy.step_id(original.step_name(StepId{static_cast<std::uint32_t>(i)}));
  original.blobs.each(
      [&copy](BlobId id, std::string_view bytes) { copy.blobs.restore(id, bytes); });
  bool refused = false;
  bool dropped = false;
  for (std::size_t n = 0; n < original.size(); ++n) {
    Event event = original.event(n);
    auto* call = std::get_if<Syscall>(&event.body);
    const std::string_view step = original.step_name(event.stamp.step);
    if (call != nullptr && !dropped && call->sys == abi::Sys::pivot_root) {
      dropped = true;
      continue;
    }
    if (call != nullptr && !refused && call->sys == abi::Sys::mount && step == "mnt.proc") {
      refused = true;
      call->ret = -1;
      call->err = abi::Errno::kEPERM;
    }
    copy.append(std::move(event));
  }
  return copy;
}

Comparison compared(const Trace& a, const Trace& b) {
  CompareOptions options;
  for (const spec::StepRow& row : spec::step_rows()) {
    if (row.compared) options.compared_steps.emplace_back(row.id);
  }
  return compare(a, b, options);
}

class CompareWindow : public ::testing::Test {
 protected:
  CompareWindow() : context_(ImGui::CreateContext()) {
    ImGuiIO& io = own_io();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {1600, 900};
    io.DeltaTime = 1.0F / 60;
    atlas_ = bake_atlas(*io.Fonts, bundled_fonts(), 1);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    for (int i = 0; i < 3; ++i) frame();
  }
  ~CompareWindow() override { ImGui::DestroyContext(context_); }

  ImGuiIO& own_io() {
    ImGui::SetCurrentContext(context_);
    return ImGui::GetIO();
  }
  void frame() {
    scenes_.clear();
    own_io();
    ImGui::NewFrame();
    apply_compare_keys(state_);
    draw_compare_window(state_, {*atlas_, 1600, 900, 1, &scenes_});
    ImGui::Render();
  }
  void key(ImGuiKey which) {
    for (const bool down : {true, false}) {
      own_io().AddKeyEvent(which, down);
      frame();
    }
    frame();
  }
  void type(const char* text) {
    own_io().AddInputCharactersUTF8(text);
    frame();
    frame();
  }
  void click(Point at) {
    own_io().AddMousePosEvent(static_cast<float>(at.x), static_cast<float>(at.y));
    frame();
    for (const bool down : {true, false}) {
      own_io().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
      frame();
    }
    frame();
  }
  std::string words() const {
    std::string all;
    for (const Scene& scene : scenes_) all += words_of(scene);
    return all;
  }
  bool shows(std::string_view text) const { return words().find(text) != std::string::npos; }
  const CompareLine& line() const { return state_.list.lines.at(state_.panel.selected); }

  Trace a_ = simulated();
  Trace b_ = other_trace(a_);
  CompareWindowState state_{a_, b_, compared(a_, b_)};
  ImGuiContext* context_;
  std::optional<PictureAtlas> atlas_;
  std::vector<Scene> scenes_;
};

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
  EXPECT_EQ(state_.sides[0].position, line().at_a);
  EXPECT_EQ(state_.sides[1].position, line().at_b);
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
