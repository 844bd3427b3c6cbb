// Transport, and both runs along one track: beats, the steps of each side, what differs.
#include <algorithm>

#include "base/text.h"
#include "viz/panels/compare_parts.h"
#include "viz/panels/timeline_lanes.h"
#include "viz/panels/transport.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

constexpr double kLane = 15;
constexpr double kNarrowCell = 3;

/// The steps of the list, each with the same room: screen time is not run time.
struct StepTrack {
  std::vector<std::size_t> stops;  ///< of each step
  Rect box;

  double at(std::size_t step) const {
    return box.x + box.w * static_cast<double>(step) / static_cast<double>(stops.size());
  }
  /// The last one that began at or before this stop.
  std::size_t step_of(std::size_t stop) const {
    const auto after = std::upper_bound(stops.begin(), stops.end(), stop);
    return after == stops.begin() ? 0 : static_cast<std::size_t>(after - stops.begin()) - 1;
  }
};

StepTrack step_track(const CompareWindowState& state, const Rect& box) {
  StepTrack track;
  track.box = box;
  for (std::size_t i = 0; i < state.steps.count(); ++i) {
    if (state.steps.at(i).step) track.stops.push_back(i);
  }
  return track;
}

Rect lane(const StepTrack& track, int row) {
  return {track.box.x, track.box.y + row * (kLane + 1), track.box.w, kLane};
}

const CompareLine& line_at(const CompareWindowState& state, const StepTrack& track,
                           std::size_t step) {
  return state.list.lines[state.steps.at(track.stops[step]).line];
}

/// Beats of the left run, as far as its steps are in them.
std::vector<LaneBlock> beats_of(const CompareWindowState& state, const StepTrack& track) {
  std::vector<LaneBlock> blocks;
  const StepIndex& index = state.sides[0].player.index();
  const std::vector<StepUnit>& units = index.units(StepSize::Beat);
  for (std::size_t i = 0; i < track.stops.size(); ++i) {
    const std::size_t n = index.ordinal(StepSize::Beat, state.steps.at(track.stops[i]).at_a);
    const std::string label = n > 0 && n <= units.size() ? units[n - 1].label : "";
    const double from = track.at(i) - track.box.x;
    const double to = track.at(i + 1) - track.box.x;
    if (!blocks.empty() && blocks.back().label == label) {
      blocks.back().to = to;
      blocks.back().at.to = i + 1;
    } else {
      blocks.push_back({from, to, {i, i + 1}, label, kHostSlot, 1});
    }
  }
  return blocks;
}

/// A cell for each step that this side has; what is yet to come is hollow.
void draw_cells(SceneBuilder& b, const CompareWindowState& state, const StepTrack& track, bool left,
                std::size_t now) {
  const Theme& t = b.theme();
  const Rect row = lane(track, left ? 1 : 2);
  for (std::size_t i = 0; i < track.stops.size(); ++i) {
    const CompareLine& line = line_at(state, track, i);
    if ((left ? line.left : line.right).empty()) continue;
    const double gap = track.at(1) - track.at(0) > kNarrowCell ? 1 : 0;
    const Rect cell = {track.at(i), row.y + 3, track.at(i + 1) - track.at(i) - gap, row.h - 6};
    const Color ink = i == now ? t.text : t.host.faded(0.7);
    b.rect(cell, 1, i <= now ? Paint{ink, {}} : Paint{{}, {t.line2, 1, {}}});
  }
}

/// Where the sides differ: its sign, so that colour is not the only one.
void draw_signs(SceneBuilder& b, const CompareWindowState& state, const StepTrack& track) {
  const Rect row = lane(track, 3);
  double last = row.x - 20;
  for (std::size_t i = 0; i < track.stops.size(); ++i) {
    const CompareLine& line = line_at(state, track, i);
    const double x = (track.at(i) + track.at(i + 1)) / 2;
    if (!line.difference || x - last < 11) continue;
    b.text({x, row.y + 13}, line.sign,
           {.size = type::kSmall,
            .color = sign_color(b.theme(), line),
            .bold = true,
            .anchor = Anchor::Middle});
    last = x;
  }
}

void draw_names(SceneBuilder& b, const CompareWindowState& state, const StepTrack& track) {
  const std::string names[] = {"beat", state.sides[0].name, state.sides[1].name, "difference"};
  for (int i = 0; i < 4; ++i) {
    const Rect row = lane(track, i);
    b.text({row.x - 12, row.y + 12}, names[i],
           {.size = type::kSmall, .color = b.theme().text3, .anchor = Anchor::End});
  }
}

void draw_step_head(SceneBuilder& b, double x, const Rect& track) {
  const Color ink = b.theme().text;
  b.rect({x - 1, track.y - 3, 2, track.h + 3}, 0, {ink, {}});
  b.shape({{x - 6, track.y - 8, 0}, {x + 6, track.y - 8, 0}, {x, track.y, 0}}, {ink, {}});
}

void scrub_steps(Pane& pane, CompareWindowState& state, const StepTrack& track) {
  const Rect box = {track.box.x - 6, track.box.y - 8, track.box.w + 12, track.box.h + 10};
  const Press press = pane.press("Track", box);
  if (!press.held && !press.hovered) return;
  const double share = (pointer(pane.ui()).x - track.box.x) / track.box.w;
  const auto last = static_cast<double>(track.stops.size() - 1);
  const auto step = static_cast<std::size_t>(
      std::clamp(share * static_cast<double>(track.stops.size()), 0.0, last));
  if (press.held) {
    state.playing = false;
    if (track.step_of(state.stop) != step) go_to_stop(state, track.stops[step], false);
    return;
  }
  const CompareLine& line = line_at(state, track, step);
  tooltip(pane.ui(), line.head + " " + std::string(line.sign) + " " + line.label, true);
}

void take_transport(CompareWindowState& state, const TransportPress& press) {
  struct Row {
    bool pressed;
    Action action;
  };
  const Row rows[] = {{press.first, Action::First},
                      {press.back, Action::Back},
                      {press.toggle, Action::PlayPause},
                      {press.forward, Action::Forward},
                      {press.last, Action::Last}};
  for (const Row& row : rows) {
    if (row.pressed) apply_compare_action(state, row.action);
  }
  if (press.size) state.size = *press.size;
  if (!press.next_speed) return;
  for (CompareSide& side : state.sides) side.player.next_speed();
}

std::string stop_words(const CompareWindowState& state) {
  const StepIndex& left = state.sides[0].player.index();
  const std::size_t count = state.steps.count();
  const std::string_view name = state.size == StepSize::EngineStep ? "step"
                                : state.size >= StepSize::Syscall  ? "call"
                                                                   : step_size_name(state.size);
  const auto number = [&](std::size_t stop) {
    return decimal(static_cast<std::int64_t>(state.steps.ordinal(state.size, stop, left)));
  };
  return std::string(name) + " " + number(state.stop) + " of " + number(count == 0 ? 0 : count - 1);
}

/// As much of it as there is room for.
void draw_place(SceneBuilder& b, Point at, double right, const CompareWindowState& state) {
  const Comparison& c = state.comparison;
  const TextStyle mono = {.size = type::kSmall, .color = b.theme().text2, .mono = true};
  const std::string place = stop_words(state);
  if (right - at.x < b.width(place, mono)) return;
  const double end = b.text({at.x, at.y + 5}, place, mono) + 24;
  const TextStyle style = {.size = type::kSmall, .color = b.theme().text2, .anchor = Anchor::End};
  const std::string parts[] = {
      "steps " + percent(c.steps_ppm) + "    calls " + percent(c.syscalls_ppm) +
          "    the program's own calls, in order " + percent(c.workload_ppm),
      "calls " + percent(c.syscalls_ppm)};
  for (const std::string& words : parts) {
    if (right - end < b.width(words, style)) continue;
    b.text({right, at.y + 5}, words, style);
    return;
  }
}

}  // namespace

void draw_compare_timeline(CompareWindowState& state, const Ui& ui, const Rect& box) {
  const Theme& t = ui.theme;
  Pane pane(ui, "Timeline", box, t.panel);
  SceneBuilder& b = pane.ink();
  b.line({box.x, box.y + 0.5}, {box.right(), box.y + 0.5}, {t.line2, 1, {}});
  const Point middle = {box.x + kTrackMargin, box.y + kTransportAt};
  const bool more = state.stop + 1 < state.steps.count();
  const TransportPress press = draw_transport(
      pane, middle, box.right() - kTrackMargin,
      {state.stop > 0, more, state.playing, state.sides[0].player.speed(), state.size});
  take_transport(state, press);
  draw_place(b, {press.end + 24, middle.y}, box.right() - kTrackMargin, state);
  const StepTrack track = step_track(
      state, {box.x + kTrackAt, box.y + 44, box.w - kTrackAt - kTrackMargin, 4 * (kLane + 1) - 1});
  b.rect({track.box.x, track.box.y - 1, track.box.w, track.box.h + 2}, 4, {t.inset, {}});
  draw_names(b, state, track);
  if (track.stops.empty()) return;
  scrub_steps(pane, state, track);
  const std::size_t now = track.step_of(state.stop);
  draw_blocks(b, beats_of(state, track), lane(track, 0), now + 1);
  draw_cells(b, state, track, true, now);
  draw_cells(b, state, track, false, now);
  draw_signs(b, state, track);
  draw_step_head(b, (track.at(now) + track.at(now + 1)) / 2, track.box);
}

}  // namespace cutaway::viz
