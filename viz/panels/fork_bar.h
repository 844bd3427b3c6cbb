// Forks of a simulation: from this moment on another command, and both futures stay. The bar with
// the futures, and the line to type into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "viz/panels/ui.h"

namespace cutaway::viz {

struct Future {
  std::string name;       ///< the command that was typed; of the first: "as it was"
  std::size_t from = 0;   ///< position at which it parts from the first
  bool keyboard = false;  ///< at its end a program waits for keys
};

/// What somebody types from a moment on.
struct ForkAsk {
  std::string text;
  bool keys = false;   ///< for the program that has the keyboard; else a line
  bool plays = false;  ///< what comes of it is played, as it was typed in the terminal
};

/// What is known of the futures, and what is asked of whoever can make one (the app).
struct ForkState {
  bool possible = false;  ///< a simulation whose commands are known
  std::vector<Future> futures;
  std::size_t shown = 0;
  bool typing = false;
  bool focus = false;  ///< put the keyboard into the line at the next frame
  std::string line;
  std::string problem;  ///< why the last line made no future

  std::optional<ForkAsk> ask;       ///< type this at the present moment
  std::optional<std::size_t> show;  ///< another future
  bool compare = false;             ///< the first and the shown one, side by side

  void begin();
  void next();
  void previous();
};

/// At the right end of the transport; returns where it begins.
double draw_fork_bar(Pane& pane, double middle_y, double right, ForkState& state);
/// The line over the sentence, while somebody types.
void draw_fork_line(const Ui& ui, const Rect& above, ForkState& state);

}  // namespace cutaway::viz
