#include "tests/viz_panels/driver.h"

#include <imgui_internal.h>

#include "viz/draw/bundled_fonts.h"

namespace cutaway::viz {

WindowDriver::WindowDriver(const Trace& trace, int width, int height, double scale)
    : context_(ImGui::CreateContext()), scale_(scale), state_(trace) {
  context_->TestEngineHookItems = true;
  hooks_ = {this, note_item, note_label};
  ImGuiIO& io = own_io();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = 1.0F / 60;
  io.ConfigInputTextCursorBlink = false;
  atlas_ = bake_atlas(*io.Fonts, bundled_fonts(), scale);
  unsigned char* pixels = nullptr;
  int atlas_width = 0;
  int atlas_height = 0;
  io.Fonts->GetTexDataAsAlpha8(&pixels, &atlas_width, &atlas_height);
  for (int i = 0; i < 3; ++i) frame();
}

WindowDriver::~WindowDriver() {
  if (imgui_test_hooks == &hooks_) imgui_test_hooks = nullptr;
  ImGui::DestroyContext(context_);
}

ImGuiIO& WindowDriver::own_io() {
  ImGui::SetCurrentContext(context_);
  imgui_test_hooks = &hooks_;
  return ImGui::GetIO();
}

void WindowDriver::note_item(void* self, ImGuiID id, ImVec2 min, ImVec2 max) {
  if (id == 0) return;
  auto* driver = static_cast<WindowDriver*>(self);
  const double s = driver->scale_;
  const double x = static_cast<double>(min.x) / s;
  const double y = static_cast<double>(min.y) / s;
  driver->boxes_[id] = {x, y, static_cast<double>(max.x) / s - x,
                        static_cast<double>(max.y) / s - y};
}

void WindowDriver::note_label(void* self, ImGuiID id, const char* label, int) {
  auto* driver = static_cast<WindowDriver*>(self);
  driver->labels_[label] = driver->boxes_[id];
}

void WindowDriver::frame() {
  if (serve) serve(state_);
  boxes_.clear();
  labels_.clear();
  scenes_.clear();
  const ImVec2 size = own_io().DisplaySize;
  ImGui::NewFrame();
  apply_keys(state_);
  draw_window(state_, {*atlas_, static_cast<double>(size.x) / scale_,
                       static_cast<double>(size.y) / scale_, scale_, &scenes_});
  ImGui::Render();
}

std::optional<Rect> WindowDriver::find(const std::string& label) const {
  const auto found = labels_.find(label);
  if (found == labels_.end()) return std::nullopt;
  return found->second;
}

void WindowDriver::move(Point at) {
  own_io().AddMousePosEvent(static_cast<float>(at.x * scale_), static_cast<float>(at.y * scale_));
  frame();
}

void WindowDriver::hover(Point at) {
  move(at);
  frame();
}

void WindowDriver::click_at(Point at) {
  move(at);
  for (const bool down : {true, false}) {
    own_io().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
    frame();
  }
  frame();
}

bool WindowDriver::click(const std::string& label) {
  const std::optional<Rect> box = find(label);
  if (!box) return false;
  click_at({box->mid_x(), box->mid_y()});
  return true;
}

void WindowDriver::drag(Point from, Point to) {
  move(from);
  own_io().AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  frame();
  move({(from.x + to.x) / 2, (from.y + to.y) / 2});
  move(to);
  own_io().AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  frame();
  frame();
}

void WindowDriver::wheel(Point at, float notches) {
  move(at);
  own_io().AddMouseWheelEvent(0, notches);
  frame();
  frame();
}

void WindowDriver::key(ImGuiKey which, bool shift) {
  ImGuiIO& io = own_io();
  if (shift) {
    io.AddKeyEvent(ImGuiMod_Shift, true);
    frame();
  }
  for (const bool down : {true, false}) {
    io.AddKeyEvent(which, down);
    frame();
  }
  if (shift) io.AddKeyEvent(ImGuiMod_Shift, false);
  frame();
}

void WindowDriver::control(ImGuiKey which) {
  own_io().AddKeyEvent(ImGuiMod_Ctrl, true);
  frame();
  key(which);
  own_io().AddKeyEvent(ImGuiMod_Ctrl, false);
  frame();
}

void WindowDriver::type(const std::string& text) {
  own_io().AddInputCharactersUTF8(text.c_str());
  frame();
  frame();
}

std::string WindowDriver::words() const {
  std::string all;
  for (const Scene& scene : scenes_) all += words_of(scene);
  return all;
}

}  // namespace cutaway::viz
