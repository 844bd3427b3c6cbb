#include "sim/docker/exec_copy.h"

#include "sim/docker/live.h"

namespace cutaway::sim {

std::string exec_word(const std::string& id) { return "exec:" + id; }

ExecRecord& record_of(Sys sys, const std::string& id) {
  return sys.shared<DaemonState>().execs[id];
}

namespace {

// Where the client's connection, and a copier's piece of it, stand.
struct ExecCopy {
  std::string id;
  std::int64_t from = -1, to = -1;
  int channel = 1;
  bool tty = false;
};

// Thread: one output channel of the process, to the client (if one is there).
Program copy_exec_output(Sys sys, State state) {
  const ExecCopy job = std::any_cast<ExecCopy>(state.more);
  sys.step("exec.start");
  while (true) {
    const std::int64_t n = co_await sys.read(job.from, 32768);
    if (n <= 0) break;
    const std::string bytes = sys.reply().data;
    const std::string framed = job.tty ? bytes : frame(job.channel, bytes);
    if (job.to >= 0) co_await sys.write(job.to, framed);
  }
  co_await sys.close(job.from);
  --record_of(sys, job.id).copiers;
  const std::string word = exec_word(job.id);
  co_await sys.futex_wake(word);
  co_return 0;
}

// Thread: what the client types goes to the process; at the client's end its stdin is closed. A
// terminal stays open: it has no end but Ctrl-D.
Program copy_exec_input(Sys sys, State state) {
  const ExecCopy job = std::any_cast<ExecCopy>(state.more);
  while (true) {
    const std::int64_t n = co_await sys.read(job.from, 32768);
    if (n <= 0) break;
    const std::string bytes = sys.reply().data;
    const std::int64_t put = co_await sys.write(job.to, bytes);
    if (put <= 0) break;
  }
  co_await sys.close(job.to);
  record_of(sys, job.id).reads_client = false;
  const std::string word = exec_word(job.id);
  co_await sys.futex_wake(word);
  co_return 0;
}

}  // namespace

Co<int> stop_reading(Sys sys, std::string id, std::int64_t client) {
  if (!record_of(sys, id).reads_client) co_return 0;
  constexpr std::int64_t kRead = 0;  // SHUT_RD
  const std::vector<Arg> args = {Arg::integer(client), Arg::integer(kRead)};
  co_await sys.call(abi::Sys::shutdown, args);
  const std::string word = exec_word(id);
  while (record_of(sys, id).reads_client) co_await sys.futex_wait(word);
  co_return 0;
}

Co<int> start_copiers(Sys sys, std::string id, StartedProcess process, std::int64_t client,
                      bool tty) {
  const std::int64_t from[] = {process.out, process.err};
  for (int i = 0; i < 2; ++i) {
    if (from[i] < 0) continue;
    ++record_of(sys, id).copiers;
    State state;
    state.more = ExecCopy{id, from[i], client, i + 1, tty};
    co_await sys.clone(kThreadFlags, copy_exec_output, state);
  }
  if (process.in < 0 || client < 0) co_return 0;
  record_of(sys, id).reads_client = true;
  State state;
  state.more = ExecCopy{id, client, process.in, 0, tty};
  co_await sys.clone(kThreadFlags, copy_exec_input, state);
  co_return 0;
}

}  // namespace cutaway::sim
