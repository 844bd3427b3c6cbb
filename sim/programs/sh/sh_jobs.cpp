#include "sim/programs/sh/sh_jobs.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim::sh {

namespace {

// fork(2) as glibc makes it.
constexpr std::uint64_t kFork =
    abi::clone::kChildCleartid | abi::clone::kChildSettid | abi::sig::kChld;
constexpr std::int64_t kRestorer = 0x4000000;  // SA_RESTORER: glibc always sets it
constexpr std::int64_t kRestart = 0x10000000;  // SA_RESTART: signal(3) sets it, sigaction does not
constexpr std::int64_t kRobustList = 0x1b2e26a0;  // where the C library keeps it
constexpr std::int64_t kSomewhere = 0x7ffd1f9e0000;
constexpr std::uint64_t kNohang = 1;

enum class Block { No, Yes, OrSignal };

Co<int> set_signal(Sys sys, int signal, std::string handler, std::int64_t flags, bool old) {
  Arg act;
  if (!handler.empty()) {
    act.tag = ArgTag::Struct;
    act.keys = {"sa_handler", "sa_flags"};
    act.items = {Arg::bytes(handler), Arg::integer(flags)};
  }
  const std::vector<Arg> args = {Arg::integer(signal), act, old ? Arg::integer(kSomewhere) : Arg{},
                                 Arg::integer(8)};
  co_await sys.call(abi::Sys::rt_sigaction, args);
  co_return 0;
}

Co<int> ask_signal(Sys sys, int signal) {
  auto asking = set_signal(sys, signal, "", 0, true);
  co_return co_await asking;
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

/// ash's waitproc. Pid of a child that ended, 0, or −1; `status` as wait4 gives it.
Co<std::int64_t> wait_once(Sys sys, Shell* shell, Block block, std::int64_t* status) {
  const std::uint64_t options = block == Block::Yes ? 0 : kNohang;
  std::int64_t pid = 0;
  do {
    shell->got_child = false;
    do {
      pid = co_await sys.wait4(-1, options);
      if (pid > 0) *status = sys.reply().out.at(0);
      note_signals(sys, shell);
    } while (pid == -static_cast<std::int64_t>(abi::Errno::kEINTR));
    if (pid != 0) break;
    if (block == Block::No) co_return -1;
    auto blocking = set_mask(sys, true, true);
    co_await blocking;
    while (!shell->got_child && !shell->interrupted) {
      Arg none;
      none.tag = ArgTag::List;
      const std::vector<Arg> args = {none, Arg::integer(8)};
      co_await sys.call(abi::Sys::rt_sigsuspend, args);
      note_signals(sys, shell);
    }
    auto opening = set_mask(sys, false, false);
    co_await opening;
  } while (shell->got_child);
  co_return pid < 0 ? -1 : pid;
}

std::string_view signal_text(int signal) {
  struct Row {
    int signal;
    std::string_view text;
  };
  static constexpr Row kTexts[] = {
      {1, "Hangup"},
      {3, "Quit"},
      {4, "Illegal instruction"},
      {6, "Aborted"},
      {7, "Bus error"},
      {8, "Floating point exception"},
      {9, "Killed"},
      {10, "User defined signal 1"},
      {11, "Segmentation fault"},
      {12, "User defined signal 2"},
      {14, "Alarm clock"},
      {15, "Terminated"},
  };
  for (const Row& row : kTexts) {
    if (row.signal == signal) return row.text;
  }
  return {};
}

int exit_status(std::int64_t status) {
  const auto signal = static_cast<int>(status & 0x7f);
  return signal != 0 ? 128 + signal : static_cast<int>(status >> 8 & 0xff);
}

bool is_running(const Job& job) {
  return std::any_of(job.processes.begin(), job.processes.end(),
                     [](const auto& process) { return process.second < 0; });
}
bool is_running(const Shell& shell, int job_id) {
  const auto found = shell.jobs.find(job_id);
  return found != shell.jobs.end() && is_running(found->second);
}

/// The job of the child that ended; 0 if it has none.
int note_end(Shell& shell, std::int64_t pid, std::int64_t status) {
  for (auto& [id, job] : shell.jobs) {
    for (auto& process : job.processes) {
      if (process.first != pid || process.second >= 0) continue;
      process.second = status;
      return id;
    }
  }
  return 0;
}

/// ash's dowait: until the job has ended, and then whatever else has.
Co<int> wait_on(Sys sys, Shell* shell, Block block, int job_id) {
  if (job_id != 0 && !is_running(*shell, job_id)) block = Block::No;
  if (block == Block::No && !shell->got_child) co_return 0;
  while (true) {
    std::int64_t status = 0;
    auto waiting = wait_once(sys, shell, block, &status);
    const std::int64_t pid = co_await waiting;
    if (pid < 0) co_return 0;
    if (pid > 0) {
      const int ended = note_end(*shell, pid, status);
      const auto signal = static_cast<int>(status & 0x7f);
      // Only the death of what the shell waits for is told, and not that of a Ctrl-C.
      const std::string_view text = signal_text(signal);
      if (job_id != 0 && ended == job_id && !text.empty()) {
        auto telling = put(sys, 2, std::string(text) + "\n");
        co_await telling;
      }
    }
    if (pid == 0 || (job_id != 0 && !is_running(*shell, job_id))) block = Block::No;
    if (block == Block::OrSignal && shell->interrupted) co_return 0;
  }
}

Program child_main(Sys sys, State state) {
  ChildJob job = std::any_cast<ChildJob>(state.more);
  auto entering = enter_child(sys, &job.shell, job.background);
  co_await entering;
  for (const std::int64_t fd : job.close) co_await sys.close(fd);
  if (job.in >= 0) {
    co_await sys.dup2(job.in, 0);
    co_await sys.close(job.in);
  }
  if (job.out >= 0) {
    co_await sys.dup2(job.out, 1);
    co_await sys.close(job.out);
  }
  auto running = run_child_node(sys, &job.shell, job.node);
  co_return co_await running;
}

/// PWD is taken over when it names this folder; else the kernel is asked.
Co<int> find_folder(Sys sys, Shell* shell) {
  const std::string said = shell->variables["PWD"];
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
  shell->variables["PWD"] = sys.reply().data;
  co_return 0;
}

}  // namespace

void note_signals(Sys sys, Shell* shell) {
  for (const int signal : sys.take_signals()) {
    if (signal == abi::sig::kChld) shell->got_child = true;
    if (signal == abi::sig::kInt) shell->interrupted = true;
  }
}

Co<int> end_when_interrupted(Sys sys, Shell* shell) {
  note_signals(sys, shell);
  if (!shell->interrupted || shell->exiting) co_return 0;
  shell->interrupted = false;
  shell->exiting = true;
  shell->status = 128 + abi::sig::kInt;
  auto opening = set_mask(sys, false, false);
  co_await opening;
  auto dropping = set_signal(sys, abi::sig::kInt, "SIG_DFL", kRestorer | kRestart, true);
  co_await dropping;
  const std::int64_t self = co_await sys.getpid();
  co_await sys.kill(self, abi::sig::kInt);
  co_return 0;
}

Co<int> start_shell(Sys sys, Shell* shell, bool from_stdin) {
  shell->pid = co_await sys.getpid();
  auto minding = set_signal(sys, abi::sig::kChld, "handler", kRestorer, false);
  co_await minding;
  co_await sys.getppid();
  std::int64_t level = 0;
  parse_decimal(shell->variables["SHLVL"], level);
  shell->variables["SHLVL"] = decimal(level + 1);
  auto finding = find_folder(sys, shell);
  co_await finding;
  shell->exported.insert("SHLVL");
  shell->exported.insert("PWD");
  if (from_stdin) co_await sys.ioctl(0, 0x5401, 0);  // TCGETS: is it a terminal?
  auto asking_int = ask_signal(sys, abi::sig::kInt);
  co_await asking_int;
  if (!from_stdin) {
    auto catching = set_signal(sys, abi::sig::kInt, "handler", kRestorer, false);
    co_await catching;
  }
  auto asking_quit = ask_signal(sys, abi::sig::kQuit);
  co_await asking_quit;
  auto ignoring = set_signal(sys, abi::sig::kQuit, "SIG_IGN", kRestorer, false);
  co_await ignoring;
  auto asking_term = ask_signal(sys, abi::sig::kTerm);
  co_return co_await asking_term;
}

Co<int> forget_quit(Sys sys) {
  auto restoring = set_signal(sys, abi::sig::kQuit, "SIG_DFL", kRestorer, false);
  co_return co_await restoring;
}

Co<int> enter_child(Sys sys, Shell* shell, bool background) {
  const int level = shell->level++;
  shell->is_child = true;
  shell->jobs.clear();
  shell->got_child = false;
  const std::vector<Arg> robust = {Arg::integer(kRobustList), Arg::integer(24)};
  co_await sys.call(abi::Sys::set_robust_list, robust);
  if (background) {
    // Without job control Ctrl-C must not reach it, and it must not take the shell's input.
    auto ignoring = set_signal(sys, abi::sig::kInt, "SIG_IGN", kRestorer | kRestart, true);
    co_await ignoring;
    co_await sys.close(0);
    const std::string null_path = "/dev/null";
    co_await sys.open(null_path, 0);
  } else if (level == 0) {
    auto restoring = forget_quit(sys);
    co_await restoring;
  }
  co_return 0;
}

Co<std::int64_t> fork_entry(Sys sys, Shell* shell, Entry entry, State state, int* job_id) {
  const std::int64_t pid = co_await sys.clone(kFork, entry, state);
  if (pid < 0) {
    auto telling =
        complain(sys, shell, "",
                 "can't fork: " + std::string(abi::errno_text(static_cast<abi::Errno>(-pid))));
    co_await telling;
    co_return pid;
  }
  if (*job_id == 0) *job_id = ++shell->last_job;
  shell->jobs[*job_id].processes.emplace_back(pid, -1);
  co_return pid;
}

Co<std::int64_t> fork_child(Sys sys, Shell* shell, ChildJob job, int* job_id) {
  State state;
  state.more = std::move(job);
  auto forking = fork_entry(sys, shell, child_main, state, job_id);
  co_return co_await forking;
}

Co<std::int64_t> make_pipe(Sys sys, const Shell* shell, PipeEnds* ends) {
  const std::int64_t made = co_await sys.pipe2(0);
  if (made < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-made)));
    auto telling = complain(sys, shell, "", "can't create pipe: " + why);
    co_await telling;
    co_return made;
  }
  ends->in = sys.reply().out.at(0);
  ends->out = sys.reply().out.at(1);
  co_return 0;
}

Co<int> wait_for_job(Sys sys, Shell* shell, int job_id) {
  auto waiting = wait_on(sys, shell, job_id == 0 ? Block::No : Block::Yes, job_id);
  co_await waiting;
  int status = shell->status;
  const auto found = shell->jobs.find(job_id);
  if (found != shell->jobs.end()) {
    status = exit_status(found->second.processes.back().second);
    shell->jobs.erase(found);
  }
  auto ending = end_when_interrupted(sys, shell);
  co_await ending;
  co_return status;
}

Co<int> wait_for_all(Sys sys, Shell* shell) {
  const auto running = [shell] {
    return std::any_of(shell->jobs.begin(), shell->jobs.end(),
                       [](const auto& each) { return is_running(each.second); });
  };
  while (running() && !shell->interrupted) {
    auto waiting = wait_on(sys, shell, Block::OrSignal, 0);
    co_await waiting;
  }
  shell->jobs.clear();
  auto ending = end_when_interrupted(sys, shell);
  co_await ending;
  co_return shell->exiting ? shell->status : 0;
}

Co<int> wait_for_pid(Sys sys, Shell* shell, std::int64_t pid) {
  for (const auto& [id, job] : shell->jobs) {
    if (job.processes.back().first != pid) continue;
    const int wanted = id;
    while (is_running(*shell, wanted) && !shell->interrupted) {
      auto waiting = wait_on(sys, shell, Block::OrSignal, 0);
      co_await waiting;
    }
    const int status = exit_status(shell->jobs[wanted].processes.back().second);
    auto ending = end_when_interrupted(sys, shell);
    co_await ending;
    co_return shell->exiting ? shell->status : status;
  }
  co_return 127;
}

Co<int> complain(Sys sys, const Shell* shell, std::string command, std::string text) {
  std::vector<std::string> pieces = {shell->arguments.at(0) + ": "};
  if (!command.empty()) {
    pieces.push_back(command + ": ");
    pieces.emplace_back("line 0: ");
  }
  pieces.emplace_back(text);
  pieces.emplace_back("\n");
  for (const std::string& piece : pieces) {
    auto writing = put(sys, 2, piece);
    co_await writing;
  }
  co_return 0;
}

namespace {

// hashvar of ash.c, with its 39 lists.
std::uint32_t list_of(std::string_view name) {
  constexpr std::uint32_t lists = 39;
  std::uint32_t sum = name.empty() ? 0 : static_cast<std::uint32_t>(name[0]) << 4U;
  for (const char c : name) sum += static_cast<unsigned char>(c);
  return sum % lists;
}

}  // namespace

std::vector<std::string> environment(const Shell& shell) {
  std::vector<std::string> names;
  for (const std::string& name : shell.exported) {
    if (shell.variables.find(name) != shell.variables.end()) names.push_back(name);
  }
  std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return list_of(a) < list_of(b);
  });
  std::vector<std::string> env;
  env.reserve(names.size());
  for (const std::string& name : names) env.push_back(name + "=" + shell.variables.at(name));
  return env;
}

}  // namespace cutaway::sim::sh
