#include "real/sys/signal_pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "real/sys/files.h"

namespace cutaway::real {

Result<SignalPipe> SignalPipe::make() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return os_fail("pipe", "", errno);
  return SignalPipe{Fd(ends[0]), Fd(ends[1])};
}

// Whole or not at all (pipe(7), PIPE_BUF).
void SignalPipe::send(int signal) const {
  const auto number = static_cast<std::uint8_t>(signal);
  static_cast<void>(!::write(write.get(), &number, 1));
}

int take_signal(int fd) {
  std::uint8_t number = 0;
  return fd >= 0 && ::read(fd, &number, 1) == 1 ? number : 0;
}

bool signal_waits(int fd) {
  pollfd poller{fd, POLLIN, 0};
  return fd >= 0 && ::poll(&poller, 1, 0) > 0;
}

NoSignals::NoSignals() {
  sigset_t all;
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before_);
}
NoSignals::~NoSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace cutaway::real
