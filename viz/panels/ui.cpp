#include "viz/panels/ui.h"

#include <string>

#include "viz/draw/draw_scene.h"

namespace cutaway::viz {
namespace {

constexpr double kTipWidth = 420;

float px(const Ui& ui, double units) { return static_cast<float>(units * ui.scale); }

ImVec4 color(Color c) { return ImGui::ColorConvertU32ToFloat4(packed(c)); }

void set_colors(ImGuiStyle& style, const Theme& theme) {
  for (ImVec4& each : style.Colors) each = color(theme.text2);
  const Color none = {};
  for (const int clear : {ImGuiCol_WindowBg, ImGuiCol_ChildBg, ImGuiCol_FrameBg,
                          ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive, ImGuiCol_ScrollbarBg,
                          ImGuiCol_BorderShadow, ImGuiCol_NavHighlight}) {
    style.Colors[clear] = color(none);
  }
  style.Colors[ImGuiCol_Text] = color(theme.text);
  style.Colors[ImGuiCol_TextDisabled] = color(theme.text3);
  style.Colors[ImGuiCol_TextSelectedBg] = color(theme.line2);
  style.Colors[ImGuiCol_PopupBg] = color(theme.raised);
  style.Colors[ImGuiCol_Border] = color(theme.line2);
  style.Colors[ImGuiCol_ScrollbarGrab] = color(theme.line);
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = color(theme.line2);
  style.Colors[ImGuiCol_ScrollbarGrabActive] = color(theme.text3);
}

ImGuiWindowFlags flags_of(Scrolling scrolling) {
  const ImGuiWindowFlags all = ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings;
  if (scrolling == Scrolling::Vertical) return all;
  return all | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
}

}  // namespace

ImVec2 pixels(const Ui& ui, Point at) { return {px(ui, at.x), px(ui, at.y)}; }

ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

Point pointer(const Ui& ui) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  return {static_cast<double>(at.x) / ui.scale, static_cast<double>(at.y) / ui.scale};
}

void begin_window(const Ui& ui, const char* name, double width, double height) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(pixels(ui, {width, height}));
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, pixels(ui, {width, height}),
                                            packed(ui.theme.bg));
}

void apply_style(const Theme& theme, double scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {0, 0};
  style.FramePadding = {0, 0};
  style.ItemSpacing = {0, 0};
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.FrameBorderSize = 0;
  style.PopupBorderSize = 1;
  style.PopupRounding = 6;
  style.WindowRounding = 6;
  style.ScrollbarSize = 8;
  style.ScrollbarRounding = 4;
  style.ScaleAllSizes(static_cast<float>(scale));
  set_colors(style, theme);
}

Pane::Pane(const Ui& ui, const char* name, const Rect& box, Color ground, Scrolling scrolling)
    : ui_(ui), box_(box) {
  ink_.emplace(ui.theme, ui.metrics, box);
  ImGui::SetCursorScreenPos(pixels(ui, {box.x, box.y}));
  ImGui::BeginChild(name, pixels(ui, {box.w, box.h}), ImGuiChildFlags_None, flags_of(scrolling));
  if (ground.visible()) ink_->rect(box, 0, {ground, {}});
}

Pane::~Pane() {
  flush();
  ImGui::EndChild();
}

void Pane::flush() {
  Scene scene = ink_->take();
  ink_.emplace(ui_.theme, ui_.metrics, box_);
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui_.atlas, {{0, 0}, ui_.scale});
  if (ui_.record != nullptr) ui_.record->push_back(std::move(scene));
}

Press Pane::press(const char* label, const Rect& box, std::string_view tip) {
  if (box.w <= 0 || box.h <= 0) return {};
  ImGui::SetCursorScreenPos(pixels(ui_, {box.x, box.y}));
  Press press;
  press.clicked = ImGui::InvisibleButton(label, pixels(ui_, {box.w, box.h}));
  press.hovered = ImGui::IsItemHovered();
  press.held = ImGui::IsItemActive();
  if (press.hovered && !press.held && !tip.empty()) tooltip(ui_, tip);
  return press;
}

void tooltip(const Ui& ui, std::string_view words, bool mono) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, pixels(ui, {10, 8}));
  if (ImGui::BeginTooltip()) {
    ImGui::PushFont(ui.atlas.font({type::kSmall, mono, false}).font);
    ImGui::PushTextWrapPos(px(ui, kTipWidth));
    ImGui::TextUnformatted(words.data(), words.data() + words.size());
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

void tell_cut(const Ui& ui, const Scene& scene) {
  const std::string whole = scene.whole_at(pointer(ui));
  if (!whole.empty()) tooltip(ui, whole);
}

Color button_text(const Theme& theme, const Press& press, bool on) {
  return on || press.hovered ? theme.text : theme.text2;
}

}  // namespace cutaway::viz
