// What keys do to the state of the window.
#include <algorithm>
#include <cmath>

#include "viz/panels/change_actions.h"
#include "viz/panels/export_overlay.h"
#include "viz/panels/lesson_actions.h"
#include "viz/panels/window.h"
#include "viz/panels/window_camera.h"

namespace cutaway::viz {
namespace {

constexpr int kLargerStep = 10;  // percent
constexpr double kWider = 24;    // units

/// Both or none.
void toggle_panels(WindowState& state) {
  const bool shown = state.left.shown() || state.right.shown();
  for (SideState* side : {&state.left, &state.right}) {
    if (shown)
      side->hide();
    else
      side->show();
  }
}

/// Whatever was opened last goes first.
void close_something(WindowState& state) {
  if (state.terminal.line.active) {
    state.terminal.line.leave();
  } else if (state.fork.typing) {
    state.fork.typing = false;
  } else if (state.inspector.hand.wished().what != ChangeKind::None) {
    state.inspector.hand.let_be();
  } else if (state.help) {
    state.help = false;
  } else if (state.saving.open) {
    state.saving.open = false;
  } else if (state.left.over || state.right.over) {
    state.left.over = state.right.over = false;
  } else if (state.stage.view != View::Ship) {
    state.stage.view = View::Ship;
  } else if (state.camera.at() > Nearness::Deck) {
    state.camera.farther();
  } else if (state.inspector.selected) {
    state.inspector.select({});
  } else {
    state.presenter = false;
  }
}

/// Space, while the run is watched: the picture stands still and the run goes on; again: it plays
/// on from there.
void toggle_play(WindowState& state) {
  if (state.live && state.live->follow)
    state.live->follow = false;
  else
    state.player.toggle();
}

/// The keyboard's way to point at something.
void select_in_picture(WindowState& state, bool forward) {
  const Player& player = state.player;
  const std::string id = next_in_picture(player.world(), player.moment(), state.picture.hits,
                                         state.inspector.selected, forward);
  if (!id.empty()) select(state, subject_of(player.world(), player.moment(), id));
}

void resize_panels(WindowState& state, double by) {
  state.left.resize(state.left.width + by);
  state.right.resize(state.right.width + by);
}

void resize_all(WindowState& state, int by) {
  const int largest = std::max(state.largest, kLargerLeast);
  state.larger = std::clamp(std::min(state.larger, largest) + by, kLargerLeast, largest);
}

/// How large things are. True: it was one of these.
bool apply_size_action(WindowState& state, Action action) {
  switch (action) {
    case Action::Larger:
      resize_all(state, kLargerStep);
      return true;
    case Action::Smaller:
      resize_all(state, -kLargerStep);
      return true;
    case Action::WiderPanels:
      resize_panels(state, kWider);
      return true;
    case Action::NarrowerPanels:
      resize_panels(state, -kWider);
      return true;
    default:
      return false;
  }
}

void ask_live(WindowState& state, LiveAsk what) {
  if (state.live) state.live->ask(what);
}

void step(Player& player, StepSize size, bool forward) {
  player.pause();
  if (forward)
    player.step_forward(size);
  else
    player.step_back(size);
}

/// Into the terminal, where it takes anything now.
void type_here(WindowState& state) {
  if (!state.fork.possible) return;
  if (!state.left.shown() && !state.lesson.playing()) state.left.show();
  state.terminal.open = state.lesson.terminal = true;
  state.terminal.line.focus = true;
}

/// Where and at what we look, and in which future. True: it was one of these.
bool apply_look_action(WindowState& state, Action action) {
  switch (action) {
    case Action::ForkHere:
      state.fork.begin();
      return true;
    case Action::TypeHere:
      type_here(state);
      return true;
    case Action::NextFuture:
      state.fork.next();
      return true;
    case Action::PreviousFuture:
      state.fork.previous();
      return true;
    case Action::CompareFutures:
      state.fork.compare = state.fork.shown > 0;
      return true;
    case Action::Nearer:
      state.camera.nearer(natural_sight(state));
      return true;
    case Action::Farther:
      state.camera.farther();
      return true;
    case Action::ViewLens:
      toggle_view(state.stage, View::Lens);
      return true;
    case Action::ViewMatrix:
      toggle_view(state.stage, View::Matrix);
      return true;
    case Action::ViewChannels:
      toggle_view(state.stage, View::Channels);
      return true;
    case Action::ViewLayers:
      toggle_view(state.stage, View::Layers);
      return true;
    case Action::ViewTree:
      toggle_view(state.stage, View::Tree);
      return true;
    case Action::LensLeft:
      state.stage.left = next_slot(state.player.world(), state.stage.left);
      return true;
    case Action::LensRight:
      state.stage.right = next_slot(state.player.world(), state.stage.right);
      return true;
    default:
      return false;
  }
}

}  // namespace

void keep_up(WindowState& state) {
  if (!state.live) return;
  Player& player = state.player;
  Live& live = *state.live;
  if (live.shown && *live.shown != player.position())
    live.follow = player.playing() && player.position() == player.count();
  if (live.follow && player.position() != player.count()) {
    player.pause();
    player.jump(player.count());
  }
  live.shown = player.position();
}

void select(WindowState& state, Subject subject) {
  state.inspector.select(std::move(subject));
  if (!state.inspector.selected) return;
  state.inspector.open = true;
  if (!state.right.shown()) state.right.show();
}

void SideState::show() {
  beside = true;
  over = !room;
}

void SideState::hide() { beside = over = false; }

void SideState::resize(double to) {
  width = std::clamp<double>(std::round(to), kColumnLeast, kColumnMost);
}

void apply_keys(WindowState& state) {
  for (const Action action : pressed_actions()) {
    apply_action(state, action);
    // Whoever steps and looks wants to go on with that.
    if (action != Action::TypeHere) state.terminal.line.returns = false;
  }
}

void apply_action(WindowState& state, Action action) {
  if (apply_lesson_action(state, action)) return;
  if (apply_time_action(state, action)) return;
  if (apply_export_action(state, action)) return;
  if (apply_change_action(state, action)) return;
  Player& player = state.player;
  switch (action) {
    case Action::PlayPause:
      return toggle_play(state);
    case Action::Forward:
      return step(player, player.size(), true);
    case Action::Back:
      return step(player, player.size(), false);
    case Action::ForwardMore:
      return step(player, coarser(player.size()), true);
    case Action::BackMore:
      return step(player, coarser(player.size()), false);
    case Action::Coarser:
      return player.set_size(coarser(player.size()));
    case Action::Finer:
      return player.set_size(finer(player.size()));
    case Action::First:
      return player.first();
    case Action::Last:
      player.last();
      if (state.live) state.live->follow = true;
      if (state.live) state.live->shown = player.position();
      return;
    case Action::SizeCommand:
      return player.set_size(StepSize::Command);
    case Action::SizeBeat:
      return player.set_size(StepSize::Beat);
    case Action::SizeEngineStep:
      return player.set_size(StepSize::EngineStep);
    case Action::SizeSyscall:
      return player.set_size(StepSize::Syscall);
    case Action::SizeEffect:
      return player.set_size(StepSize::Effect);
    case Action::Faster:
      return player.faster();
    case Action::Slower:
      return player.slower();
    default:
      return apply_window_action(state, action);
  }
}

void apply_window_action(WindowState& state, Action action) {
  if (apply_look_action(state, action) || apply_size_action(state, action)) return;
  switch (action) {
    case Action::Presenter:
      state.presenter = !state.presenter;
      break;
    case Action::Theme:
      state.theme = next_theme(state.theme);
      break;
    case Action::Panels:
      toggle_panels(state);
      break;
    case Action::Filter:
      state.events.open = true;
      state.left.show();
      state.events.focus_filter = true;
      break;
    case Action::NextSubject:
      select_in_picture(state, true);
      break;
    case Action::PreviousSubject:
      select_in_picture(state, false);
      break;
    case Action::Help:
      state.help = !state.help;
      break;
    case Action::Export:
      state.saving.open = !state.saving.open;
      break;
    case Action::CopyMoment:
      copy_moment(state);
      break;
    case Action::GoOn:
      ask_live(state, LiveAsk::GoOn);
      break;
    case Action::OneStep:
      ask_live(state, LiveAsk::OneStep);
      break;
    case Action::HoldRun:
      ask_live(state, LiveAsk::Hold);
      break;
    case Action::Escape:
      close_something(state);
      break;
    default:
      break;
  }
}

}  // namespace cutaway::viz
