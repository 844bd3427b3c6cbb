// How ash begins: the calls before its first command, as measured; its signals; its words.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr int kOwnSignals[] = {abi::sig::kInt, abi::sig::kQuit, abi::sig::kTerm};

/// PWD is taken over when it names this folder; else the kernel is asked.
Co<int> find_folder(Sys sys, Shell* shell) {
  const std::string said = text_of(*shell, "PWD");
  if (starts_with(said, "/")) {
    const std::int64_t found = co_await sys.stat(said);
    const Stat there = sys.reply().stat;
    if (found >= 0) {
      const std::string dot = ".";
      co_await sys.stat(dot);
      const Stat here = sys.reply().stat;
      if (here.inode == there.inode && here.device == there.device) co_return 0;
    }
  }
  co_await sys.getcwd();
  assign(*shell, "PWD", sys.reply().data);
  co_return 0;
}

}  // namespace

Co<int> begin_shell(Sys sys, Shell* shell) {
  shell->pid = co_await sys.getpid();
  shell->modes[abi::sig::kChld] = SignalMode::Default;
  auto minding = arrange_signal(sys, shell, abi::sig::kChld);
  co_await minding;
  shell->parent = co_await sys.getppid();
  assign(*shell, "PPID", decimal(shell->parent));
  std::int64_t level = 0;
  parse_decimal(text_of(*shell, "SHLVL"), level);
  assign(*shell, "SHLVL", decimal(level + 1));
  if (!value_of(*shell, "HOSTNAME")) {
    co_await sys.uname();
    assign(*shell, "HOSTNAME", sys.reply().data);
  }
  auto finding = find_folder(sys, shell);
  co_await finding;
  export_variable(*shell, "SHLVL");
  export_variable(*shell, "PWD");
  co_return 0;
}

// Somebody's shell is ended by its terminal's end, whatever stood before (as bash does it).
Co<int> arrange_signals(Sys sys, Shell* shell) {
  if (shell->interactive) {
    auto hanging = set_signal(sys, abi::sig::kHup, "SIG_DFL", true);
    co_await hanging;
  }
  for (const int signal : kOwnSignals) {
    auto arranging = arrange_signal(sys, shell, signal);
    co_await arranging;
  }
  co_return 0;
}

Co<int> complain(Sys sys, const Shell* shell, std::string text) {
  std::vector<std::string> pieces = {shell->name + ": "};
  if (shell->command) {
    if (*shell->command != shell->name) pieces.push_back(*shell->command + ": ");
    if (!shell->interactive || shell->script_fd > 0)
      pieces.push_back("line " + decimal(shell->line) + ": ");
  }
  pieces.emplace_back(text);
  pieces.emplace_back("\n");
  for (const std::string& piece : pieces) {
    auto writing = put(sys, 2, piece);
    co_await writing;
  }
  co_return 0;
}

Co<int> raise_error(Sys sys, Shell* shell, std::string text, int status) {
  auto telling = complain(sys, shell, text);
  co_await telling;
  shell->leave = Leave::Error;
  shell->status = status;
  co_return status;
}

Co<int> say(Sys sys, Shell* shell, std::string text) {
  if (!shell->prints) {
    auto asking = stdout_is_terminal(sys);
    co_await asking;
    shell->prints = true;
  }
  auto writing = put(sys, 1, text);
  co_return co_await writing;
}

}  // namespace cutaway::sim::sh
