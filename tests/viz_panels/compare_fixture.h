// Two runs in a window without a display: the same simulation twice, the second said to be real and
// changed in two places.
#pragma once

#include <gtest/gtest.h>
#include <imgui_internal.h>

#include <algorithm>

#include "sim/simulator.h"
#include "spec/plan/steps.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/panels/compare_window.h"

namespace cutaway::viz {

inline Trace simulated_echo() {
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
inline Trace other_trace(const Trace& original) {
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

inline Comparison compared(const Trace& a, const Trace& b) {
  CompareOptions options;
  options.compared_steps = spec::compared_steps();
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
  /// Another window: of this size in units.
  void resize(double width, double height) {
    width_ = width;
    height_ = height;
    own_io().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    for (int i = 0; i < 3; ++i) frame();
  }
  void frame() {
    scenes_.clear();
    own_io();
    ImGui::NewFrame();
    apply_compare_keys(state_);
    draw_compare_window(state_, {*atlas_, width_, height_, 1, &scenes_});
    ImGui::Render();
  }
  void wheel(Point at, float notches) {
    own_io().AddMousePosEvent(static_cast<float>(at.x), static_cast<float>(at.y));
    frame();
    own_io().AddMouseWheelEvent(0, notches);
    frame();
    frame();
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
  /// The same of a sentence that may have been broken into lines.
  bool tells(std::string_view sentence) const {
    std::string all = words();
    std::replace(all.begin(), all.end(), '\n', ' ');
    return all.find(sentence) != std::string::npos;
  }
  const CompareLine& line() const { return state_.list.lines.at(state_.panel.selected); }

  Trace a_ = simulated_echo();
  Trace b_ = other_trace(a_);
  CompareWindowState state_{a_, b_, compared(a_, b_)};
  ImGuiContext* context_;
  std::optional<PictureAtlas> atlas_;
  std::vector<Scene> scenes_;
  double width_ = 1600, height_ = 900;
};

}  // namespace cutaway::viz
