#include "viz/panels/window_terminal.h"

#include "viz/panels/lesson_actions.h"
#include "viz/panels/typed_words.h"

namespace cutaway::viz {
namespace {

/// What was typed up to this moment, and the names that there are in it.
class PastOfWindow : public TerminalMemory {
 public:
  explicit PastOfWindow(const WindowState& state) : state_(state) {}
  TerminalPast recall() const override {
    TerminalPast past;
    past.names = spec::known_names(state_.player.world());
    for (const ScreenLine& line : state_.view.screen.screen.joined()) {
      if (line.typed) past.typed.push_back(line.text);
    }
    return past;
  }

 private:
  const WindowState& state_;
};

/// What the terminal takes now; the keyboard comes back to it when what was typed has been shown.
void settle_typing(WindowState& state) {
  TerminalContent& content = state.view.screen;
  const bool at_the_end = state.player.position() == state.player.count();
  const ForkState& fork = state.fork;
  content.takes = Takes::Nothing;
  if (fork.possible && content.waits) content.takes = Takes::Line;
  if (fork.possible && at_the_end && fork.shown < fork.futures.size() &&
      fork.futures[fork.shown].keyboard)
    content.takes = Takes::Keys;
  TypedLine& line = state.terminal.line;
  if (!line.returns || !at_the_end || content.takes == Takes::Nothing) return;
  line.focus = true;
  line.returns = false;
}

}  // namespace

void draw_window_terminal(WindowState& state, const Ui& ui, const Rect& box) {
  settle_typing(state);
  const TerminalPress press =
      draw_terminal_panel(ui, box, state.terminal, state.view.screen, PastOfWindow(state));
  if (press.asked != kNoEvent) select(state, line_subject(press.asked));
  const std::optional<std::string>& line = press.typed.line;
  if (line && !run_typed_word(state, *line) && !forbidden_here(state, *line))
    state.fork.ask = ForkAsk{*line, false, true};
  if (!press.typed.keys.empty()) state.fork.ask = ForkAsk{press.typed.keys, true, true};
}

}  // namespace cutaway::viz
