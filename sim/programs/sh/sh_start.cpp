// How ash begins: the calls before its first command, as measured; its signals; its words.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr std::int64_t kRestorer = 0x4000000;  // SA_RESTORER: glibc always sets it
constexpr std::int64_t kRestart = 0x10000000;  // SA_RESTART: signal(3) sets it, sigaction does not
constexpr std::int64_t kSomewhere = 0x7ffd1f9e0000;

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

Co<int> set_signal(Sys sys, int signal, std::string handler, bool restarts) {
  Arg act;
  act.tag = ArgTag::Struct;
  act.keys = {"sa_handler", "sa_flags"};
  act.items = {Arg::bytes(handler), Arg::integer(restarts ? kRestorer | kRestart : kRestorer)};
  const std::vector<Arg> args = {Arg::integer(signal), act,
                                 restarts ? Arg::integer(kSomewhere) : Arg{}, Arg::integer(8)};
  co_await sys.call(abi::Sys::rt_sigaction, args);
  co_return 0;
}

Co<int> ask_signal(Sys sys, int signal) {
  const std::vector<Arg> args = {Arg::integer(signal), Arg{}, Arg::integer(kSomewhere),
                                 Arg::integer(8)};
  co_await sys.call(abi::Sys::rt_sigaction, args);
  co_return 0;
}

Co<int> set_mask(Sys sys, bool all, bool old) {
  Arg set;
  set.tag = ArgTag::List;
  for (int signal = 1; all && signal <= 31; ++signal) {
    const bool fixed = signal == abi::sig::kKill || signal == abi::sig::kStop;
    if (!fixed) set.items.push_back(Arg::bytes(abi::signal_name(signal)));
  }
  constexpr std::int64_t set_mask = 2;
  const std::vector<Arg> args = {Arg::integer(set_mask), set,
                                 old ? Arg::integer(kSomewhere) : Arg{}, Arg::integer(8)};
  co_await sys.call(abi::Sys::rt_sigprocmask, args);
  co_return 0;
}

Co<int> forget_quit(Sys sys) {
  auto restoring = set_signal(sys, abi::sig::kQuit, "SIG_DFL", false);
  co_return co_await restoring;
}

Co<int> begin_shell(Sys sys, Shell* shell) {
  shell->pid = co_await sys.getpid();
  auto minding = set_signal(sys, abi::sig::kChld, "handler", false);
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

Co<int> arrange_signals(Sys sys, Shell* shell, bool reads_stdin) {
  auto asking_int = ask_signal(sys, abi::sig::kInt);
  co_await asking_int;
  if (!reads_stdin || shell->interactive) {
    auto catching = set_signal(sys, abi::sig::kInt, "handler", false);
    co_await catching;
  }
  auto asking_quit = ask_signal(sys, abi::sig::kQuit);
  co_await asking_quit;
  auto ignoring = set_signal(sys, abi::sig::kQuit, "SIG_IGN", false);
  co_await ignoring;
  auto asking_term = ask_signal(sys, abi::sig::kTerm);
  co_await asking_term;
  if (shell->interactive) {
    auto sparing = set_signal(sys, abi::sig::kTerm, "SIG_IGN", false);
    co_await sparing;
  }
  shell->known_signals = {abi::sig::kInt, abi::sig::kQuit, abi::sig::kTerm};
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
