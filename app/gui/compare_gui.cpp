#include "app/gui/compare_gui.h"

#include <algorithm>

#include "app/gui/glfw_window.h"
#include "app/gui/memory.h"

namespace cutaway::app {

namespace {

double seconds_to_sleep(const viz::CompareWindowState& state, int frames_due) {
  if (frames_due > 0 || viz::moving(state)) return 0;
  return std::clamp(viz::seconds_until_next(state), 0.0, kIdleSeconds);
}

/// One frame. True: another one at once.
bool draw(GlfwWindow& window, viz::CompareWindowState& state) {
  window.enlarge(state.larger);
  window.begin_frame();
  state.largest = window.largest();
  viz::apply_compare_keys(state);
  const double scale = window.scale();
  const bool more = viz::draw_compare_window(
      state, {window.atlas(), window.width() / scale, window.height() / scale, scale});
  window.end_frame(viz::theme_of(state.theme).bg);
  return more || window.input_waits();
}

}  // namespace

Status run_compare_gui(viz::CompareWindowState& state, const CompareGuiOptions& options) {
  TRY_ASSIGN(const auto window, GlfwWindow::open(1600, 900, "Cutaway compares"));
  window->set_title("Cutaway · " + state.command + " · two runs");
  Memory memory(options.fresh);
  viz::recall(memory.kept(), state);
  if (options.theme) state.theme = *options.theme;
  if (options.rows) state.rows = *options.rows;
  const auto now = [&] { return viz::remembered_of(state, memory.kept()); };
  memory.begin(now());
  int frames_due = kFramesAfterEvent;
  while (!window->closed()) {
    if (window->wait(seconds_to_sleep(state, frames_due))) frames_due = kFramesAfterEvent;
    const double passed = std::min(window->passed(), kLongestPause);
    memory.pass(now(), passed);
    if (viz::advance(state, passed)) frames_due = std::max(frames_due, 1);
    if (frames_due == 0) continue;
    --frames_due;
    if (draw(*window, state)) frames_due = std::max(frames_due, 1);
  }
  memory.close();
  return {};
}

}  // namespace cutaway::app
