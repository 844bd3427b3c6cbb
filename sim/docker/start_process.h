// Starting a host program of the daemon with its channels: a container's shim, or the runtime of an
// exec. Both say over descriptor 3 how it went: "started PID" or "failed STEP ERRNO", and at the
// end "exited CODE SIGNAL".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

/// Where shim and runtime say how it went.
inline constexpr std::int64_t kDaemonFd = 3;
/// Where the plan expects a terminal's socket.
inline constexpr std::int64_t kConsoleFd = 101;

struct ProcessRequest {
  std::string program;  ///< path of the host program
  std::vector<std::string> argv;
  bool open_stdin = false;  ///< else its stdin is /dev/null
  bool tty = false;         ///< its terminal's master comes over a socket
  /// A container that gets networks: which, and the socket on which the runtime says that its
  /// namespaces are there (network.h); −1: none.
  ContainerId container;
  std::int64_t namespaces = -1;
};

/// The daemon's ends. With a terminal `out` is its master, `in` the same once more, `err` none.
struct StartedProcess {
  std::int64_t pid = -1;  ///< < 0: −errno of the call that failed; nothing is left open
  std::int64_t in = -1, out = -1, err = -1, events = -1;
  std::string word;   ///< the line that came first over `events`
  std::string ended;  ///< the next one, when it came along with that: it ended at once

  /// The first pid in the container; 0 when there is none.
  std::int64_t first_pid() const;
  /// "STEP ERRNO" of what went wrong.
  std::string failure() const;
};

/// The line that tells of a process's end: `ended`, or the next that comes over `events`.
Co<std::string> end_of_process(Sys sys, std::int64_t events, std::string ended);
Co<StartedProcess> start_process(Sys sys, ProcessRequest request);
/// Closes what is open of them.
Co<int> close_all(Sys sys, std::vector<std::int64_t> fds);

}  // namespace cutaway::sim
