#include "sim/programs/sh/sh_signals.h"

#include <utility>

namespace cutaway::sim::sh {

namespace {

constexpr std::int64_t kRestorer = 0x4000000;  // SA_RESTORER: glibc always sets it
constexpr std::int64_t kRestart = 0x10000000;  // SA_RESTART: signal(3) sets it, sigaction does not
constexpr std::int64_t kSomewhere = 0x7ffd1f9e0000;

/// Those of job control: ignored at entry is not for ever (a shell started by another one).
bool by_terminal(int signal) {
  return signal == abi::sig::kTstp || signal == abi::sig::kTtin || signal == abi::sig::kTtou;
}

/// What the first shell does for itself; its children leave all signals alone.
SignalMode own_mode(const Shell& shell, int signal) {
  using namespace abi::sig;
  const bool stops = signal == kTstp || signal == kTtou;
  if (signal == kInt && (shell.option('i') || shell.option('c') || !shell.option('s')))
    return SignalMode::Caught;
  if (signal == kQuit || (signal == kTerm && shell.option('i')) || (stops && shell.option('m')))
    return SignalMode::Ignored;
  return SignalMode::Default;
}

SignalMode wanted_mode(const Shell& shell, int signal) {
  if (signal == abi::sig::kChld) return SignalMode::Caught;
  const auto trap = shell.traps.find(signal);
  if (trap != shell.traps.end())
    return trap->second.empty() ? SignalMode::Ignored : SignalMode::Caught;
  return shell.level == 0 ? own_mode(shell, signal) : SignalMode::Default;
}

/// What stands for a signal when the shell looks at it for the first time.
Co<SignalMode> mode_at_entry(Sys sys, const Shell* shell, int signal) {
  Request request;
  request.sys = abi::Sys::rt_sigaction;
  request.args = {Arg::integer(signal), Arg{}, Arg::integer(kSomewhere), Arg::integer(8)};
  request.wants_filled = true;
  co_await sys.make(std::move(request));
  const auto& filled = sys.reply().filled;
  const bool ignored = !filled.empty() && !filled[0].second.items.empty() &&
                       filled[0].second.items[0].text == "SIG_IGN";
  if (!ignored) co_return SignalMode::Default;
  co_return shell->option('m') && by_terminal(signal) ? SignalMode::Ignored
                                                      : SignalMode::HardIgnored;
}

std::vector<Arg> mask_args(std::int64_t how, bool all, bool old) {
  Arg set;
  set.tag = ArgTag::List;
  for (int signal = 1; all && signal <= 64; ++signal) {
    const bool own = signal == 32 || signal == 33;  // the C library's: sigfillset leaves them out
    if (!own) set.items.push_back(Arg::bytes(abi::signal_name(signal)));
  }
  return {Arg::integer(how), set, old ? Arg::integer(kSomewhere) : Arg{}, Arg::integer(8)};
}

}  // namespace

Co<int> set_signal(Sys sys, int signal, std::string handler, bool restarts) {
  Arg act;
  act.tag = ArgTag::Struct;
  act.keys = {"sa_handler", "sa_flags"};
  act.items = {Arg::bytes(handler), Arg::integer(restarts ? kRestorer | kRestart : kRestorer)};
  const std::vector<Arg> args = {Arg::integer(signal), act,
                                 restarts ? Arg::integer(kSomewhere) : Arg{}, Arg::integer(8)};
  co_await sys.call(abi::Sys::rt_sigaction, args);
  co_return 0;
}

Co<int> arrange_signal(Sys sys, Shell* shell, int signal) {
  if (signal == 0 || signal == abi::sig::kKill || signal == abi::sig::kStop) co_return 0;
  const SignalMode wanted = wanted_mode(*shell, signal);
  SignalMode now = shell->modes[signal];
  if (now == SignalMode::Unknown) {
    auto asking = mode_at_entry(sys, shell, signal);
    now = co_await asking;
  }
  const bool stays = now == SignalMode::HardIgnored || now == wanted;
  shell->modes[signal] = stays ? now : wanted;
  if (stays) co_return 0;
  std::string handler = "SIG_DFL";
  if (wanted == SignalMode::Caught) handler = "handler";
  if (wanted == SignalMode::Ignored) handler = "SIG_IGN";
  auto setting = set_signal(sys, signal, handler, false);
  co_return co_await setting;
}

Co<int> ignore_signal(Sys sys, Shell* shell, int signal) {
  const SignalMode now = std::exchange(shell->modes[signal], SignalMode::HardIgnored);
  if (now == SignalMode::Ignored || now == SignalMode::HardIgnored) co_return 0;
  auto setting = set_signal(sys, signal, "SIG_IGN", true);
  co_return co_await setting;
}

Co<int> set_mask(Sys sys, bool all, bool old) {
  constexpr std::int64_t set_mask = 2;
  const std::vector<Arg> args = mask_args(set_mask, all, old);
  co_await sys.call(abi::Sys::rt_sigprocmask, args);
  co_return 0;
}

Co<int> unblock_all(Sys sys) {
  constexpr std::int64_t unblock = 1;
  const std::vector<Arg> args = mask_args(unblock, true, false);
  co_await sys.call(abi::Sys::rt_sigprocmask, args);
  co_return 0;
}

Co<int> raise_signal(Sys sys, int signal, bool leaves) {
  if (leaves) sys.handlers_end(std::uint64_t{1} << static_cast<unsigned>(signal - 1));
  const std::vector<Arg> none;
  const std::int64_t thread = co_await sys.call(abi::Sys::gettid, none);
  const std::int64_t process = co_await sys.getpid();
  const std::vector<Arg> args = {Arg::integer(process), Arg::integer(thread), Arg::integer(signal)};
  co_await sys.call(abi::Sys::tgkill, args);
  sys.handlers_end(0);
  co_return 0;
}

}  // namespace cutaway::sim::sh
