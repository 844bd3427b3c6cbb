#include "sim/docker/start_process.h"

#include <algorithm>

#include "base/text.h"
#include "sim/docker/network.h"

namespace cutaway::sim {

namespace {

// What the child does between clone and execve: its descriptors.
struct ChildFds {
  std::int64_t in = -1, out = -1, err = -1, events = -1, console = -1;
  ProcessRequest request;
};

Program become_process(Sys sys, State state) {
  const ChildFds fds = std::any_cast<ChildFds>(state.more);
  const std::int64_t from[] = {fds.in, fds.out, fds.err, fds.events};
  for (std::int64_t to = 0; to < 4; ++to) co_await sys.dup2(from[to], to);
  if (fds.console >= 0) co_await sys.dup2(fds.console, kConsoleFd);
  const std::vector<std::string> env;
  co_await sys.execve(fds.request.program, fds.request.argv, env);
  co_return 127;
}

struct Channels {
  ChildFds theirs;
  std::int64_t in = -1, out = -1, err = -1, events = -1, console = -1;
};

Co<std::int64_t> open_null(Sys sys) {
  const std::string null_path = "/dev/null";
  co_return co_await sys.open(null_path, abi::o::kRdwr | abi::o::kCloexec);
}

// One descriptor of /dev/null stands for all three; the terminal comes later, over the socket.
Co<std::int64_t> open_terminal_channels(Sys sys, Channels* made) {
  auto opening = open_null(sys);
  const std::int64_t null = co_await opening;
  if (null < 0) co_return null;
  made->theirs.in = made->theirs.out = made->theirs.err = null;
  const std::int64_t piped = co_await sys.pipe2(abi::o::kCloexec);
  if (piped < 0) co_return piped;
  made->events = sys.reply().out.at(0);
  made->theirs.events = sys.reply().out.at(1);
  constexpr std::int64_t kUnixFamily = 1, kStreamCloexec = 1 | 02000000;
  const std::vector<Arg> args = {Arg::integer(kUnixFamily), Arg::integer(kStreamCloexec),
                                 Arg::integer(0), Arg{}};
  const std::int64_t paired = co_await sys.call(abi::Sys::socketpair, args);
  if (paired < 0) co_return paired;
  made->console = sys.reply().out.at(0);
  made->theirs.console = sys.reply().out.at(1);
  co_return 0;
}

// The ends of all channels: 0, or −errno (too many descriptors).
Co<std::int64_t> open_channels(Sys sys, Channels* made, bool open_stdin) {
  std::int64_t* const ours[] = {&made->out, &made->err, &made->events};
  std::int64_t* const theirs[] = {&made->theirs.out, &made->theirs.err, &made->theirs.events};
  if (open_stdin) {
    const std::int64_t piped = co_await sys.pipe2(abi::o::kCloexec);
    if (piped < 0) co_return piped;
    made->theirs.in = sys.reply().out.at(0);
    made->in = sys.reply().out.at(1);
  } else {
    const std::string null_path = "/dev/null";
    made->theirs.in = co_await sys.open(null_path, abi::o::kCloexec);
    if (made->theirs.in < 0) co_return made->theirs.in;
  }
  for (int i = 0; i < 3; ++i) {
    const std::int64_t piped = co_await sys.pipe2(abi::o::kCloexec);
    if (piped < 0) co_return piped;
    *ours[i] = sys.reply().out.at(0);
    *theirs[i] = sys.reply().out.at(1);
  }
  co_return 0;
}

std::vector<std::int64_t> their_ends(const ChildFds& fds, bool tty) {
  if (tty) return {fds.in, fds.events, fds.console};
  return {fds.in, fds.out, fds.err, fds.events};
}

/// What the runtime has to close when it has started the process, or could not.
std::vector<std::int64_t> ends_to_close(const Channels& made, bool tty, bool failed) {
  std::vector<std::int64_t> ends = their_ends(made.theirs, tty);
  if (!failed) return ends;
  for (const std::int64_t ours : {made.in, made.out, made.err, made.events, made.console})
    ends.push_back(ours);
  return ends;
}

// The master of the process's terminal, as it came over the socket (unix(7), SCM_RIGHTS).
Co<std::int64_t> take_terminal(Sys sys, std::int64_t socket) {
  constexpr std::int64_t kCloexec = 0x40000000;  // MSG_CMSG_CLOEXEC
  const std::vector<Arg> args = {Arg::integer(socket), Arg{}, Arg::integer(kCloexec)};
  const std::int64_t got = co_await sys.call(abi::Sys::recvmsg, args);
  co_return got <= 0 || sys.reply().out.empty() ? -1 : sys.reply().out.at(0);
}

}  // namespace

std::int64_t StartedProcess::first_pid() const {
  std::int64_t number = 0;
  return starts_with(word, "started ") && parse_decimal(word.substr(8), number) ? number : 0;
}

std::string StartedProcess::failure() const {
  if (pid < 0) return "shim.start " + std::string(abi::errno_name(static_cast<abi::Errno>(-pid)));
  return starts_with(word, "failed ") ? word.substr(7) : word;
}

Co<int> close_all(Sys sys, std::vector<std::int64_t> fds) {
  for (const std::int64_t fd : fds) {
    if (fd >= 0) co_await sys.close(fd);
  }
  co_return 0;
}

namespace {

Co<StartedProcess> launch(Sys sys, ProcessRequest request, Channels* made) {
  StartedProcess process;
  auto opening = request.tty ? open_terminal_channels(sys, made)
                             : open_channels(sys, made, request.open_stdin);
  process.pid = co_await opening;
  if (process.pid == 0) {
    State state;
    made->theirs.request = request;
    state.more = made->theirs;
    process.pid = co_await sys.clone(abi::sig::kChld, become_process, state);
  }
  const std::vector<std::int64_t> done = ends_to_close(*made, request.tty, process.pid < 0);
  auto closing = close_all(sys, done);
  co_await closing;
  co_return process;
}

}  // namespace

Co<std::string> end_of_process(Sys sys, std::int64_t events, std::string ended) {
  if (!ended.empty()) co_return ended;
  co_await sys.read(events, 4096);
  co_return sys.reply().data;
}

Co<StartedProcess> start_process(Sys sys, ProcessRequest request) {
  Channels made;
  auto launching = launch(sys, request, &made);
  StartedProcess process = co_await launching;
  if (process.pid < 0) co_return process;
  process.in = made.in;
  process.out = made.out;
  process.err = made.err;
  process.events = made.events;
  if (request.namespaces >= 0) {
    auto awaiting = await_namespaces(sys, request.container, request.namespaces, process.events);
    co_await awaiting;
  }
  sys.step(request.argv.at(0) == "cutaway-runtime" ? "exec.start" : "api.start");
  co_await sys.read(process.events, 4096);
  const std::string said = sys.reply().data;
  const std::size_t line = std::min(said.find('\n'), said.size());
  process.word = std::string(trim(said.substr(0, line)));
  process.ended = line < said.size() ? said.substr(line + 1) : std::string();
  if (!request.tty) co_return process;
  if (process.first_pid() > 0) {
    auto taking = take_terminal(sys, made.console);
    process.out = co_await taking;
    if (request.open_stdin) {
      constexpr int kDupFdCloexec = 1030;
      process.in = co_await sys.fcntl(process.out, kDupFdCloexec, 3);
    }
  }
  co_await sys.close(made.console);
  co_return process;
}

}  // namespace cutaway::sim
