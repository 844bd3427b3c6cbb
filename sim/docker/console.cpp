#include "sim/docker/console.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/docker/http.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"
#include "sim/programs/sh/sh_run.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kCommandsFd = 3;

/// What the shell keeps from one line to the next.
struct Memory {
  std::optional<sh::Shell> shell;  ///< since the first line that was its own business
  int status = 0;                  ///< $?
};

struct Job {
  std::string program;
  std::vector<std::string> argv, env;
  std::int64_t stdin_fd = -1;
  bool on_terminal = false;
};

Program run_job(Sys sys, State state) {
  const Job job = std::any_cast<Job>(state.more);
  if (job.stdin_fd >= 0) {
    co_await sys.dup2(job.stdin_fd, 0);
    co_await sys.close(job.stdin_fd);
  }
  if (job.on_terminal) {
    const std::string by_default = "SIG_DFL";
    co_await sys.sigaction(abi::sig::kInt, by_default);
  } else {
    co_await sys.close(kCommandsFd);
  }
  co_await sys.execve(job.program, job.argv, job.env);
  const std::string text = job.program + ": not found\n";
  co_await sys.write(2, text);
  co_return 127;
}

// A pipe that holds `text` and is closed behind it: its reading end, or −errno.
Co<std::int64_t> feed_text(Sys sys, std::string text) {
  const std::int64_t made = co_await sys.pipe2(abi::o::kCloexec);
  if (made < 0) co_return made;
  const std::int64_t in = sys.reply().out.at(0);
  const std::int64_t out = sys.reply().out.at(1);
  auto writing = write_all(sys, out, text);
  co_await writing;
  co_await sys.close(out);
  co_return in;
}

int exit_status(std::int64_t wait_status) {
  const auto signal = static_cast<int>(wait_status & 0x7f);
  return signal != 0 ? 128 + signal : static_cast<int>(wait_status >> 8 & 0xff);
}

std::vector<std::string> environment(const Memory& memory) {
  if (memory.shell) return sh::environment(*memory.shell);
  return {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/root", "TERM=xterm"};
}

/// `exec` as a command's first word: the program would take the shell's place, and the window
/// close.
bool replaces_shell(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != "exec") continue;
    const std::string before = i == 0 ? ";" : words[i - 1];
    const bool begins = std::string_view(";&|({").find(before.back()) != std::string_view::npos;
    if (begins || before == "then" || before == "else" || before == "do") return true;
  }
  return false;
}

/// Can a line set, or see, what the shell remembers: variables, $?, its folder, its jobs? Any other
/// line is the same in a shell of its own.
bool is_own_business(const std::string& line) {
  static const std::set<std::string> own = {".",   "alias", "bg",    "cd",    "eval", "export",
                                            "fg",  "hash",  "jobs",  "kill",  "read", "readonly",
                                            "set", "trap",  "umask", "unset", "wait"};
  std::vector<std::string> words;
  split_shell_words(line, words);
  if (words.empty() || replaces_shell(words)) return false;
  return line.find_first_of("$`=&;{(") != std::string::npos || own.count(words.front()) != 0;
}

Co<int> begin_memory(Sys sys, Memory* memory) {
  constexpr int set_flags = 2, close_on_exec = 1;  // F_SETFD, FD_CLOEXEC
  co_await sys.fcntl(kCommandsFd, set_flags, close_on_exec);
  sh::Shell shell;
  shell.name = shell.applet;
  shell.arguments = {shell.applet};
  shell.status = memory->status;
  sh::import_environment(shell, environment(*memory));
  auto beginning = sh::begin_shell(sys, &shell);
  co_await beginning;
  memory->shell = std::move(shell);
  co_return 0;
}

/// By the shell itself. Whatever would end a script ends the line.
Co<int> run_line(Sys sys, Memory* memory, std::string line) {
  if (!memory->shell) {
    auto beginning = begin_memory(sys, memory);
    co_await beginning;
  }
  sh::Shell* shell = &*memory->shell;
  auto running = sh::run_text(sys, shell, line, 0, sh::Way{});
  co_await running;
  shell->leave = sh::Leave::No;
  shell->interrupted = false;
  co_return shell->status;
}

/// By a child.
Co<int> run_program(Sys sys, Json command, std::vector<std::string> env) {
  Job job;
  job.program = command["program"].get<std::string>();
  if (job.program == kPrompt) job.program = "/bin/sh";
  job.argv = command["argv"].get<std::vector<std::string>>();
  job.env = std::move(env);
  job.on_terminal = !command["terminal"].get<std::string>().empty();
  if (command["has_stdin"].get<bool>()) {
    auto feeding = feed_text(sys, command["stdin"].get<std::string>());
    job.stdin_fd = co_await feeding;
  }
  State state;
  state.more = job;
  const std::int64_t pid = co_await sys.clone(abi::sig::kChld, run_job, state);
  if (job.stdin_fd >= 0) co_await sys.close(job.stdin_fd);
  co_await sys.wait4(pid, 0);
  co_return sys.reply().out.empty() ? 255 : exit_status(sys.reply().out[0]);
}

Co<int> run_command(Sys sys, Json command, Memory* memory) {
  const auto argv = command["argv"].get<std::vector<std::string>>();
  const std::string typed = command["typed"].get<std::string>();
  sys.emit(CliTyped{typed, argv});
  if (command["program"] == kPrompt && is_own_business(typed)) {
    auto running = run_line(sys, memory, typed);
    memory->status = co_await running;
  } else {
    auto running = run_program(sys, command, environment(*memory));
    memory->status = co_await running;
  }
  if (memory->shell) memory->shell->status = memory->status;
  sys.emit(CliDone{memory->status});
  co_return memory->status;
}

}  // namespace

Program console(Sys sys, State state) {
  sys.step("cli");
  constexpr std::int64_t interrupted = -static_cast<std::int64_t>(abi::Errno::kEINTR);
  Memory memory;
  if (state.more.has_value()) memory = std::any_cast<Memory>(state.more);
  std::string pending;
  while (true) {
    state.more = memory;
    if (pending.empty()) sys.at_top(console, state);
    const std::int64_t n = co_await sys.read(kCommandsFd, 65536);
    if (n == interrupted) continue;  // a job of the background has ended
    if (n <= 0) co_return 0;
    pending += sys.reply().data;
    while (true) {
      const std::size_t end = pending.find('\n');
      if (end == std::string::npos) break;
      const auto command = parse_json(pending.substr(0, end));
      pending.erase(0, end + 1);
      if (!command) continue;
      auto running = run_command(sys, *command, &memory);
      co_await running;
    }
  }
}

Program second_terminal(Sys sys, State state) {
  sys.step("cli");
  const auto command = parse_json(std::any_cast<std::string>(state.more));
  if (!command) co_return 1;
  Memory memory;
  auto running = run_command(sys, *command, &memory);
  co_return co_await running;
}

// As login(1) and a shell do it: a session of its own, whose terminal is this one.
Program terminal_session(Sys sys, State state) {
  sys.step("cli");
  const auto command = parse_json(std::any_cast<std::string>(state.more));
  if (!command) co_return 1;
  const std::string path = (*command)["terminal"].get<std::string>();
  co_await sys.close(kCommandsFd);
  co_await sys.setsid();
  const std::int64_t terminal = co_await sys.open(path, abi::o::kRdwr);
  co_await sys.ioctl(terminal, tty::kTiocsctty, 0);
  for (std::int64_t fd = 0; fd < 3; ++fd) co_await sys.dup2(terminal, fd);
  co_await sys.close(terminal);
  const std::string ignored = "SIG_IGN";  // Ctrl-C is for what runs in front
  co_await sys.sigaction(abi::sig::kInt, ignored);
  Memory memory;
  auto running = run_command(sys, *command, &memory);
  co_return co_await running;
}

std::string console_line(std::string_view typed, std::string_view program,
                         const std::vector<std::string>& argv, std::string_view stdin_text,
                         bool has_stdin, std::string_view terminal) {
  return json_text(Json{{"typed", typed},
                        {"program", program},
                        {"argv", argv},
                        {"stdin", stdin_text},
                        {"has_stdin", has_stdin},
                        {"terminal", terminal}}) +
         "\n";
}

}  // namespace cutaway::sim
