#include "app/gui/compare_gui.h"

#include "app/gui/glfw_window.h"

namespace cutaway::app {

namespace {

// ImGui needs a frame or two after an event until hover and layout have settled.
constexpr int kFramesAfterEvent = 3;
constexpr double kIdleSeconds = 0.5;

}  // namespace

Status run_compare_gui(viz::CompareWindowState& state) {
  TRY_ASSIGN(const auto window, GlfwWindow::open(1600, 900, "Cutaway compares"));
  window->set_title("Cutaway · " + state.command + " · two runs");
  int frames_due = kFramesAfterEvent;
  while (!window->closed()) {
    if (window->wait(frames_due > 0 ? 0 : kIdleSeconds)) frames_due = kFramesAfterEvent;
    if (frames_due == 0) continue;
    --frames_due;
    window->begin_frame();
    viz::apply_compare_keys(state);
    const double scale = window->scale();
    viz::draw_compare_window(
        state, {window->atlas(), window->width() / scale, window->height() / scale, scale});
    window->end_frame(viz::theme_of(state.theme).bg);
  }
  return {};
}

}  // namespace cutaway::app
