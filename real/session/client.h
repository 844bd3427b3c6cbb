// One command of a run: docker's client with the daemon's part in it, or a host's command line. It
// runs on some thread; whoever asked for it looks at it from another, and sends it signals.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "real/sys/signal_pipe.h"
#include "trace/side.h"

namespace cutaway::real {

class Client {
 public:
  explicit Client(SideCommand command);

  // ---- by whoever asked for it

  const SideCommand& command() const { return command_; }
  const std::string& line() const { return state_.line; }
  /// As it stood at the last collect().
  const CommandState& state() const { return state_; }
  /// What it has said meanwhile, and whether it is done.
  void collect();
  /// Nobody runs it yet.
  bool waits() const { return !when_over_.valid(); }
  /// It is run by a thread of its own, which is over when this is.
  void is_run_by(std::future<void> thread) { when_over_ = std::move(thread); }
  /// Until that thread is over.
  void await();
  /// False: it does not hear any (yet).
  bool signal(int signal) const;

  // ---- by whoever runs it

  /// Signals come there from here on.
  void hears(std::shared_ptr<const SignalPipe> signals);
  /// Streams::signals; −1: nobody can send it one.
  int signals() const;
  void begins(std::int64_t now);
  void prints(int channel, std::string_view bytes);
  void ends(int exit, std::int64_t now);

 private:
  SideCommand command_;
  CommandState state_;
  std::future<void> when_over_;
  mutable std::mutex mutex_;  ///< of what follows
  std::shared_ptr<const SignalPipe> signals_;
  CommandState latest_;  ///< its texts: since the last collect()
};

}  // namespace cutaway::real
