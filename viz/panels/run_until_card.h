// Run until: quick choices, and a line for an event, a predicate or words.
#pragma once

#include <string>

#include "viz/panels/ui.h"
#include "viz/player/run_until.h"

namespace cutaway::viz {

struct RunUntilState {
  bool open = false;
  Way way = Way::Forward;
  std::string text;
  std::string says;    ///< what is wrong with the text, or that it never happens
  bool focus = false;  ///< put the keyboard into the line
  RunUntil search;

  void show(Way where) {
    open = true;
    way = where;
    says.clear();
  }
};

struct RunUntilPress {
  int quick = -1;     ///< a quick choice
  bool text = false;  ///< what stands in the line
  bool closed = false;
};
RunUntilPress draw_run_until_card(const Ui& ui, const Rect& room, RunUntilState& state,
                                  std::size_t count);

}  // namespace cutaway::viz
