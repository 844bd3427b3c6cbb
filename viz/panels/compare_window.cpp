#include "viz/panels/compare_window.h"

#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "trace/log/enum_names.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/panels/picture_panel.h"
#include "viz/panels/title_bar.h"
#include "viz/scene/window_layout.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

constexpr double kEdge = 16;        // of the window
constexpr double kSideHead = 30;    // above a picture
constexpr double kPictures = 0.40;  // of the height
constexpr double kSums = 112;
constexpr double kFoot = 30;
constexpr int kFramesOfAShot = 3;

struct CompareLayout {
  Rect title, left, right, list, sums, foot;
};

CompareLayout layout_of(double width, double height) {
  CompareLayout l;
  const double half = (width - 3 * kEdge) / 2;
  l.title = {0, 0, width, measure::kTitleBar};
  const double pictures = height * kPictures;
  l.left = {kEdge, l.title.bottom() + 4, half, pictures};
  l.right = {2 * kEdge + half, l.left.y, half, pictures};
  l.foot = {0, height - kFoot, width, kFoot};
  l.sums = {kEdge, l.foot.y - kSums, width - 2 * kEdge, kSums};
  const double top = l.left.bottom() + 10;
  l.list = {kEdge, top, width - 2 * kEdge, l.sums.y - top - 8};
  return l;
}

std::string side_name(const Comparison& comparison, bool left) {
  if (comparison.a.side == comparison.b.side) return left ? "Left" : "Right";
  return (left ? comparison.a : comparison.b).side == SideKind::Sim ? "Simulated" : "Real";
}

std::string about(const Trace& trace) {
  const Machine& machine = trace.header.machine;
  return (trace.header.virtual_clock ? "virtual clock, " : "") + std::string("Linux ") +
         machine.kernel + ", cgroup " + std::string(enum_name(machine.cgroup)) + ", " +
         decimal(machine.cpus) + (machine.cpus == 1 ? " cpu" : " cpus");
}

/// The first process inside the newest container, by both of its numbers.
std::string pids_of(const World& world) {
  const cutaway::Task* inner = nullptr;
  world.tasks.each([&inner](const cutaway::Task& task) {
    const bool inside = task.role == Role::Init || task.role == Role::Workload;
    if (inside && task.pids.size() > 1 && task.pids.back() == 1) inner = &task;
  });
  if (inner == nullptr) return "";
  return "pid 1 here = " + decimal(inner->pid()) + " on the host";
}

void look(CompareWindowState& state) {
  if (state.list.lines.empty()) return;
  const CompareLine& line = state.list.lines[state.panel.selected];
  for (std::size_t i = 0; i < 2; ++i) {
    CompareSide& side = state.sides[i];
    const std::size_t position = i == 0 ? line.at_a : line.at_b;
    if (position == side.position) continue;
    side.position = position;
    const World world = side.trace->world_at(position);
    Moment moment;
    moment.position = position;
    moment.focus = position == 0 ? kNoEvent : static_cast<EventIndex>(position - 1);
    side.ship = state.pictures.ship(*side.trace, world, moment, {});
    side.ship.level = Level::Ship;  // two pictures have no room for figures
    side.pids = pids_of(world);
  }
}

void draw_side(const Ui& ui, const Rect& box, const CompareSide& side) {
  {
    Pane pane(ui, ("Head of " + side.name).c_str(), {box.x, box.y, box.w, kSideHead}, {});
    SceneBuilder& b = pane.ink();
    const double y = box.y + 21;
    const double end = b.text({box.x, y}, side.name, {.size = type::kLarge, .bold = true});
    const TextStyle pids = {
        .size = type::kSmall, .color = ui.theme.text2, .mono = true, .anchor = Anchor::End};
    b.text({box.right(), y}, side.pids, pids);
    b.text({end + 12, y}, side.about,
           {.size = type::kSmall,
            .color = ui.theme.text2,
            .width_max = box.right() - end - 36 - b.width(side.pids, pids)});
  }
  ImGui::PushID(side.name.c_str());  // two panels of one name
  draw_picture_panel(ui, {box.x, box.y + kSideHead, box.w, box.h - kSideHead}, {side.ship});
  ImGui::PopID();
}

struct SumBox {
  std::string_view sign, words;
  std::int64_t count = 0;
  Color color;
};

void draw_sum(SceneBuilder& b, const Rect& box, const SumBox& sum) {
  const Theme& t = b.theme();
  b.rect(box, 6, {t.panel, {t.line, 1, {}}});
  b.text({box.x + 14, box.y + 38}, sum.sign, {.size = 22, .color = sum.color, .bold = true});
  b.text({box.right() - 14, box.y + 40}, decimal(sum.count),
         {.size = type::kHuge, .bold = true, .anchor = Anchor::End});
  b.text({box.x + 14, box.bottom() - 14}, sum.words, {.size = type::kMedium, .color = t.text2});
}

/// Returns where the boxes begin.
double draw_sums(SceneBuilder& b, const Rect& box, const CompareSums& sums) {
  const Theme& t = b.theme();
  const auto of = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  const SumBox boxes[] = {{"=", "agree", of(sums.agree), t.ok},
                          {"≈", "explained", of(sums.explained), t.limit},
                          {"≠", "unexplained", of(sums.open), t.bad},
                          {"○", "events lost", sums.lost, t.lost}};
  constexpr double kWidth = 128;
  constexpr double kGap = 10;
  double x = box.right() - 4 * kWidth - 3 * kGap;
  const double begin = x;
  for (const SumBox& each : boxes) {
    draw_sum(b, {x, box.y + 12, kWidth, 84}, each);
    x += kWidth + kGap;
  }
  return begin;
}

/// What the selected row's step does, and what is to be said about it.
Caption caption_of(const CompareWindowState& state) {
  Caption caption;
  if (state.list.lines.empty()) {
    caption.what = "There is nothing to compare.";
    return caption;
  }
  const CompareLine& line = state.list.lines[state.panel.selected];
  const CompareRow& row = state.comparison.rows[line.row];
  const spec::Sentence& step = spec::Words::of()["step." + row.step];
  caption.what = step.what.empty() ? row.step : step.what;
  caption.why = line.difference && !line.why.empty() ? line.why : step.why;
  return caption;
}

void draw_summary(const Ui& ui, const Rect& box, const CompareWindowState& state) {
  Pane pane(ui, "Sums", box, {});
  const double begin = draw_sums(pane.ink(), box, state.list.sums);
  pane.flush();
  const Rect words = {box.x + 4, box.y + 4, begin - box.x - 28, box.h - 8};
  Scene scene = caption_scene(caption_of(state), {ui.theme, ui.metrics}, words,
                              {type::kWide, type::kSmall, 3});
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
}

void draw_foot(const Ui& ui, const Rect& box, const Comparison& comparison) {
  Pane pane(ui, "Foot", box, ui.theme.panel);
  SceneBuilder& b = pane.ink();
  b.line({box.x, box.y + 0.5}, {box.right(), box.y + 0.5}, {ui.theme.line, 1, {}});
  const double y = box.y + 20;
  b.text({box.x + kEdge, y}, "↑ ↓ row    n p difference    t theme",
         {.size = type::kSmall, .color = ui.theme.text3});
  b.text({box.right() - kEdge, y},
         "steps " + percent(comparison.steps_ppm) + "    calls " +
             percent(comparison.syscalls_ppm) + "    the program's own calls, in order " +
             percent(comparison.workload_ppm),
         {.size = type::kSmall, .color = ui.theme.text2, .anchor = Anchor::End});
}

void begin_window(const Ui& ui, const WindowFrame& frame) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(pixels(ui, {frame.width, frame.height}));
  ImGui::Begin("Cutaway compares", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, pixels(ui, {frame.width, frame.height}),
                                            packed(ui.theme.bg));
}

void turn_theme(CompareWindowState& state) { state.theme = next_theme(state.theme); }

bool typed(char letter) {
  const ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  return std::find(queue.begin(), queue.end(), static_cast<ImWchar>(letter)) != queue.end();
}

}  // namespace

CompareWindowState::CompareWindowState(const Trace& a, const Trace& b, Comparison found,
                                       PictureSource source)
    : comparison(std::move(found)),
      list(compare_list(a, b, comparison)),
      pictures(std::move(source)) {
  sides[0].trace = &a;
  sides[1].trace = &b;
  for (std::size_t i = 0; i < 2; ++i) {
    sides[i].name = side_name(comparison, i == 0);
    sides[i].about = about(*sides[i].trace);
  }
  const std::vector<std::string>& lines = a.header.commands;
  command = lines.empty() ? comparison.a.name : lines.front();
}

void select_line(CompareWindowState& state, std::size_t line) {
  if (!state.list.lines.empty()) state.panel.selected = std::min(line, state.list.lines.size() - 1);
}

void apply_compare_keys(CompareWindowState& state) {
  const std::size_t at = state.panel.selected;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) select_line(state, at + 1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) select_line(state, at == 0 ? 0 : at - 1);
  if (ImGui::IsKeyPressed(ImGuiKey_Home)) select_line(state, 0);
  if (ImGui::IsKeyPressed(ImGuiKey_End)) select_line(state, state.list.lines.size());
  if (typed('n')) select_line(state, state.list.next_difference(at));
  if (typed('p')) select_line(state, state.list.previous_difference(at));
  if (typed('t')) turn_theme(state);
}

void draw_compare_window(CompareWindowState& state, const WindowFrame& frame) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const Ui ui = {theme_of(state.theme), metrics, frame.atlas, frame.scale, frame.record};
  apply_style(ui.theme, ui.scale);
  look(state);
  begin_window(ui, frame);
  const CompareLayout layout = layout_of(frame.width, frame.height);
  draw_side(ui, layout.left, state.sides[0]);
  draw_side(ui, layout.right, state.sides[1]);
  const CompareNames names = {state.sides[0].name, state.sides[1].name};
  const auto clicked = draw_compare_panel(ui, layout.list, state.panel, state.list, names);
  if (clicked) select_line(state, *clicked);
  draw_summary(ui, layout.sums, state);
  draw_foot(ui, layout.foot, state.comparison);
  TitleBarState title;
  title.command = state.command;
  title.side = state.comparison.a.side == state.comparison.b.side ? "TWO RUNS" : "SIMULATED + REAL";
  title.compares = true;
  if (draw_title_bar(ui, layout.title, title).theme) turn_theme(state);
  ImGui::End();
}

std::string compare_png(CompareWindowState& state, const CompareShot& shot) {
  state.theme = shot.theme;
  select_line(state, shot.line);
  const double scale = window_scale(shot.width, shot.height);
  const FrameSize size = {shot.width, shot.height, scale, kFramesOfAShot};
  const auto draw = [&](const PictureAtlas& atlas) {
    draw_compare_window(state, {atlas, shot.width / scale, shot.height / scale, scale});
  };
  return png(headless_frame(size, bundled_fonts(), theme_of(shot.theme).bg, draw));
}

}  // namespace cutaway::viz
