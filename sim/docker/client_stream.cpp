// A connection that has become a stream: the container's output to our stdout and stderr, and what
// is typed (or fed) to us the other way.
#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/docker/client.h"
#include "spec/detach_keys.h"

namespace cutaway::sim {

namespace {

// Takes whole frames off `pending`: {channel, 0, 0, 0, length, bytes}.
bool next_frame(std::string& pending, int& channel, std::string& bytes) {
  if (pending.size() < 8) return false;
  std::size_t length = 0;
  for (std::size_t i = 4; i < 8; ++i) length = length << 8 | static_cast<unsigned char>(pending[i]);
  if (pending.size() < 8 + length) return false;
  channel = static_cast<unsigned char>(pending[0]);
  bytes = pending.substr(8, length);
  pending.erase(0, 8 + length);
  return true;
}

// A terminal's bytes are bare: there is one channel only.
bool next_bytes(std::string& pending, bool tty, int& channel, std::string& bytes) {
  if (!tty) return next_frame(pending, channel, bytes);
  if (pending.empty()) return false;
  channel = 1;
  bytes.swap(pending);
  pending.clear();
  return true;
}

// As docker's client names them: without SIG.
Co<int> pass_signals_on(Sys sys, std::string place) {
  const std::vector<int> came = sys.take_signals();
  for (const int signal : came) {
    const std::string name = abi::signal_name(signal).substr(3);
    auto asking = ask(sys, "api.kill", "POST", place + "/kill?signal=" + name, "");
    co_await asking;
  }
  sys.step("cli.print");
  co_return 0;
}

constexpr std::int64_t kInterrupted = -static_cast<std::int64_t>(abi::Errno::kEINTR);

Co<int> print_stream(Sys sys, Stream stream) {
  sys.step("cli.print");
  while (true) {
    int channel = 1;
    std::string bytes;
    while (next_bytes(stream.pending, stream.tty, channel, bytes)) {
      auto printing = print(sys, channel, bytes);
      co_await printing;
    }
    const std::int64_t n = co_await sys.read(stream.fd, 65536);
    if (n == kInterrupted && !stream.signals_to.empty()) {
      auto passing = pass_signals_on(sys, stream.signals_to);
      co_await passing;
      continue;
    }
    if (n <= 0) co_return 0;
    stream.pending += sys.reply().data;
  }
}

struct Attributes {
  bool known = false;
  std::int64_t input = 0, output = 0, local = 0;
};

Co<std::int64_t> set_attributes(Sys sys, Attributes wanted) {
  Arg set;
  set.tag = ArgTag::Struct;
  set.keys = {"c_iflag", "c_oflag", "c_lflag"};
  set.items = {Arg::integer(wanted.input), Arg::integer(wanted.output), Arg::integer(wanted.local)};
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(std::int64_t{tty::kTcsets}), set};
  co_return co_await sys.call(abi::Sys::ioctl, args);
}

// Thread: what is typed (or fed) to us goes to the container.
struct StdinJob {
  std::int64_t to = -1;
  Attributes before;  ///< of our window, when it is raw: then there are keys to leave
  spec::DetachKeys keys;
  bool leaving_fails = false;
};

/// The client alone ends: window as it was, and the container goes on (term.EscapeError).
Co<int> leave(Sys sys, StdinJob job) {
  sys.step("tty.raw");
  auto restoring = set_attributes(sys, job.before);
  co_await restoring;
  if (job.leaving_fails) {
    auto telling = print(sys, 2, "read escape sequence\n");
    co_await telling;
  }
  co_return static_cast<int>(co_await sys.exit_group(job.leaving_fails ? 1 : 0));
}

Co<int> send_stdin(Sys sys, StdinJob job) {
  // The container may end first: then what is typed goes nowhere, and nobody is killed for it (the
  // runtime of Go makes an error of SIGPIPE).
  co_await sys.sigaction(abi::sig::kPipe, "SIG_IGN");
  while (true) {
    const std::int64_t n = co_await sys.read(0, 32768);
    if (n <= 0) break;
    std::string bytes = sys.reply().data;
    if (job.before.known) bytes = job.keys.pass(bytes);
    const std::int64_t sent = bytes.empty() ? 0 : co_await sys.write(job.to, bytes);
    if (sent < 0) break;
    if (job.keys.left()) {
      auto leaving = leave(sys, job);
      co_return co_await leaving;
    }
  }
  // SHUT_WR: no more will come
  const std::vector<Arg> args = {Arg::integer(job.to), Arg::integer(1)};
  co_await sys.call(abi::Sys::shutdown, args);
  co_return 0;
}
Program copy_stdin(Sys sys, State state) {
  auto sending = send_stdin(sys, std::any_cast<StdinJob>(state.more));
  co_return co_await sending;
}

// Every key goes on as it is typed; echo, lines and Ctrl-C are the container's terminal's business
// (moby/term, MakeRaw). What was set before comes back.
Co<Attributes> make_raw(Sys sys) {
  sys.step("tty.raw");
  Attributes before;
  auto asking = is_terminal(sys, 0);
  before.known = co_await asking;
  if (!before.known || sys.reply().out.size() < 3) co_return before;
  before.input = sys.reply().out[0];
  before.output = sys.reply().out[1];
  before.local = sys.reply().out[2];
  constexpr std::int64_t kInput = tty::kIgnbrk | tty::kBrkint | tty::kParmrk | tty::kIstrip |
                                  tty::kInlcr | tty::kIgncr | tty::kIcrnl | tty::kIxon;
  constexpr std::int64_t kLocal =
      tty::kEcho | tty::kEchonl | tty::kIcanon | tty::kIsig | tty::kIexten;
  const Attributes raw{true, before.input & ~kInput, before.output & ~std::int64_t{tty::kOpost},
                       before.local & ~kLocal};
  auto setting = set_attributes(sys, raw);
  co_await setting;
  co_return before;
}

}  // namespace

Co<bool> is_terminal(Sys sys, int fd) {
  const std::vector<Arg> args = {Arg::integer(fd), Arg::integer(std::int64_t{tty::kTcgets}), Arg{}};
  const std::int64_t asked = co_await sys.call(abi::Sys::ioctl, args);
  co_return asked >= 0;
}

// Go's runtime has handlers for all of them; those that people send are asked for here (docker's
// cli/command/container/signals.go forwards all but SIGCHLD, SIGPIPE and SIGURG).
Co<int> catch_signals(Sys sys) {
  static constexpr int kPassedOn[] = {abi::sig::kHup, abi::sig::kInt, abi::sig::kQuit,
                                      abi::sig::kTerm};
  const std::string handler = "handler";
  for (const int signal : kPassedOn) co_await sys.sigaction(signal, handler);
  co_return 0;
}

namespace {

Co<int> carry_both_ways(Sys sys, Stream stream, StdinJob job) {
  if (stream.input) {
    State state;
    state.more = job;
    co_await sys.clone(kThreadFlags, copy_stdin, state);
  }
  auto copying = print_stream(sys, stream);
  co_return co_await copying;
}

}  // namespace

Co<int> carry(Sys sys, Stream stream) {
  Attributes before;
  if (stream.tty && stream.input) {
    auto making = make_raw(sys);
    before = co_await making;
  }
  StdinJob job;
  job.to = stream.fd;
  job.before = before;
  job.keys = spec::DetachKeys(stream.detach_keys);
  job.leaving_fails = stream.leaving_fails;
  if (stream.output) {
    auto carrying = carry_both_ways(sys, stream, job);
    co_await carrying;
  } else if (stream.input) {
    auto sending = send_stdin(sys, job);
    co_await sending;
  }
  if (before.known) {
    sys.step("tty.raw");
    auto restoring = set_attributes(sys, before);
    co_await restoring;
  }
  co_return 0;
}

Co<int> tell_size(Sys sys, std::string place) {
  const std::vector<Arg> args = {Arg::integer(1), Arg::integer(std::int64_t{tty::kTiocgwinsz}),
                                 Arg{}};
  const std::int64_t asked = co_await sys.call(abi::Sys::ioctl, args);
  if (asked < 0 || sys.reply().out.size() < 2) co_return 0;
  const std::string query =
      "/resize?h=" + decimal(sys.reply().out[0]) + "&w=" + decimal(sys.reply().out[1]);
  auto telling = ask(sys, "api.resize", "POST", place + query, "");
  co_await telling;
  co_return 0;
}

}  // namespace cutaway::sim
