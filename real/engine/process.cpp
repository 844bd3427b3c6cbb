#include "real/engine/process.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "real/sys/files.h"
#include "real/sys/signals.h"

namespace cutaway::real {

Result<Fd> open_process(const ProcessId& process) {
  Fd fd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  if (!fd) return os_fail("pidfd_open", std::to_string(process.pid), errno);
  // Opened first, compared then: what the descriptor means cannot change any more.
  if (!is_alive(process)) return os_fail("pidfd_open", std::to_string(process.pid), ESRCH);
  return fd;
}

Status send_signal(Machine& machine, const ContainerRecord& record, int signal) {
  TRY_ASSIGN(const Fd fd, open_process(record.init));
  if (machine.story != nullptr) machine.story->sends(record.init.pid, signal);
  if (!send_signal_through(fd, record.init.pid, signal))
    return os_fail("send a signal to", record.short_id(), errno);
  return {};
}

bool wait_for_end(const ProcessId& process, int ms, int signals) {
  const auto fd = open_process(process);
  if (!fd) return true;
  const std::int64_t until = monotonic_ns() + std::int64_t{ms} * 1'000'000;
  while (true) {
    const std::int64_t left = ms < 0 ? -1 : (until - monotonic_ns()) / 1'000'000;
    std::array<pollfd, 2> fds = {pollfd{fd->get(), POLLIN, 0}, pollfd{signals, POLLIN, 0}};
    const int patience = static_cast<int>(ms < 0 ? -1 : left > 0 ? left : 0);
    const int ready = ::poll(fds.data(), fds.size(), patience);
    if (ready > 0) return fds[0].revents != 0;
    if (ready == 0 || errno != EINTR) return false;
  }
}

}  // namespace cutaway::real
