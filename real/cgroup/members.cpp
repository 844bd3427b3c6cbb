// Who is in a cgroup of ours, and what is done to all of them: SIGKILL, freezing.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "base/text.h"
#include "real/cgroup/cgroup.h"
#include "real/cgroup/control_file.h"
#include "real/cgroup/wait.h"
#include "real/sys/files.h"
#include "real/sys/signals.h"

namespace cutaway::real {
namespace {

/// cgroup.procs of a folder and of all below. A folder that is not there has none.
Status add_members(const std::string& folder, std::set<pid_t>& pids) {
  if (!exists(folder)) return {};
  std::vector<std::string> folders = folders_below(folder);
  folders.push_back(folder);
  for (const std::string& each : folders) {
    const auto text = read_text(each + "/cgroup.procs");
    if (!text && !exists(each)) continue;  // removed between the two
    if (!text) return fail(text.error());
    for (const std::string& line : split(*text, '\n')) {
      std::int64_t pid = 0;
      // 0: a process that this pid namespace does not show.
      if (parse_decimal(line, pid) && pid > 0) pids.insert(static_cast<pid_t>(pid));
    }
  }
  return {};
}

/// Is one of the lines of /proc/<pid>/cgroup this cgroup, or one below it?
bool is_member(pid_t pid, const std::string& path) {
  const auto text = read_text("/proc/" + decimal(pid) + "/cgroup");
  if (!text) return false;
  for (const std::string& line : split(*text, '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string at = line.substr(second + 1);
    if (at == path || starts_with(at, path + "/")) return true;
  }
  return false;
}

/// The pidfd names one process for good. What /proc says after it was opened is about that process,
/// or about a later one with its number, and then the signal finds nobody (ESRCH).
Status kill_member(pid_t pid, const std::vector<std::string>& paths) {
  const Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process) return errno == ESRCH ? Status{} : os_fail("pidfd_open", decimal(pid), errno);
  const bool ours = std::any_of(paths.begin(), paths.end(),
                                [pid](const std::string& path) { return is_member(pid, path); });
  if (!ours) return {};
  if (!send_signal_through(process, pid, SIGKILL) && errno != ESRCH)
    return os_fail("pidfd_send_signal", decimal(pid), errno);
  return {};
}

struct Freezer {
  std::string file, frozen, thawed;  ///< what is written
  std::string state, key;            ///< where it can be read
  std::string is_frozen;
};

Freezer freezer_of(std::int32_t version, const std::string& folder) {
  if (version == 2)
    return {folder + "/cgroup.freeze", "1", "0", folder + "/cgroup.events", "frozen", "1"};
  return {folder + "/freezer.state", "FROZEN", "THAWED", folder + "/freezer.state", "", "FROZEN"};
}

Result<bool> is_frozen(const Freezer& freezer) {
  TRY_ASSIGN(const std::string text, read_control(freezer.state));
  return freezer.key.empty() ? text == freezer.is_frozen : number_in(text, freezer.key) == 1;
}

}  // namespace

Result<std::vector<pid_t>> CgroupDriver::members(const std::string& id) const {
  std::set<pid_t> pids;
  for (const CgroupHierarchy* hierarchy : host_.used())
    TRY(add_members(place(*hierarchy, id), pids));
  return std::vector<pid_t>(pids.begin(), pids.end());
}

Status CgroupDriver::signal_members(const std::string& id) const {
  TRY_ASSIGN(const std::vector<pid_t> pids, members(id));
  std::vector<std::string> paths;
  for (const CgroupHierarchy* hierarchy : host_.used())
    paths.push_back((hierarchy->root == "/" ? "" : hierarchy->root) + path_of(id));
  for (const pid_t pid : pids) TRY(kill_member(pid, paths));
  return {};
}

Status CgroupDriver::kill_all(const std::string& id) const {
  const Patience patience(patience_ns_);
  while (true) {
    TRY_ASSIGN(const std::vector<pid_t> pids, members(id));
    if (pids.empty()) return {};
    TRY(signal_members(id));
    // A frozen task of v1 takes no signal, not even this one, until it is thawed.
    if (host_.plan_version() == 1 && host_.with("freezer") != nullptr) TRY(thaw(id));
    if (!patience.pause())
      return fail(ErrorCode::Failed, decimal(static_cast<std::int64_t>(pids.size())) +
                                         " members of cgroup " + path_of(id) + " do not end");
  }
}

Status CgroupDriver::freeze(const std::string& id) const {
  const bool two = host_.plan_version() == 2;
  TRY_ASSIGN(const std::string folder, two ? Result<std::string>(place(*host_.used().front(), id))
                                           : place_with("freezer", id));
  const Freezer freezer = freezer_of(two ? 2 : 1, folder);
  const Patience patience(patience_ns_);
  while (true) {
    // Written each time: v1 may stay at FREEZING when a member forked meanwhile.
    TRY(write_control(freezer.file, freezer.frozen));
    TRY_ASSIGN(const bool done, is_frozen(freezer));
    if (done) return {};
    if (patience.pause()) continue;
    TRY(write_control(freezer.file, freezer.thawed));
    return fail(ErrorCode::Failed, "cgroup " + path_of(id) + " does not freeze");
  }
}

Status CgroupDriver::thaw(const std::string& id) const {
  const bool two = host_.plan_version() == 2;
  TRY_ASSIGN(const std::string folder, two ? Result<std::string>(place(*host_.used().front(), id))
                                           : place_with("freezer", id));
  if (!exists(folder)) return {};
  const Freezer freezer = freezer_of(two ? 2 : 1, folder);
  return write_control(freezer.file, freezer.thawed);
}

}  // namespace cutaway::real
