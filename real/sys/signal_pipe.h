// Signals to something of ours that is no process: numbers through a pipe. A thread has no signals
// of its own that a kill(2) could be sent to.
#pragma once

#include <csignal>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

struct SignalPipe {
  Fd read, write;

  static Result<SignalPipe> make();
  void send(int signal) const;
};

/// The next number; 0: none waits, or `fd` is −1.
int take_signal(int fd);
bool signal_waits(int fd);

/// While it lives, threads that this one starts take no signals: those to this process are for
/// others.
class NoSignals {
 public:
  NoSignals();
  ~NoSignals();
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace cutaway::real
