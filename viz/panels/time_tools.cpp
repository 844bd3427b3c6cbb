#include "viz/panels/time_tools.h"

#include <algorithm>

#include "viz/panels/window.h"
#include "viz/player/event_class.h"

namespace cutaway::viz {
namespace {

/// 0 for the first of a card's choices; −1: no such key.
int choice_of(Action action) {
  constexpr Action kDigits[] = {Action::SizeCommand, Action::SizeBeat,   Action::SizeEngineStep,
                                Action::SizeSyscall, Action::SizeEffect, Action::SixthChoice};
  for (int i = 0; i < 6; ++i) {
    if (kDigits[i] == action) return i;
  }
  return -1;
}

void close_cards(TimeTools& tools) {
  tools.until.open = tools.bookmarks.open = tools.predict.open = false;
  tools.until.search.stop();
  tools.predict.writes = false;
  tools.predict.question.reset();
}

// Run until.

void look_for(WindowState& state, Goal goal) {
  RunUntilState& until = state.tools.until;
  state.player.pause();
  until.says.clear();
  until.search.start(std::move(goal), state.player.position(), until.way);
}

void look_for_choice(WindowState& state, int choice) {
  const auto& goals = quick_goals();
  if (choice < 0 || choice >= static_cast<int>(goals.size())) return;
  const Player& player = state.player;
  look_for(state, goals[static_cast<std::size_t>(choice)].make(player.trace(), player.index(),
                                                               player.world(), player.moment(),
                                                               state.inspector.selected));
}

void look_for_text(WindowState& state) {
  Result<Goal> goal = Goal::parse(state.tools.until.text);
  if (goal)
    look_for(state, std::move(*goal));
  else
    state.tools.until.says = goal.error().message;
}

/// To a position; the picture is about what has happened there, whatever the size of a step was.
void arrive(Player& player, std::size_t position) {
  player.jump(position);
  if (position == 0 || player.moment().focus == position - 1) return;
  const EventClass kind = event_class(player.trace(), position - 1);
  if (kind == EventClass::Syscall) player.set_size(StepSize::Syscall);
  if (kind == EventClass::Effect) player.set_size(StepSize::Effect);
}

/// True: it looks on in the next frame.
bool search_on(WindowState& state) {
  RunUntilState& until = state.tools.until;
  if (!until.search.looking()) return false;
  if (until.search.scan(state.player.trace(), state.player.index())) return true;
  until.says = until.search.never();
  if (!until.search.found()) return true;
  arrive(state.player, *until.search.found());
  close_cards(state.tools);
  return true;
}

void draw_until(WindowState& state, const Ui& ui, const Rect& room) {
  RunUntilState& until = state.tools.until;
  const RunUntilPress press = draw_run_until_card(ui, room, until, state.player.count());
  if (press.closed) close_cards(state.tools);
  if (press.quick >= 0) look_for_choice(state, press.quick);
  if (press.text) look_for_text(state);
}

void show_until(WindowState& state, Way way) {
  close_cards(state.tools);
  state.tools.until.show(way);
}

// Bookmarks, range, waits.

void toggle_bookmark(WindowState& state) {
  state.tools.bookmarks.marks.toggle(state.player.position());
  state.tools.bookmarks.noting.reset();
}

void show_bookmarks(WindowState& state) {
  const bool open = state.tools.bookmarks.open;
  close_cards(state.tools);
  state.tools.bookmarks.open = !open;
}

void go_to(WindowState& state, std::optional<std::size_t> position) {
  if (!position) return;
  state.player.pause();
  state.player.jump(*position);
}

void draw_bookmarks(WindowState& state, const Ui& ui, const Rect& room) {
  TimeTools& tools = state.tools;
  const BookmarksPress press =
      draw_bookmarks_card(ui, room, tools.bookmarks, tools.range, state.player);
  if (press.closed) close_cards(tools);
  go_to(state, press.to);
  if (press.replay) tools.range.start(state.player);
}

void choose_seconds(RangeReplay& range, int choice) {
  const auto i = static_cast<std::size_t>(choice);
  if (i < RangeReplay::kSeconds.size()) range.set_seconds(RangeReplay::kSeconds[i]);
}

void play_wait(WindowState& state) {
  state.player.pause();
  state.tools.no_wait_at.reset();
  if (!state.tools.wait.start(state.player)) state.tools.no_wait_at = state.player.position();
}

// Predict first.

void ask_question(WindowState& state) {
  TimeTools& tools = state.tools;
  close_cards(tools);
  state.player.pause();
  PredictState& predict = tools.predict;
  predict.open = true;
  predict.chosen = -1;
  predict.question = question_at(state.player);
  predict.asked_at = state.player.position();
  predict.says = "Nothing comes next that one could ask about.";
}

void write_question(WindowState& state) {
  close_cards(state.tools);
  state.player.pause();
  PredictState& predict = state.tools.predict;
  predict.open = predict.writes = true;
  predict.says.clear();
  predict.focus[0] = true;
}

void ask_own(WindowState& state) {
  PredictState& predict = state.tools.predict;
  OwnQuestion typed = {predict.asks,
                       {predict.options.begin(), predict.options.end()},
                       predict.marked,
                       predict.decides};
  Result<Question> question = own_question(typed, state.player);
  if (!question) {
    predict.says = question.error().message;
    return;
  }
  predict.writes = false;
  predict.chosen = -1;
  predict.question = std::move(*question);
  predict.asked_at = state.player.position();
}

/// Now the run answers.
void choose_option(WindowState& state, int option) {
  PredictState& predict = state.tools.predict;
  if (!predict.question || predict.answered()) return;
  if (option < 0 || option >= static_cast<int>(predict.question->options.size())) return;
  Player& player = state.player;
  predict.chosen = option;
  predict.right = right_option(*predict.question, player.trace(), player.position());
  ++predict.score.asked;
  if (static_cast<std::size_t>(option) == predict.right) ++predict.score.right;
  const std::size_t until = predict.question->until;
  if (player.index().next(player.size(), player.position()) == until)
    player.forward();
  else
    player.jump(until);
}

/// Whoever goes elsewhere has done with the question.
void let_go(WindowState& state) {
  PredictState& predict = state.tools.predict;
  if (!predict.open || predict.writes || !predict.question) return;
  const std::size_t here = predict.answered() ? predict.question->until : predict.asked_at;
  if (state.player.position() != here) close_cards(state.tools);
}

void draw_predict(WindowState& state, const Ui& ui, const Rect& room) {
  const PredictPress press = draw_predict_card(ui, room, state.tools.predict);
  if (press.closed) close_cards(state.tools);
  if (press.chosen >= 0) choose_option(state, press.chosen);
  if (press.next) ask_question(state);
  if (press.ask) ask_own(state);
}

bool choose_from_card(WindowState& state, int choice) {
  if (choice < 0) return false;
  TimeTools& tools = state.tools;
  if (tools.until.open)
    look_for_choice(state, choice);
  else if (tools.bookmarks.open)
    choose_seconds(tools.range, choice);
  else if (tools.predict.open)
    choose_option(state, choice);
  else
    return false;
  return true;
}

void run_back(WindowState& state) { show_until(state, Way::Back); }
void run_on(WindowState& state) { show_until(state, Way::Forward); }
void next_bookmark(WindowState& state) {
  go_to(state, state.tools.bookmarks.marks.next(state.player.position()));
}
void previous_bookmark(WindowState& state) {
  go_to(state, state.tools.bookmarks.marks.previous(state.player.position()));
}
void begin_range(WindowState& state) { state.tools.range.mark_begin(state.player.position()); }
void end_range(WindowState& state) { state.tools.range.mark_end(state.player.position()); }
void replay_range(WindowState& state) { state.tools.range.start(state.player); }
void reduce_motion(WindowState& state) {
  state.tools.reduced_motion = !state.tools.reduced_motion;
  state.view.valid = false;
}

struct ToolAction {
  Action action;
  void (*apply)(WindowState& state);
};
constexpr ToolAction kToolActions[] = {
    {Action::RunUntil, run_on},
    {Action::RunBack, run_back},
    {Action::Bookmark, toggle_bookmark},
    {Action::Bookmarks, show_bookmarks},
    {Action::NextBookmark, next_bookmark},
    {Action::PreviousBookmark, previous_bookmark},
    {Action::RangeBegin, begin_range},
    {Action::RangeEnd, end_range},
    {Action::ReplayRange, replay_range},
    {Action::FullWait, play_wait},
    {Action::ReducedMotion, reduce_motion},
    {Action::Predict, ask_question},
    {Action::OwnQuestion, write_question},
};

}  // namespace

bool apply_time_action(WindowState& state, Action action) {
  if (state.tools.card() && action == Action::Escape) {
    close_cards(state.tools);
    return true;
  }
  if (choose_from_card(state, choice_of(action))) return true;
  for (const ToolAction& row : kToolActions) {
    if (row.action != action) continue;
    row.apply(state);
    return true;
  }
  return false;
}

bool draw_time_cards(WindowState& state, const Ui& ui, const Rect& room) {
  const bool more = search_on(state);
  let_go(state);
  TimeTools& tools = state.tools;
  if (tools.until.open)
    draw_until(state, ui, room);
  else if (tools.bookmarks.open)
    draw_bookmarks(state, ui, room);
  else if (tools.predict.open)
    draw_predict(state, ui, room);
  return more;
}

bool advance(WindowState& state, double seconds) {
  bool more = state.tools.range.advance(state.player, seconds);
  more = state.tools.wait.advance(state.player, seconds) || more;
  return state.player.advance(seconds) || more;
}

double seconds_until_next(const WindowState& state) {
  constexpr double kClockTick = 0.05;
  const TimeTools& tools = state.tools;
  double next = state.player.until_next();
  if (tools.range.playing()) next = std::min(next, tools.range.until_next());
  if (tools.wait.playing()) next = std::min(next, tools.reduced_motion ? 1.0 : kClockTick);
  return next;
}

}  // namespace cutaway::viz
