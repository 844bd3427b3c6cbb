// What keys, hand and time do to the window of two runs: whatever moves one side moves the other.
#include <algorithm>
#include <limits>

#include "viz/panels/compare_parts.h"
#include "viz/player/sights.h"

namespace cutaway::viz {
namespace {

const StepIndex& left_index(const CompareWindowState& state) {
  return state.sides[0].player.index();
}

void step(CompareWindowState& state, StepSize size, bool forward) {
  const std::size_t to = forward ? state.steps.next(size, state.stop, left_index(state))
                                 : state.steps.previous(size, state.stop, left_index(state));
  if (to != state.stop) go_to_stop(state, to, forward);
}

void row(CompareWindowState& state, bool forward) {
  const std::size_t at = state.panel.selected;
  select_line(state, forward ? at + 1 : std::max<std::size_t>(at, 1) - 1);
}

void toggle_play(CompareWindowState& state) {
  state.playing = !state.playing;
  if (!state.playing) return;
  if (state.stop + 1 >= state.steps.count()) go_to_stop(state, 0, false);
  state.passed = std::max(state.passed, state.seconds);  // what we stand on has been seen
}

/// Time. True: it was one of these.
bool apply_time(CompareWindowState& state, Action action) {
  const bool plays = action == Action::PlayPause;
  struct Row {
    Action action;
    bool forward, coarser;
  };
  constexpr Row kSteps[] = {{Action::Forward, true, false},
                            {Action::Back, false, false},
                            {Action::ForwardMore, true, true},
                            {Action::BackMore, false, true}};
  constexpr std::array<Action, kStepSizeCount> kSizes = {Action::SizeCommand, Action::SizeBeat,
                                                         Action::SizeEngineStep,
                                                         Action::SizeSyscall, Action::SizeEffect};
  if (plays) toggle_play(state);
  for (const Row& each : kSteps) {
    if (each.action != action) continue;
    state.playing = false;
    step(state, each.coarser ? coarser(state.size) : state.size, each.forward);
    return true;
  }
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    if (kSizes[i] != action) continue;
    state.size = static_cast<StepSize>(i);
    return true;
  }
  return plays;
}

void nearer(CompareWindowState& state) {
  for (CompareSide& side : state.sides)
    side.camera.nearer(natural_sight(side.player, side.camera, {}));
  // Small pictures have room for the ship from afar only.
  if (state.sides[0].camera.at() > Nearness::Ship) state.rows = false;
}

void close_something(CompareWindowState& state) {
  if (state.help) {
    state.help = false;
  } else if (state.sides[0].camera.at() > Nearness::Ship) {
    for (CompareSide& side : state.sides) side.camera.farther();
  } else {
    state.rows = true;
  }
}

void enlarge(CompareWindowState& state, int by) {
  const int largest = std::max(state.largest, kLargerLeast);
  state.larger = std::clamp(std::min(state.larger, largest) + by, kLargerLeast, largest);
}

}  // namespace

void go_to_stop(CompareWindowState& state, std::size_t stop, bool moving) {
  if (state.steps.count() == 0) return;
  state.stop = std::min(stop, state.steps.count() - 1);
  const LinkedStop& here = state.steps.at(state.stop);
  state.panel.selected = here.line;
  state.passed = 0;
  const std::size_t positions[] = {here.at_a, here.at_b};
  for (std::size_t i = 0; i < 2; ++i) {
    Player& player = state.sides[i].player;
    if (moving)
      player.travel(positions[i]);
    else
      player.jump(positions[i]);
  }
}

void select_line(CompareWindowState& state, std::size_t line) {
  if (state.list.lines.empty()) return;
  const std::size_t last = state.list.lines.size() - 1;
  go_to_stop(state, state.steps.of_line(std::min(line, last)), false);
}

void look_from(CompareWindowState& state, Nearness near) {
  for (CompareSide& side : state.sides) {
    side.camera = Camera();
    side.camera.look_at(near, natural_sight(side.player, side.camera, {}));
    side.camera.settle();
    side.valid = false;
  }
}

void apply_compare_action(CompareWindowState& state, Action action) {
  if (apply_time(state, action)) return;
  constexpr int kStep = 10;  // percent
  const std::size_t at = state.panel.selected;
  switch (action) {
    case Action::First:
      return go_to_stop(state, 0, false);
    case Action::Last:
      return go_to_stop(state, state.steps.count(), false);
    case Action::NextRow:
      return row(state, true);
    case Action::PreviousRow:
      return row(state, false);
    case Action::NextDifference:
      return select_line(state, state.list.next_difference(at));
    case Action::PreviousDifference:
      return select_line(state, state.list.previous_difference(at));
    case Action::Faster:
      for (CompareSide& side : state.sides) side.player.faster();
      return;
    case Action::Slower:
      for (CompareSide& side : state.sides) side.player.slower();
      return;
    case Action::Nearer:
      return nearer(state);
    case Action::Farther:
      for (CompareSide& side : state.sides) side.camera.farther();
      return;
    case Action::Rows:
      state.rows = !state.rows;
      if (state.rows) look_from(state, Nearness::Ship);
      return;
    case Action::Theme:
      state.theme = next_theme(state.theme);
      return;
    case Action::Larger:
      return enlarge(state, kStep);
    case Action::Smaller:
      return enlarge(state, -kStep);
    case Action::ReducedMotion:
      state.reduced_motion = !state.reduced_motion;
      return;
    case Action::Help:
      state.help = !state.help;
      return;
    default:
      return close_something(state);
  }
}

void apply_compare_keys(CompareWindowState& state) {
  for (const Action action : pressed_actions(compare_key_table()))
    apply_compare_action(state, action);
}

bool moving(const CompareWindowState& state) {
  return state.sides[0].player.moving() || state.sides[1].player.moving();
}

bool advance(CompareWindowState& state, double seconds) {
  bool due = false;
  for (CompareSide& side : state.sides) due = side.player.advance(seconds) || due;
  state.passed += seconds * state.sides[0].player.speed();
  if (!state.playing || state.passed < state.seconds) return due;
  const std::size_t before = state.stop;
  step(state, state.size, true);
  state.playing = state.stop != before;
  return true;
}

double seconds_until_next(const CompareWindowState& state) {
  if (!state.playing) return std::numeric_limits<double>::infinity();
  return std::max(0.0, state.seconds - state.passed) / state.sides[0].player.speed();
}

Remembered remembered_of(const CompareWindowState& state, Remembered kept) {
  kept.theme = state.theme;
  kept.larger = state.larger;
  kept.reduced_motion = state.reduced_motion;
  kept.speed = static_cast<int>(state.sides[0].player.speed() * 100);
  kept.rows = state.rows;
  return kept;
}

void recall(const Remembered& kept, CompareWindowState& state) {
  state.theme = kept.theme;
  state.larger = kept.larger;
  state.reduced_motion = kept.reduced_motion;
  state.rows = kept.rows;
  for (CompareSide& side : state.sides) side.player.set_speed(kept.speed / 100.0);
}

}  // namespace cutaway::viz
