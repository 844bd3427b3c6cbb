#include "real/sys/signals.h"

#include <fcntl.h>
#include <sys/syscall.h>

#include <cstdlib>
#include <string>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

// "pid starttime signal". Field 22 of stat, counted from the end of the name, which may hold
// anything (proc(5)). A log that cannot be written keeps nobody from being ended.
void note(const char* log, pid_t pid, int signal) {
  const auto stat = read_text("/proc/" + decimal(pid) + "/stat");
  const std::size_t bracket = stat ? stat->rfind(')') : std::string::npos;
  if (bracket == std::string::npos) return;
  const std::vector<std::string> fields = split(stat->substr(bracket + 2), ' ');
  constexpr std::size_t kStart = 22 - 3;
  if (fields.size() <= kStart) return;
  const auto file = open_file(log, O_WRONLY | O_APPEND | O_CREAT, 0600);
  const std::string line = decimal(pid) + " " + fields[kStart] + " " + decimal(signal) + "\n";
  if (file) static_cast<void>(write_all(file->get(), line, log));
}

}  // namespace

bool send_signal_through(const Fd& process, pid_t pid, int signal) {
  const char* log = std::getenv("CUTAWAY_SIGNAL_LOG");
  // Before it is sent: afterwards there may be nobody to ask.
  if (log != nullptr && *log != '\0') note(log, pid, signal);
  return ::syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0) == 0;
}

}  // namespace cutaway::real
