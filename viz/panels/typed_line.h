// What is typed into the terminal: a line at its prompt, or keys for the program that has the
// keyboard.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/docker_complete.h"
#include "viz/panels/ui.h"

namespace cutaway::viz {

enum class Takes : std::uint8_t {
  Nothing,  ///< a recording, or a command that still runs
  Line,
  Keys,
};

struct TypedLine {
  std::string text;
  bool focus = false;    ///< put the keyboard into it at the next frame
  bool active = false;   ///< what is typed goes here
  bool returns = false;  ///< to get the keyboard back when its prompt does
  std::size_t back = 0;  ///< how far back in what was typed before; 0: the line itself
  std::string begun;     ///< that line, meanwhile

  void leave() { active = returns = focus = false; }
};

/// What can be typed, and what was before, oldest first.
struct TerminalPast {
  std::vector<std::string> typed;
  spec::KnownNames names;
};

/// Asked for only when somebody looks back or completes a word.
class TerminalMemory {
 public:
  virtual ~TerminalMemory() = default;
  virtual TerminalPast recall() const = 0;
};

struct TerminalTyped {
  std::optional<std::string> line;  ///< Enter
  std::string keys;
};

/// At `at` (the text's baseline) in the pane of the screen, `width` wide.
TerminalTyped draw_typed_line(Pane& pane, Point at, double width, TypedLine& line,
                              const TerminalMemory& memory);
/// The same place, while a program has the keyboard: shows nothing, catches all keys but Ctrl-].
TerminalTyped catch_keys(Pane& pane, Point at, TypedLine& line);

}  // namespace cutaway::viz
