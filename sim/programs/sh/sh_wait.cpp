// Waiting for children (ash's dowait and its neighbours), and the signals that come meanwhile.
#include <optional>

#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

constexpr std::uint64_t kNohang = 1, kUntraced = 2;

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

/// ash's waitproc. Pid of a child that ended (or, under job control, stopped), 0, or −1; `status`
/// as wait4 gives it.
Co<std::int64_t> wait_once(Sys sys, Shell* shell, Block block, std::int64_t* status) {
  const std::uint64_t options =
      (block == Block::Yes ? 0 : kNohang) | (shell->controls ? kUntraced : 0);
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
  return found != shell.jobs.end() && found->second.state == Job::State::Running;
}

/// Only the death of what the shell waits for is told, and not that of a Ctrl-C or a broken pipe.
std::string told_of(std::int64_t status) {
  const auto signal = static_cast<int>(status & 0x7f);
  const bool stopped = (status & 0xff) == 0x7f;
  if (stopped || signal == abi::sig::kInt || signal == abi::sig::kPipe) return {};
  return std::string(signal_text(signal));
}

Co<int> tell_end(Sys sys, std::int64_t status) {
  const std::string text = told_of(status);
  if (text.empty()) co_return 0;
  auto telling = put(sys, 2, text + "\n");
  co_return co_await telling;
}

/// `wait` without words looks at its jobs again after each that has ended; after one that has done
/// well it first takes what else has changed. Nothing: it is over.
std::optional<Block> after_any(const Shell& shell, int changed) {
  if (changed == 0) return std::nullopt;
  const Job& job = shell.jobs.at(changed);
  if (job.state != Job::State::Done) return std::nullopt;
  return job.processes.back().status == 0 ? Block::No : Block::OrSignal;
}

bool signalled(const Shell& shell) { return shell.interrupted || !shell.trapped.empty(); }

/// ash's dowait: until the job runs no more, and then whatever else has changed.
Co<int> wait_on(Sys sys, Shell* shell, Block block, int job_id) {
  note_signals(sys, shell);
  if (job_id != 0 && !runs(*shell, job_id)) block = Block::No;
  if (block == Block::No && !shell->got_child) co_return 0;
  while (true) {
    std::int64_t status = 0;
    auto waiting = wait_once(sys, shell, block, &status);
    const std::int64_t pid = co_await waiting;
    if (pid < 0) co_return 0;
    const int changed = pid > 0 ? note_change(*shell, pid, status) : 0;
    if (job_id != 0 && changed == job_id) {
      auto telling = tell_end(sys, status);
      co_await telling;
    }
    if (job_id == 0 && block == Block::OrSignal) {
      const std::optional<Block> next = after_any(*shell, changed);
      if (!next) co_return 0;
      block = *next;
    }
    if (pid == 0 || (job_id != 0 && !runs(*shell, job_id))) block = Block::No;
    if (block == Block::OrSignal && signalled(*shell)) co_return 0;
  }
}

/// Those that do not are marked as waited for, up to the first that does (ash's waitcmd).
bool any_runs(Shell* shell) {
  for (const int id : shell->job_order) {
    if (runs(*shell, id)) return true;
    shell->jobs[id].waited = true;
  }
  return false;
}

/// `wait` ends when a signal with a trap comes: 128 + its number.
int status_of_signal(const Shell& shell) {
  return 128 + (shell.trapped.empty() ? abi::sig::kInt : shell.trapped.front());
}

}  // namespace

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
  auto opening = unblock_all(sys);
  co_await opening;
  if (shell->interactive && shell->level == 0) {  // back to the prompt
    shell->leave = Leave::Interrupt;
    co_return 0;
  }
  shell->leave = Leave::Exit;
  auto dropping = set_signal(sys, abi::sig::kInt, "SIG_DFL", true);
  co_await dropping;
  auto raising = raise_signal(sys, abi::sig::kInt, false);
  co_return co_await raising;
}

Co<int> wait_for_job(Sys sys, Shell* shell, int job_id) {
  auto waiting = wait_on(sys, shell, job_id == 0 ? Block::No : Block::Yes, job_id);
  co_await waiting;
  int status = shell->status;
  const auto found = shell->jobs.find(job_id);
  if (found != shell->jobs.end()) {
    const Job job = found->second;
    status = job_status(*shell, job);
    if (job.controlled && shell->controls) {
      auto taking = give_terminal(sys, shell, shell->pid);
      co_await taking;
      // The key was for the group in front; the shell makes good what it has missed.
      if (status == 128 + abi::sig::kInt && job.processes.back().status == abi::sig::kInt) {
        auto raising = raise_signal(sys, abi::sig::kInt, false);
        co_await raising;
      }
    }
    if (job.state == Job::State::Done) free_job(*shell, job_id);
  }
  auto ending = end_when_interrupted(sys, shell);
  co_await ending;
  co_return status;
}

Co<int> wait_for_all(Sys sys, Shell* shell) {
  while (any_runs(shell) && !signalled(*shell)) {
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

// Until it has ended, or stopped.
Co<int> wait_for_one(Sys sys, Shell* shell, int job_id) {
  while (runs(*shell, job_id) && !signalled(*shell)) {
    auto waiting = wait_on(sys, shell, Block::OrSignal, job_id);
    co_await waiting;
  }
  int status = status_of_signal(*shell);
  if (!runs(*shell, job_id)) {
    shell->jobs[job_id].waited = true;
    status = job_status(*shell, shell->jobs[job_id]);
  }
  auto ending = end_when_interrupted(sys, shell);
  co_await ending;
  co_return shell->leaving() ? shell->status : status;
}

}  // namespace cutaway::sim::sh
