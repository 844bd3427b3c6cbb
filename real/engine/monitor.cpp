#include "real/engine/monitor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "real/engine/cgroups.h"
#include "real/engine/json_log.h"
#include "real/engine/process.h"
#include "real/engine/raw_terminal.h"
#include "real/engine/usage_teller.h"
#include "real/sys/files.h"
#include "real/sys/signal_pipe.h"
#include "spec/detach_keys.h"

namespace cutaway::real {

namespace {

constexpr std::array<int, 7> kForwarded = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT,
                                           SIGUSR1, SIGUSR2, SIGWINCH};

// While it lives, the signals that docker's client passes on come to a descriptor.
class ForwardedSignals {
 public:
  explicit ForwardedSignals(bool on) {
    if (!on) return;
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : kForwarded) sigaddset(&set, signal);
    ::pthread_sigmask(SIG_BLOCK, &set, &before_);
    fd_ = Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~ForwardedSignals() {
    if (fd_) ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  ForwardedSignals(const ForwardedSignals&) = delete;
  ForwardedSignals& operator=(const ForwardedSignals&) = delete;
  int fd() const { return fd_.get(); }
  int take() {
    signalfd_siginfo info{};
    return ::read(fd_.get(), &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo)
                                                                : 0;
  }

 private:
  Fd fd_;
  sigset_t before_{};
};

class Monitor {
 public:
  Monitor(Machine& machine, ShimProcess& process, const MonitorOptions& options,
          std::optional<JsonLog> log)
      : machine_(machine),
        process_(process),
        options_(options),
        log_(std::move(log)),
        signals_(options.forward_signals),
        terminal_(has_terminal(process, options) ? options.attached->in : -1) {
    if (!process.err) terminal_.copy_size(process.out.get());
    const bool fed = options.attached != nullptr && options.attached->in >= 0;
    if (process_.in && !fed) process_.in.reset();
    in_open_ = fed && process_.in;
    if (options.record == nullptr) return;
    if (has_terminal(process, options)) keys_.emplace(options.detach_keys);
    if (machine.story != nullptr) usage_.emplace(machine, options.record->id);
    const auto driver = cgroup_driver();
    auto watch = driver ? driver->watch_oom(options.record->id) : fail(driver.error());
    if (watch) oom_ = std::move(*watch);  // it may have ended by now
  }

  Result<MonitorEnd> run() {
    while (process_.out || process_.err || process_.control) {
      if (usage_) usage_->look();
      const std::array<Source, 8> sources = this->sources();
      std::array<pollfd, sources.size()> fds{};
      for (std::size_t i = 0; i < fds.size(); ++i) fds[i] = {sources[i].fd, POLLIN, 0};
      const int ready = ::poll(fds.data(), fds.size(), usage_ ? UsageTeller::kPeriodMs : -1);
      if (ready < 0 && errno != EINTR) return os_fail("poll", "", errno);
      for (std::size_t i = 0; ready > 0 && i < fds.size(); ++i) {
        if (fds[i].revents != 0) (this->*sources[i].act)();
      }
      if (stopped_) return MonitorEnd{false, ended_by_, keys_ && keys_->left(), {}, false};
    }
    look_at_oom();
    return MonitorEnd{true, 0, false, parse_end(last_word_), oom_killed_};
  }

 private:
  /// What may have something for us (−1: not now), and what is done then; in this order.
  struct Source {
    int fd;
    void (Monitor::*act)();
  };
  std::array<Source, 8> sources() const {
    return {
        Source{oom_ ? oom_->fd() : -1, &Monitor::look_at_oom},
        Source{process_.out.get(), &Monitor::copy_stdout},
        Source{process_.err.get(), &Monitor::copy_stderr},
        Source{process_.control.get(), &Monitor::read_control},
        Source{in_open_ ? options_.attached->in : -1, &Monitor::copy_input},
        Source{signals_.fd(), &Monitor::forward},
        Source{options_.attached == nullptr ? -1 : options_.attached->signals, &Monitor::take_sent},
        Source{options_.stop, &Monitor::stop}};
  }
  void stop() { stopped_ = true; }
  void copy_stdout() { copy_output(process_.out, 1); }
  void copy_stderr() { copy_output(process_.err, 2); }
  void copy_output(Fd& from, int channel) {
    std::array<char, 32768> buffer{};
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (got <= 0) {  // the last writer has gone (EIO: of a terminal)
      from.reset();
      return;
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
    if (log_) keep(channel, bytes);
    if (options_.attached != nullptr) options_.attached->write(channel, bytes);
  }
  void keep(int channel, std::string_view bytes) {
    log_->write(channel, bytes);
    if (machine_.story == nullptr) return;
    ContainerLogged logged;
    logged.channel = channel == 1 ? "stdout" : "stderr";
    logged.data = machine_.story->keep(bytes);
    logged.bytes = static_cast<std::int64_t>(bytes.size());
    machine_.story->tell("log.copy", machine_.story->number_of(options_.record->id), logged);
  }
  // The count follows the kill by a moment; the cgroup may be gone by the time we look.
  void look_at_oom() {
    if (!oom_ || oom_->drain() == 0) return;
    if (!oom_killed_ && machine_.story != nullptr)
      machine_.story->tell("work", machine_.story->number_of(options_.record->id), ContainerOom{});
    oom_killed_ = true;
  }
  void read_control() {
    std::array<char, 512> buffer{};
    const ssize_t got = ::read(process_.control.get(), buffer.data(), buffer.size());
    if (got > 0) last_word_.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) shim_is_gone();
  }
  // One that was killed has said nothing, and what it watched over goes with it: nobody else would
  // end it, and our ends of its pipes stay open as long as it runs.
  void shim_is_gone() {
    process_.control.reset();
    if (last_word_.empty() && options_.record != nullptr)
      static_cast<void>(clear_cgroups(options_.record->id));
  }
  void copy_input() {
    std::array<char, 32768> buffer{};
    const ssize_t got = ::read(options_.attached->in, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
    const std::string_view typed(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    const std::string bytes = keys_ ? keys_->pass(typed) : std::string(typed);
    const bool taken = got > 0 && write_all(process_.in.get(), bytes, "stdin");
    stopped_ = stopped_ || (keys_ && keys_->left());
    if (taken) return;
    in_open_ = false;
    process_.in.reset();
  }
  // With a terminal there is no stderr apart (and `in` is its master once more).
  static bool has_terminal(const ShimProcess& process, const MonitorOptions& options) {
    return !process.err && process.in && options.attached != nullptr &&
           options.attached->in_is_terminal;
  }
  void forward() { act_on(signals_.take()); }
  void take_sent() { act_on(take_signal(options_.attached->signals)); }
  // docker run and start pass on what they can catch (--sig-proxy); an exec's client just ends.
  void act_on(int signal) {
    if (signal == SIGWINCH) {
      if (process_.out) terminal_.copy_size(process_.out.get());
      return;
    }
    if (signal == 0) return;
    if (options_.record != nullptr && signal != SIGKILL) {
      static_cast<void>(send_signal(machine_, *options_.record, signal));
      return;
    }
    ended_by_ = signal;
    stopped_ = true;
  }

  Machine& machine_;
  ShimProcess& process_;
  const MonitorOptions& options_;
  std::optional<JsonLog> log_;
  ForwardedSignals signals_;
  RawTerminal terminal_;
  bool in_open_ = false;
  bool stopped_ = false;
  std::optional<spec::DetachKeys> keys_;  ///< with a terminal
  int ended_by_ = 0;
  std::optional<OomWatch> oom_;
  bool oom_killed_ = false;
  std::optional<UsageTeller> usage_;  ///< when there is a story
  std::string last_word_;
};

}  // namespace

Result<MonitorEnd> watch_process(Machine& machine, ShimProcess& process,
                                 const MonitorOptions& options) {
  std::optional<JsonLog> log;
  if (options.record != nullptr) {
    TRY_ASSIGN(log, JsonLog::open(machine.state.log(options.record->id)));
  }
  return Monitor(machine, process, options, std::move(log)).run();
}

Result<MonitorEnd> monitor(Machine& machine, Running& running, MonitorOptions options) {
  options.record = &running.record;
  auto end = watch_process(machine, running.shim, options);
  if (end && end->oom_killed) running.record.oom_killed = true;
  if (end && end->ended) reap(machine, running.shim);
  return end;
}

}  // namespace cutaway::real
