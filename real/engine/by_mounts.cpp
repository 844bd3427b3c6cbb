#include <unistd.h>

#include <array>
#include <csignal>

#include "base/text.h"
#include "real/engine/process.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "real/sys/signals.h"

namespace cutaway::real {

namespace {

std::string mount_namespace(const std::string& pid) {
  std::array<char, 64> link{};
  const ssize_t size = ::readlink(("/proc/" + pid + "/ns/mnt").c_str(), link.data(), link.size());
  return {link.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

// The root of its mount table lies on the container's overlay, or in its copy of the layers:
// either way /proc/PID/mountinfo holds the id (proc(5)).
bool stands_in(const std::string& pid, std::string_view id) {
  const std::string mounts = mount_namespace(pid);
  if (mounts.empty() || mounts == mount_namespace("self")) return false;
  const auto table = read_text("/proc/" + pid + "/mountinfo");
  return table && table->find("/overlay2/" + std::string(id) + "/") != std::string::npos;
}

}  // namespace

void end_by_mounts(std::string_view id) {
  for (const std::string& name : names_if_any("/proc")) {
    std::int64_t pid = 0;
    if (!parse_decimal(name, pid)) continue;
    // The descriptor first: what it means cannot become another process while we look.
    const ProcessId process = process_of(static_cast<int>(pid));
    const auto fd = open_process(process);
    if (!fd || !stands_in(name, id)) continue;
    send_signal_through(*fd, process.pid, SIGKILL);
    wait_for_end(process, 2000);
  }
}

}  // namespace cutaway::real
