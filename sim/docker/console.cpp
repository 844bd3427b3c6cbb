#include "sim/docker/console.h"

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/docker/http.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kCommandsFd = 3;

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

Co<int> run_command(Sys sys, Json command) {
  Job job;
  job.program = command["program"].get<std::string>();
  job.argv = command["argv"].get<std::vector<std::string>>();
  job.env = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/root", "TERM=xterm"};
  job.on_terminal = !command["terminal"].get<std::string>().empty();
  sys.emit(CliTyped{command["typed"].get<std::string>(), job.argv});
  if (command["has_stdin"].get<bool>()) {
    auto feeding = feed_text(sys, command["stdin"].get<std::string>());
    job.stdin_fd = co_await feeding;
  }
  State state;
  state.more = job;
  const std::int64_t pid = co_await sys.clone(abi::sig::kChld, run_job, state);
  if (job.stdin_fd >= 0) co_await sys.close(job.stdin_fd);
  co_await sys.wait4(pid, 0);
  const int exit = sys.reply().out.empty() ? 255 : exit_status(sys.reply().out[0]);
  sys.emit(CliDone{exit});
  co_return exit;
}

}  // namespace

Program console(Sys sys, State state) {
  sys.step("cli");
  std::string pending;
  while (true) {
    if (pending.empty()) sys.at_top(console, state);
    const std::int64_t n = co_await sys.read(kCommandsFd, 65536);
    if (n <= 0) co_return 0;
    pending += sys.reply().data;
    while (true) {
      const std::size_t end = pending.find('\n');
      if (end == std::string::npos) break;
      const auto command = parse_json(pending.substr(0, end));
      pending.erase(0, end + 1);
      if (!command) continue;
      auto running = run_command(sys, *command);
      co_await running;
    }
  }
}

Program second_terminal(Sys sys, State state) {
  sys.step("cli");
  const auto command = parse_json(std::any_cast<std::string>(state.more));
  if (!command) co_return 1;
  auto running = run_command(sys, *command);
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
  auto running = run_command(sys, *command);
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
