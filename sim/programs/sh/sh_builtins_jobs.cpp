// Builtins: children of the shell, and what it may use.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

/// One line of `jobs`; what has ended is told for the last time.
Co<int> show_job(Sys sys, Shell* shell, int id, char what) {
  std::string text = decimal(shell->jobs[id].processes.front().pid) + "\n";
  if (what != 'p') text = join(job_pieces(*shell, id, what == 'l'), "");
  auto saying = say(sys, shell, text);
  co_await saying;
  if (what == 'p') co_return 0;
  shell->jobs[id].changed = false;
  if (shell->jobs[id].state == Job::State::Done) free_job(*shell, id);
  co_return 0;
}

/// The job of a word, 0 when the shell has complained that there is none.
Co<int> named_job(Sys sys, Shell* shell, const std::string* word) {
  const NamedJob named = find_job(*shell, word);
  if (named.id != 0) co_return named.id;
  auto raising = raise_error(sys, shell, named.error);
  co_await raising;
  co_return 0;
}

/// What has stopped runs again; in front it gets the terminal, and the shell waits.
Co<int> restart_job(Sys sys, Shell* shell, int id, bool in_front) {
  Job& job = shell->jobs[id];
  const std::int64_t group = job.processes.front().pid;
  const bool over = job.state == Job::State::Done;
  if (!over) {
    job.state = Job::State::Running;
    for (Process& process : job.processes) {
      if ((process.status & 0xff) == 0x7f) process.status = -1;
    }
    if (in_front) {
      auto giving = give_terminal(sys, shell, group);
      co_await giving;
    }
    co_await sys.kill(-group, abi::sig::kCont);
  }
  if (!in_front) co_return 0;
  auto waiting = wait_for_job(sys, shell, id);
  co_return co_await waiting;
}

std::string commands_of(const Job& job) {
  std::vector<std::string> texts;
  for (const Process& process : job.processes) texts.push_back(process.text);
  return join(texts, " | ") + "\n";
}

/// fg and bg [%JOB…]
Co<int> continue_jobs(Sys sys, Shell* shell, Words words, bool in_front) {
  int status = 0;
  for (std::size_t at = 1; at == 1 || at < words.size(); ++at) {
    const std::string* word = at < words.size() ? &words[at] : nullptr;
    auto naming = named_job(sys, shell, word);
    const int id = co_await naming;
    if (id == 0) co_return shell->status;
    if (!shell->jobs[id].controlled) {
      const std::string name = word == nullptr ? "(null)" : *word;
      auto raising = raise_error(sys, shell, "job " + name + " not created under job control");
      co_return co_await raising;
    }
    std::string text = commands_of(shell->jobs[id]);
    if (!in_front) {
      text = "[" + decimal(id) + "] " + text;
      shell->jobs[id].state = Job::State::Running;
      place_job(*shell, id);
    }
    auto saying = say(sys, shell, text);
    co_await saying;
    auto restarting = restart_job(sys, shell, id, in_front);
    status = co_await restarting;
  }
  co_return status;
}

}  // namespace

Co<int> builtin_fg(Sys sys, Shell* shell, Words words) {
  auto continuing = continue_jobs(sys, shell, words, true);
  co_return co_await continuing;
}
Co<int> builtin_bg(Sys sys, Shell* shell, Words words) {
  auto continuing = continue_jobs(sys, shell, words, false);
  co_return co_await continuing;
}

Co<int> builtin_wait(Sys sys, Shell* shell, Words words) {
  if (words.size() < 2) {
    auto waiting = wait_for_all(sys, shell);
    co_return co_await waiting;
  }
  int status = 127;
  for (std::size_t i = 1; i < words.size() && !shell->leaving(); ++i) {
    int job = 0;
    std::int64_t pid = 0;
    if (words[i][0] == '%') {
      auto naming = named_job(sys, shell, &words[i]);
      job = co_await naming;
      if (job == 0) co_return shell->status;
    } else if (!parse_decimal(words[i], pid)) {
      auto raising = raise_error(sys, shell, "Illegal number: " + words[i]);
      co_return co_await raising;
    }
    for (const auto& [id, each] : shell->jobs) {
      if (job == 0 && each.processes.back().pid == pid) job = id;
    }
    if (job == 0) continue;
    auto waiting = wait_for_one(sys, shell, job);
    status = co_await waiting;
  }
  co_return status;
}

Co<int> builtin_jobs(Sys sys, Shell* shell, Words words) {
  char what = 0;
  std::size_t at = 1;
  for (; at < words.size() && words[at].size() > 1 && words[at][0] == '-'; ++at)
    what = words[at].back();
  if (at < words.size()) {
    for (; at < words.size(); ++at) {
      auto naming = named_job(sys, shell, &words[at]);
      const int id = co_await naming;
      if (id == 0) co_return shell->status;
      auto showing = show_job(sys, shell, id, what);
      co_await showing;
    }
    co_return 0;
  }
  auto reaping = wait_for_job(sys, shell, 0);
  co_await reaping;
  const std::vector<int> order = shell->job_order;
  for (const int id : order) {
    auto showing = show_job(sys, shell, id, what);
    co_await showing;
  }
  co_return 0;
}

namespace {

/// %1 as numbers: under job control its process group, else each of its processes that lives.
std::vector<std::string> numbers_of(const Job& job) {
  if (job.controlled) return {" -" + decimal(job.processes.front().pid)};
  std::vector<std::string> numbers;
  for (const Process& process : job.processes) {
    if (process.status < 0 || (process.status & 0xff) == 0x7f)
      numbers.push_back(" " + decimal(process.pid));
  }
  return numbers;
}

}  // namespace

Co<int> builtin_kill(Sys sys, Shell* shell, Words words) {
  Words plain;
  for (const std::string& word : words) {
    if (plain.empty() || word.empty() || word[0] != '%') {
      plain.push_back(word);
      continue;
    }
    auto naming = named_job(sys, shell, &word);
    const int id = co_await naming;
    if (id == 0) co_return shell->status;
    const std::vector<std::string> numbers = numbers_of(shell->jobs[id]);
    plain.insert(plain.end(), numbers.begin(), numbers.end());
  }
  std::string listed;
  if (lists_signals(plain, &listed)) {
    auto saying = say(sys, shell, listed);
    co_return co_await saying;
  }
  co_await sys.getpid();  // ash itself asks who it is before it sends a signal
  auto killing = kill_command(sys, shell->applet, plain);
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
