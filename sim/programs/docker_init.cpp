// docker-init (tini): pid 1 that starts one program, passes signals on to it, and reaps whatever is
// handed down to it. The kernel spares pid 1 every signal that it has no handler for
// (pid_namespaces (7)); a child is not pid 1, so there SIGTERM works as usual.
#include "base/text.h"
#include "sim/core/sys.h"
#include "sim/programs/programs.h"

namespace cutaway::sim {

namespace {

// 10 and 12 are SIGUSR1 and SIGUSR2.
constexpr int kPassedOn[] = {abi::sig::kHup,  abi::sig::kInt,  abi::sig::kQuit, 10, 12,
                             abi::sig::kTerm, abi::sig::kCont, abi::sig::kWinch};

// execvp(3): the path as it stands, else along PATH.
std::vector<std::string> places_of(const State& state) {
  const std::string& program = state.argv.front();
  if (program.find('/') != std::string::npos) return {program};
  std::vector<std::string> places;
  for (const std::string& variable : state.env) {
    if (!starts_with(variable, "PATH=")) continue;
    for (const std::string& folder : split(variable.substr(5), ':'))
      places.push_back(folder + "/" + program);
  }
  return places;
}

// The child: a process group of its own, signals as they were, then the program.
Program init_child(Sys sys, State state) {
  const std::vector<Arg> group = {Arg::integer(0), Arg::integer(0)};
  co_await sys.call(abi::Sys::setpgid, group);
  const std::string by_default = "SIG_DFL";
  for (const int signal : kPassedOn) co_await sys.sigaction(signal, by_default);
  constexpr int kNotFound = 127, kNotExecutable = 126;
  std::int64_t last = -static_cast<std::int64_t>(abi::Errno::kENOENT);
  for (const std::string& place : places_of(state)) {
    const std::int64_t failed = co_await sys.execve(place, state.argv, state.env);
    if (failed != -static_cast<std::int64_t>(abi::Errno::kENOENT)) last = failed;
  }
  const auto err = static_cast<abi::Errno>(-last);
  const std::int64_t pid = co_await sys.getpid();
  const std::string text = "[FATAL tini (" + decimal(pid) + ")] exec " + state.argv.front() +
                           " failed: " + std::string(abi::errno_text(err)) + "\n";
  co_await sys.write(2, text);
  co_return err == abi::Errno::kENOENT ? kNotFound : kNotExecutable;
}

Co<int> pass_signals_on(Sys sys, std::int64_t child) {
  for (const int signal : sys.take_signals()) co_await sys.kill(child, signal);
  co_return 0;
}

}  // namespace

Program docker_init(Sys sys, State state) {
  const std::size_t first = state.argv.size() > 1 && state.argv[1] == "--" ? 2 : 1;
  if (state.argv.size() <= first) co_return 1;
  const std::string handler = "handler";
  for (const int signal : kPassedOn) co_await sys.sigaction(signal, handler);
  State child;
  child.argv.assign(state.argv.begin() + static_cast<std::ptrdiff_t>(first), state.argv.end());
  child.env = state.env;
  const std::int64_t pid = co_await sys.clone(abi::sig::kChld, init_child, child);
  if (pid < 0) co_return 1;
  while (true) {
    auto passing = pass_signals_on(sys, pid);
    co_await passing;
    const std::int64_t ended = co_await sys.wait4(-1, 0);
    if (ended == -static_cast<std::int64_t>(abi::Errno::kEINTR)) continue;
    if (ended < 0) co_return 1;
    if (ended != pid) continue;  // an orphan of the container
    const std::int64_t status = sys.reply().out.empty() ? 0 : sys.reply().out[0];
    const std::int64_t signal = status & 0x7f;
    co_return static_cast<int>(signal != 0 ? 128 + signal : status >> 8 & 0xff);
  }
}

}  // namespace cutaway::sim
