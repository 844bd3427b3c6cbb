// What keys do to the state of the window.
#include "viz/panels/window.h"

namespace cutaway::viz {
namespace {

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
  if (state.help) {
    state.help = false;
  } else if (state.left.over || state.right.over) {
    state.left.over = state.right.over = false;
  } else if (state.inspector.selected) {
    state.inspector.selected = TaskId();
  } else {
    state.presenter = false;
  }
}

void step(Player& player, StepSize size, bool forward) {
  player.pause();
  if (forward)
    player.step_forward(size);
  else
    player.step_back(size);
}

}  // namespace

void SideState::show() {
  beside = true;
  over = !room;
}

void SideState::hide() { beside = over = false; }

void apply_keys(WindowState& state) {
  for (const Action action : pressed_actions()) apply_action(state, action);
}

void apply_action(WindowState& state, Action action) {
  Player& player = state.player;
  switch (action) {
    case Action::PlayPause:
      return player.toggle();
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
      return player.last();
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
  switch (action) {
    case Action::Presenter:
      state.presenter = !state.presenter;
      break;
    case Action::Theme:
      state.theme = state.theme == ThemeChoice::Dark ? ThemeChoice::Light : ThemeChoice::Dark;
      break;
    case Action::Panels:
      toggle_panels(state);
      break;
    case Action::Filter:
      state.events.open = true;
      state.left.show();
      state.events.focus_filter = true;
      break;
    case Action::Help:
      state.help = !state.help;
      break;
    case Action::Escape:
      close_something(state);
      break;
    default:
      break;
  }
}

}  // namespace cutaway::viz
