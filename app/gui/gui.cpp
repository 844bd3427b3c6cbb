#include "app/gui/gui.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "app/gui/futures.h"
#include "app/gui/glfw_window.h"
#include "app/gui/lesson_runs.h"
#include "app/gui/memory.h"
#include "base/check.h"

namespace cutaway::app {
namespace {

constexpr double kLiveSeconds = 0.016;  // what has happened is on the screen within 50 ms
constexpr double kBusySeconds = 0.1;    // how a film proceeds is told so often

void start(viz::WindowState& state, const GuiOptions& options, const viz::Remembered& kept) {
  viz::recall(kept, state);
  if (options.theme) state.theme = *options.theme;
  state.presenter = options.presenter;
  state.player.set_size(options.size);
  state.player.jump(options.position.value_or(state.player.index().beginning()));
  state.origin = options.origin;
  if (options.live != nullptr) state.live.emplace();
  state.fork.possible = options.fork != nullptr;
  if (state.fork.possible) state.fork.futures = {{"as it was", 0}};
  state.lesson.possible = options.lessons != nullptr;
  state.lesson.language = options.language;
  state.lesson.open = options.lesson;
  state.lesson.list.open = options.list_lessons;
  viz::Look look = options.look;
  if (!options.looks) look.view = kept.view;
  const Status looked = viz::apply_look(state, look);
  CHECK(looked);  // whoever asked has seen that they are there
}

/// What has happened in a live run, and what was asked of it. True: draw.
bool exchange(viz::WindowState& state, Trace& trace, LiveSource& source) {
  for (const viz::LiveAsk what : std::exchange(state.live->asks, {})) source.ask(what);
  for (const viz::ChangeAsk& what : std::exchange(state.live->changes, {})) source.change(what);
  const bool more = source.grow(trace);
  const bool ended = source.over() && !std::exchange(state.live->over, source.over());
  if (more) viz::refresh(state);
  return more || ended;
}

/// How long the window may sleep: not at all while something moves.
double seconds_to_sleep(const viz::WindowState& state, int frames_due) {
  if (frames_due > 0 || state.player.moving()) return 0;
  const bool live = state.live && !state.live->over;
  const double longest = live ? kLiveSeconds : state.saving.job ? kBusySeconds : kIdleSeconds;
  return std::clamp(viz::seconds_until_next(state), 0.0, longest);
}

/// What was asked to be saved.
bool save(const GlfwWindow& window, viz::WindowState& state, Exporter& exporter) {
  viz::WindowShot shot;
  shot.position = state.player.position();
  shot.width = window.width();
  shot.height = window.height();
  shot.scale = window.scale();
  shot.theme = state.theme;
  shot.size = state.player.size();
  shot.presenter = state.presenter;
  shot.look.view = state.stage.view;  // of a film; whom one looks at may not be there at its start
  return exporter.serve(state, shot);
}

class Position {
 public:
  explicit Position(bool printed) : printed_(printed) {}
  void show(GlfwWindow& window, const viz::WindowState& state) {
    window.set_title(viz::window_title(state));
    if (!printed_ || state.player.position() == last_) return;
    last_ = state.player.position();
    std::printf("position %zu\n", last_);
    std::fflush(stdout);
  }

 private:
  bool printed_;
  std::size_t last_ = static_cast<std::size_t>(-1);
};

/// One frame. True: another one at once.
bool draw(GlfwWindow& window, viz::WindowState& state) {
  window.enlarge(state.larger);
  window.begin_frame();
  state.largest = window.largest();
  viz::apply_keys(state);
  const double scale = window.scale();
  const bool more = viz::draw_window(
      state, {window.atlas(), window.width() / scale, window.height() / scale, scale});
  window.end_frame(viz::theme_of(state.theme).bg);
  return more || window.input_waits();
}

}  // namespace

Status run_gui(Trace&& trace, const GuiOptions& options) {
  const auto shared = std::make_shared<Trace>(std::move(trace));
  Trace& shown = *shared;
  Futures futures(shared, options.fork);
  LessonRuns lessons(futures, options.lessons);
  TRY_ASSIGN(const auto window, GlfwWindow::open(options.width, options.height, "Cutaway"));
  viz::WindowState state(shown, viz::world_pictures(options.cards));
  Memory memory(options.fresh);
  start(state, options, memory.kept());
  memory.begin(viz::remembered_of(state));
  Position position(options.print_position);
  int frames_due = kFramesAfterEvent;
  while (!window->closed()) {
    if (window->wait(seconds_to_sleep(state, frames_due))) frames_due = kFramesAfterEvent;
    if (options.live != nullptr && exchange(state, shown, *options.live))
      frames_due = std::max(frames_due, 1);
    if (lessons.serve(state)) frames_due = kFramesAfterEvent;
    const double passed = std::min(window->passed(), kLongestPause);
    memory.pass(viz::remembered_of(state), passed);
    bool due = viz::advance(state, passed);
    due = state.notice.pass(passed) || due;
    due = (options.exporter != nullptr && save(*window, state, *options.exporter)) || due;
    if (due) frames_due = std::max(frames_due, 1);
    if (frames_due == 0) continue;
    --frames_due;
    if (draw(*window, state)) frames_due = std::max(frames_due, 1);
    position.show(*window, state);
  }
  memory.close();
  return {};
}

}  // namespace cutaway::app
