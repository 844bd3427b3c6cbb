// The window as a benchmark draws it.
#pragma once

#include <imgui.h>

#include <optional>

#include "viz/draw/bundled_fonts.h"
#include "viz/panels/window.h"

namespace cutaway {

/// A window without a display, as the app draws it, up to the triangles.
class BenchWindow {
 public:
  explicit BenchWindow(const Trace& trace) : context_(ImGui::CreateContext()), state_(trace) {
    ImGuiIO& io = own_io();
    io.IniFilename = nullptr;
    io.DisplaySize = {1600, 900};
    io.DeltaTime = 1.0F / 60;
    atlas_.emplace(viz::bake_atlas(*io.Fonts, viz::bundled_fonts(), 1));
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
  }
  ~BenchWindow() { ImGui::DestroyContext(context_); }
  BenchWindow(const BenchWindow&) = delete;
  BenchWindow& operator=(const BenchWindow&) = delete;

  viz::WindowState& state() { return state_; }
  viz::Player& player() { return state_.player; }
  void frame() {
    own_io();
    ImGui::NewFrame();
    viz::apply_keys(state_);
    viz::draw_window(state_, {*atlas_, 1600, 900, 1});
    ImGui::Render();
  }
  std::size_t triangles() {
    return static_cast<std::size_t>(ImGui::GetDrawData()->TotalIdxCount) / 3;
  }

 private:
  ImGuiIO& own_io() {
    ImGui::SetCurrentContext(context_);
    return ImGui::GetIO();
  }

  ImGuiContext* context_;
  viz::WindowState state_;
  std::optional<viz::PictureAtlas> atlas_;
};

}  // namespace cutaway
