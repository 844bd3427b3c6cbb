// Builtins: children of the shell, and what it may use.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

/// %1, %%, %+, %-, or a pid: the job's id, 0 for none.
int job_of(const Shell& shell, const std::string& word) {
  if (word.empty() || word[0] != '%') {
    std::int64_t pid = 0;
    if (!parse_decimal(word, pid)) return 0;
    for (const auto& [id, job] : shell.jobs) {
      if (job.processes.back().first == pid) return id;
    }
    return 0;
  }
  const std::string rest = word.substr(1);
  if (rest.empty() || rest == "%" || rest == "+") return shell.last_job;
  std::int64_t id = 0;
  if (parse_decimal(rest, id) && shell.jobs.count(static_cast<int>(id)) != 0)
    return static_cast<int>(id);
  return 0;
}

std::string state_text(const Job& job) {
  if (is_running(job)) return "Running";
  const std::int64_t status = job.processes.back().second;
  const auto signal = static_cast<int>(status & 0x7f);
  if (signal != 0) return std::string(signal_text(signal));
  const int code = exit_status(status);
  return code == 0 ? "Done" : "Done(" + decimal(code) + ")";
}

}  // namespace

// The state in 33 columns.
std::string job_line(const Shell& shell, int id, const Job& job) {
  constexpr std::size_t columns = 33;
  const auto newest = shell.jobs.rbegin();
  char mark = ' ';
  if (newest != shell.jobs.rend() && newest->first == id) mark = '+';
  const auto second = newest == shell.jobs.rend() ? newest : std::next(newest);
  if (second != shell.jobs.rend() && second->first == id) mark = '-';
  std::string text = "[" + decimal(id) + "]" + mark + "  " + state_text(job);
  text.resize(std::max(columns, text.size() + 1), ' ');
  return text + job.text + "\n";
}

Co<int> builtin_wait(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    auto waiting = wait_for_all(sys, shell);
    co_return co_await waiting;
  }
  int status = 0;
  for (std::size_t i = 1; i < words.size() && !shell->leaving(); ++i) {
    const int job = job_of(*shell, words[i]);
    std::int64_t pid = 0;
    if (job == 0 && !parse_decimal(words[i], pid)) {
      auto raising = raise_error(sys, shell, words[i] + ": no such job");
      co_return co_await raising;
    }
    if (job != 0) pid = shell->jobs[job].processes.back().first;
    auto waiting = wait_for_pid(sys, shell, pid);
    status = co_await waiting;
  }
  co_return status;
}

Co<int> builtin_jobs(Sys sys, Shell* shell, Words words) {
  const bool pids = words.size() > 1 && words[1] == "-p";
  std::vector<int> ids;
  for (const auto& [id, job] : shell->jobs) ids.insert(ids.begin(), id);
  for (const int id : ids) {
    const Job job = shell->jobs[id];
    const std::string text =
        pids ? decimal(job.processes.front().first) + "\n" : job_line(*shell, id, job);
    auto saying = say(sys, shell, text);
    co_await saying;
    if (!is_running(job)) shell->jobs.erase(id);
  }
  co_return 0;
}

// %1 is a process here: there are no process groups without job control.
Co<int> builtin_kill(Sys sys, Shell* shell, Words words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].empty() || words[i][0] != '%') continue;
    const int job = job_of(*shell, words[i]);
    if (job == 0) {
      auto raising = raise_error(sys, shell, words[i] + ": no such job");
      co_return co_await raising;
    }
    words[i] = decimal(shell->jobs[job].processes.front().first);
  }
  std::string listed;
  if (lists_signals(words, &listed)) {
    auto saying = say(sys, shell, listed);
    co_return co_await saying;
  }
  co_await sys.getpid();  // ash itself asks who it is before it sends a signal
  auto killing = kill_command(sys, shell->applet, words);
  co_return co_await killing;
}

Co<int> builtin_umask(Sys sys, Shell* shell, Words words) {
  const std::vector<Arg> nothing = {Arg::integer(0)};
  const std::int64_t mask = co_await sys.call(abi::Sys::umask, nothing);
  const std::vector<Arg> back = {Arg::integer(mask)};
  co_await sys.call(abi::Sys::umask, back);
  const bool symbolic = words.size() > 1 && words[1] == "-S";
  if (words.size() < 2 || symbolic) {
    std::string text = octal(static_cast<std::uint64_t>(mask));
    text = std::string(text.size() < 4 ? 4 - text.size() : 0, '0') + text;
    if (symbolic) text = symbolic_mask(static_cast<std::uint32_t>(mask));
    auto saying = say(sys, shell, text + "\n");
    co_return co_await saying;
  }
  std::uint64_t wanted = 0;
  bool fine = parse_unsigned(words[1], 8, wanted) && wanted <= 0777;
  if (!fine) {
    // Symbolic: what is allowed, from what is allowed now.
    std::uint32_t allowed = ~static_cast<std::uint32_t>(mask) & 0777U;
    fine = words[1].find_first_of("=+-") != std::string::npos &&
           change_mode(words[1], 0, false, allowed);
    wanted = ~allowed & 0777U;
  }
  if (!fine) {
    auto raising = raise_error(sys, shell, "illegal mode: " + words[1]);
    co_return co_await raising;
  }
  const std::vector<Arg> set = {Arg::integer(static_cast<std::int64_t>(wanted))};
  co_await sys.call(abi::Sys::umask, set);
  co_return 0;
}

namespace {

struct LimitRow {
  char letter;
  std::int64_t resource;
  std::int64_t unit;
  std::string_view says;
};
constexpr LimitRow kLimits[] = {
    {'c', 4, 512, "core file size (blocks)         (-c) "},
    {'d', 2, 1024, "data seg size (kb)              (-d) "},
    {'e', 13, 1, "scheduling priority             (-e) "},
    {'f', 1, 512, "file size (blocks)              (-f) "},
    {'i', 11, 1, "pending signals                 (-i) "},
    {'l', 8, 1024, "max locked memory (kb)          (-l) "},
    {'m', 5, 1024, "max memory size (kb)            (-m) "},
    {'n', 7, 1, "open files                      (-n) "},
    {'q', 12, 1, "POSIX message queues (bytes)    (-q) "},
    {'r', 14, 1, "real-time priority              (-r) "},
    {'s', 3, 1024, "stack size (kb)                 (-s) "},
    {'t', 0, 1, "cpu time (seconds)              (-t) "},
    {'u', 6, 1, "max user processes              (-u) "},
    {'v', 9, 1024, "virtual memory (kb)             (-v) "},
    {'x', 10, 1, "file locks                      (-x) "},
};

Co<std::string> limit_text(Sys sys, LimitRow row, bool hard) {
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(row.resource), Arg{},
                                 Arg::integer(0x7ffd1f9e0000)};
  co_await sys.call(abi::Sys::prlimit64, args);
  const std::int64_t value = sys.reply().out.at(hard ? 1 : 0);
  co_return value < 0 ? std::string("unlimited") : decimal(value / row.unit);
}

}  // namespace

Co<int> builtin_ulimit(Sys sys, Shell* shell, Words words) {
  bool hard = false;
  bool all = false;
  char asked = 'f';
  for (const std::string& word : words) {
    if (word.size() < 2 || word[0] != '-') continue;
    for (const char letter : word.substr(1)) {
      hard = hard || letter == 'H';
      all = all || letter == 'a';
      if (letter != 'H' && letter != 'S' && letter != 'a') asked = letter;
    }
  }
  for (const LimitRow& row : kLimits) {
    if (!all && row.letter != asked) continue;
    auto asking = limit_text(sys, row, hard);
    const std::string text = co_await asking;
    auto saying = say(sys, shell, (all ? std::string(row.says) : "") + text + "\n");
    co_await saying;
  }
  co_return 0;
}

// Ticks are hundredths of a second.
Co<int> builtin_times(Sys sys, Shell* shell, Words) {
  const std::vector<Arg> args = {Arg{}};
  co_await sys.call(abi::Sys::times, args);
  std::string text;
  const std::vector<std::int64_t> ticks = sys.reply().out;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::int64_t tick = i < ticks.size() ? ticks[i] : 0;
    const std::string rest = decimal(1000 + tick % 100 * 10).substr(1);
    text += decimal(tick / 6000) + "m" + decimal(tick / 100 % 60) + "." + rest + "s";
    text += i % 2 == 0 ? " " : "\n";
  }
  auto saying = say(sys, shell, text);
  co_return co_await saying;
}

}  // namespace cutaway::sim::sh
