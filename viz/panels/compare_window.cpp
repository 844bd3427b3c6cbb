#include "viz/panels/compare_window.h"

#include <algorithm>

#include "viz/draw/bundled_fonts.h"
#include "viz/export/headless.h"
#include "viz/panels/compare_parts.h"
#include "viz/panels/help_overlay.h"
#include "viz/panels/title_bar.h"
#include "viz/player/berths.h"
#include "viz/scene/window_layout.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

constexpr double kEdge = 16;        // of the window
constexpr double kPictures = 0.36;  // of the height, where the rows are there
constexpr double kSums = 96;
constexpr double kTimeline = 112;
constexpr double kLaneWide = 172;      // between pictures side by side …
constexpr double kLaneLow = 36;        // … and above one another
constexpr double kPictureLeast = 452;  // as wide a picture has to be to stand beside another

/// Side by side, or one above the other where that would make them too narrow.
void lay_pictures(CompareLayout& l, const Rect& area) {
  const double half = (area.w - kLaneWide - 2 * kEdge) / 2;
  if (half >= kPictureLeast) {
    l.left = {area.x, area.y, half, area.h};
    l.lane = {l.left.right() + kEdge, area.y, kLaneWide, area.h};
    l.right = {l.lane.right() + kEdge, area.y, half, area.h};
    return;
  }
  const double high = (area.h - kLaneLow) / 2;
  l.left = {area.x, area.y, area.w, high};
  l.lane = {area.x, l.left.bottom(), area.w, kLaneLow};
  l.right = {area.x, l.lane.bottom(), area.w, high};
}

void draw_list(CompareWindowState& state, const Ui& ui, const Rect& box) {
  if (box.h <= 0) return;
  const CompareNames names = {state.sides[0].name, state.sides[1].name};
  const auto clicked = draw_compare_panel(ui, box, state.panel, state.list, names);
  if (clicked) select_line(state, *clicked);
}

std::string sides_words(const Comparison& comparison) {
  if (comparison.a.side == comparison.b.side) return "TWO RUNS";
  const bool recorded = !comparison.a.recorded.empty() || !comparison.b.recorded.empty();
  return recorded ? "SIMULATED + RECORDED" : "SIMULATED + REAL";
}

void draw_title(CompareWindowState& state, const Ui& ui, const Rect& box) {
  TitleBarState title;
  title.command = state.command;
  title.side = sides_words(state.comparison);
  title.compares = true;
  title.help = state.help;
  title.rows = state.rows;
  const TitleBarPress press = draw_title_bar(ui, box, title);
  if (press.theme) apply_compare_action(state, Action::Theme);
  if (press.help) apply_compare_action(state, Action::Help);
  if (press.rows) apply_compare_action(state, Action::Rows);
}

}  // namespace

CompareLayout compare_layout(double width, double height, bool rows) {
  CompareLayout l;
  l.title = {0, 0, width, measure::kTitleBar};
  l.timeline = {0, height - kTimeline, width, kTimeline};
  l.sums = {kEdge, l.timeline.y - kSums, width - 2 * kEdge, kSums};
  const double top = l.title.bottom() + 4;
  const double inner = width - 2 * kEdge;
  if (!rows) {
    lay_pictures(l, {kEdge, top, inner, l.sums.y - top - 4});
    return l;
  }
  const double half = (inner - kEdge) / 2;
  l.left = {kEdge, top, half, height * kPictures};
  l.right = {2 * kEdge + half, top, half, l.left.h};
  const double list = l.left.bottom() + 8;
  l.list = {kEdge, list, inner, l.sums.y - list - 4};
  return l;
}

CompareWindowState::CompareWindowState(const Trace& a, const Trace& b, Comparison found,
                                       PictureSource source)
    : comparison(std::move(found)),
      list(compare_list(a, b, comparison)),
      steps(comparison, list),
      pictures(std::move(source)),
      sides{CompareSide(a), CompareSide(b)} {
  for (std::size_t i = 0; i < 2; ++i) {
    CompareSide& side = sides[i];
    side.name = side_name(comparison, i == 0);
    side.about = machine_words(side.player.trace());
    side.berths = Berths(side.player.trace()).count();
    side.camera.look_at(Nearness::Ship, {});
    side.camera.settle();
  }
  const std::vector<std::string>& lines = a.header.commands;
  command = lines.empty() ? comparison.a.name : lines.front();
  go_to_stop(*this, 0, false);
}

bool draw_compare_window(CompareWindowState& state, const WindowFrame& frame) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const Ui ui = {theme_of(state.theme), metrics, frame.atlas, frame.scale, frame.record};
  apply_style(ui.theme, ui.scale);
  look_at_both(state);
  begin_window(ui, "Cutaway compares", frame.width, frame.height);
  const CompareLayout layout = compare_layout(frame.width, frame.height, state.rows);
  const bool more = draw_both(state, ui, layout);
  draw_difference(state, ui, layout.lane);
  draw_list(state, ui, layout.list);
  draw_summary(state, ui, layout.sums);
  draw_compare_timeline(state, ui, layout.timeline);
  draw_title(state, ui, layout.title);
  const Rect all = {0, 0, frame.width, frame.height};
  if (state.help && draw_help_overlay(ui, all, compare_key_table())) state.help = false;
  ImGui::End();
  return more || moving(state);
}

std::string compare_png(CompareWindowState& state, const CompareShot& shot) {
  state.theme = shot.theme;
  state.rows = shot.rows && shot.near == Nearness::Ship;
  select_line(state, shot.line);
  look_from(state, shot.near);
  const double scale = window_scale(shot.width, shot.height);
  const FrameSize size = {shot.width, shot.height, scale, kFramesOfAShot};
  const auto draw = [&](const PictureAtlas& atlas) {
    draw_compare_window(state, {atlas, shot.width / scale, shot.height / scale, scale});
  };
  return png(headless_frame(size, bundled_fonts(), theme_of(shot.theme).bg, draw));
}

}  // namespace cutaway::viz
