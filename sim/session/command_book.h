// The commands of a simulation: which of them run, where their output is seen, how they ended.
// Those of a window wait here until the one before them has ended.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/kernel/kernel.h"
#include "trace/side.h"

namespace cutaway::sim {

class CommandBook {
 public:
  CommandBook(Kernel& kernel, Trace& trace) : kernel_(kernel), trace_(trace) {}
  /// Who types, and where it is seen, when a command has no window.
  void set_console(TaskId shell, TerminalId terminal);

  /// A command that was asked for, not yet typed; its index. With a `queued` line it is of a
  /// window, which gets that line when it is its turn. `screen`: where it prints, when that is a
  /// place of its own.
  std::size_t note(const SideCommand& command, std::string queued = {}, TerminalId screen = {});
  /// The command of that name that was asked for last.
  std::optional<std::size_t> find(const std::string& name) const;
  /// The program that its shell started for it; none before and after.
  TaskId program_of(std::size_t index) const;
  /// The terminal of a window, opened at first use.
  TerminalId window(const std::string& name);
  /// Where it stands; back_to(mark()) is as if nothing had been noted since.
  struct Mark;
  Mark mark() const;
  void back_to(const Mark& mark);
  /// Notices commands that have begun or ended, and what they printed.
  void collect();

  const CommandState& state(std::size_t index) const { return states_.at(index); }
  std::size_t size() const { return states_.size(); }
  bool busy() const;
  /// Has each line that is not queued been read by its shell?
  bool all_typed() const;

 private:
  /// What is known of a command besides its state.
  struct Running {
    TerminalId screen;  ///< where its output is seen
    bool in_window = false;
    std::size_t from = 0, shown = 0;    ///< how much the screen had shown before it, and until now
    std::optional<std::size_t> record;  ///< once its line was typed
    std::string queued_line;            ///< its window still runs another one
  };

  void begin(std::size_t record);
  void start_queued();
  bool window_busy(TerminalId screen) const;
  void take_output(CommandState& state, Running& run);

  Kernel& kernel_;
  Trace& trace_;
  TaskId shell_;
  TerminalId console_;
  std::vector<CommandState> states_;
  std::vector<Running> running_;   ///< by command
  std::vector<std::size_t> open_;  ///< those that are not done, in order
  std::size_t records_seen_ = 0;
  std::map<std::string, TerminalId> windows_;     ///< by the name that a scenario gives them
  std::map<TerminalId, std::size_t> started_on_;  ///< the command that was started last in each
};

/// Those that were done stay as they are.
struct CommandBook::Mark {
  struct Open {
    std::size_t index = 0;
    CommandState state;
    Running running;
  };
  std::size_t size = 0, records_seen = 0;
  std::vector<Open> open;
  std::map<std::string, TerminalId> windows;
  std::map<TerminalId, std::size_t> started_on;
};

/// A command as its line is shown.
std::string typed_line(const SideCommand& command);

}  // namespace cutaway::sim
