// What stands behind the prompt of `cutaway shell`: lines come in, what they gave goes out, piece
// by piece. It knows no terminal of this computer, so that tests can type at it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "trace/log/trace.h"
#include "trace/side.h"

namespace cutaway::app {

/// A piece of output, in the order in which it came.
struct ShellPiece {
  enum class From : std::uint8_t {
    Stdout,
    Stderr,
    Screen,  ///< of a terminal: stdout, stderr and echo are one there
    Note,    ///< the shell's own words
  };
  From from = From::Note;
  std::string text;
};

class ShellSession {
 public:
  using Print = std::function<void(const ShellPiece&)>;

  explicit ShellSession(Print print) : print_(std::move(print)) {}
  virtual ~ShellSession() = default;
  ShellSession(const ShellSession&) = delete;
  ShellSession& operator=(const ShellSession&) = delete;

  /// A line of the prompt: one of our own words, else a command. An error is told by the caller.
  Status line(const std::string& typed);

  /// "sim 1": side, terminal and future that the next line is for.
  virtual std::string prompt() const = 0;
  virtual const Trace& trace() const = 0;
  virtual Status run(const SideCommand& command) = 0;
  /// Does a program in front read what is typed?
  virtual bool keyboard_taken() const { return false; }
  virtual Status keys(std::string_view bytes);
  /// Lets time pass, as far as this side can be told to.
  virtual Status pass(std::int64_t) { return {}; }
  /// SIGINT to the command that was typed last and still runs.
  virtual Status interrupt();
  /// Asked while a command runs: has somebody pressed Ctrl-C since?
  void ask_for_interrupt(std::function<bool()> interrupted) {
    interrupted_ = std::move(interrupted);
  }

  /// Names of its futures.
  virtual std::vector<std::string> futures() const { return {}; }
  virtual Status undo(std::size_t commands);
  virtual Status redo(std::size_t commands);
  virtual Status fork(const std::string& name);
  virtual Status switch_to(const std::string& name);
  virtual Status save(const std::string& path);
  virtual Status load(const std::string& path);

  void note(const std::string& text) { show(ShellPiece::From::Note, text + "\n"); }
  /// The moment that `why` and `explain` are about.
  std::size_t moment() const;
  Status set_moment(const std::string& at);
  bool over() const { return over_; }
  void end() { over_ = true; }
  /// Status of the last command.
  int status() const { return status_; }

 protected:
  bool interrupted() const { return interrupted_ && interrupted_(); }
  void show(ShellPiece::From from, std::string text);
  /// What a command printed, and how it ended.
  void show_result(const CommandState& state);

  int status_ = 0;

 private:
  Print print_;
  std::function<bool()> interrupted_;
  std::string at_ = "last";
  bool over_ = false;
};

}  // namespace cutaway::app
