// Waiting for children (ash's dowait and its neighbours), and the signals that come meanwhile.
#include <algorithm>

#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr std::uint64_t kNohang = 1;

enum class Block { No, Yes, OrSignal };

Co<int> suspend(Sys sys, Shell* shell) {
  auto blocking = set_mask(sys, true, true);
  co_await blocking;
  while (!shell->got_child && !shell->interrupted && shell->trapped.empty()) {
    Arg none;
    none.tag = ArgTag::List;
    const std::vector<Arg> args = {none, Arg::integer(8)};
    co_await sys.call(abi::Sys::rt_sigsuspend, args);
    note_signals(sys, shell);
  }
  auto opening = set_mask(sys, false, false);
  co_return co_await opening;
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
    auto suspending = suspend(sys, shell);
    co_await suspending;
  } while (shell->got_child);
  co_return pid < 0 ? -1 : pid;
}

bool runs(const Shell& shell, int job_id) {
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
  if (job_id != 0 && !runs(*shell, job_id)) block = Block::No;
  if (block == Block::No && !shell->got_child) co_return 0;
  while (true) {
    std::int64_t status = 0;
    auto waiting = wait_once(sys, shell, block, &status);
    const std::int64_t pid = co_await waiting;
    if (pid < 0) co_return 0;
    if (pid > 0) {
      const int ended = note_end(*shell, pid, status);
      // Only the death of what the shell waits for is told, and not that of a Ctrl-C.
      const std::string_view text = signal_text(static_cast<int>(status & 0x7f));
      if (job_id != 0 && ended == job_id && !text.empty()) {
        auto telling = put(sys, 2, std::string(text) + "\n");
        co_await telling;
      }
    }
    if (pid == 0 || (job_id != 0 && !runs(*shell, job_id))) block = Block::No;
    if (block == Block::OrSignal && (shell->interrupted || !shell->trapped.empty())) co_return 0;
  }
}

bool signalled(const Shell& shell) { return shell.interrupted || !shell.trapped.empty(); }

/// `wait` ends when a signal with a trap comes: 128 + its number.
int status_of_signal(const Shell& shell) {
  return 128 + (shell.trapped.empty() ? abi::sig::kInt : shell.trapped.front());
}

}  // namespace

bool is_running(const Job& job) {
  return std::any_of(job.processes.begin(), job.processes.end(),
                     [](const auto& process) { return process.second < 0; });
}

int exit_status(std::int64_t status) {
  const auto signal = static_cast<int>(status & 0x7f);
  return signal != 0 ? 128 + signal : static_cast<int>(status >> 8 & 0xff);
}

void note_signals(Sys sys, Shell* shell) {
  for (const int signal : sys.take_signals()) {
    if (signal == abi::sig::kChld) shell->got_child = true;
    if (shell->traps.count(signal) != 0)
      shell->trapped.push_back(signal);
    else if (signal == abi::sig::kInt)
      shell->interrupted = true;
  }
}

Co<int> end_when_interrupted(Sys sys, Shell* shell) {
  note_signals(sys, shell);
  if (!shell->interrupted || shell->ending()) co_return 0;
  shell->interrupted = false;
  shell->status = 128 + abi::sig::kInt;
  auto opening = set_mask(sys, false, false);
  co_await opening;
  if (shell->interactive) {  // back to the prompt
    shell->leave = Leave::Error;
    co_return 0;
  }
  shell->leave = Leave::Exit;
  auto dropping = set_signal(sys, abi::sig::kInt, "SIG_DFL", true);
  co_await dropping;
  const std::int64_t self = co_await sys.getpid();
  co_await sys.kill(self, abi::sig::kInt);
  co_return 0;
}

Co<int> wait_for_job(Sys sys, Shell* shell, int job_id) {
  auto waiting = wait_on(sys, shell, job_id == 0 ? Block::No : Block::Yes, job_id);
  co_await waiting;
  int status = shell->status;
  const auto found = shell->jobs.find(job_id);
  if (found != shell->jobs.end()) {
    status = exit_status(found->second.processes.back().second);
    for (const auto& process : found->second.processes) {
      const bool pipefail = shell->option('p') && status == 0 && process.second != 0;
      if (pipefail) status = exit_status(process.second);
    }
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
  while (running() && !signalled(*shell)) {
    auto waiting = wait_on(sys, shell, Block::OrSignal, 0);
    co_await waiting;
  }
  if (signalled(*shell)) {
    const int status = status_of_signal(*shell);
    auto ending = end_when_interrupted(sys, shell);
    co_await ending;
    co_return status;
  }
  co_return 0;
}

Co<int> wait_for_pid(Sys sys, Shell* shell, std::int64_t pid) {
  for (const auto& [id, job] : shell->jobs) {
    if (job.processes.back().first != pid) continue;
    const int wanted = id;
    while (runs(*shell, wanted) && !signalled(*shell)) {
      auto waiting = wait_on(sys, shell, Block::OrSignal, wanted);
      co_await waiting;
    }
    const int status = runs(*shell, wanted)
                           ? status_of_signal(*shell)
                           : exit_status(shell->jobs[wanted].processes.back().second);
    auto ending = end_when_interrupted(sys, shell);
    co_await ending;
    co_return shell->leaving() ? shell->status : status;
  }
  co_return 127;
}

}  // namespace cutaway::sim::sh
