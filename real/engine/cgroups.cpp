#include "real/engine/cgroups.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "real/engine/process.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"

namespace cutaway::real {

namespace {

// The lock is on a folder that is there anyway, so that no file has to be left for it.
Result<Fd> lock_cgroups(int how) {
  const std::string folder = "/sys/fs/cgroup";
  TRY_ASSIGN(Fd fd, open_file(folder, O_RDONLY | O_DIRECTORY));
  while (::flock(fd.get(), how) != 0) {
    if (errno != EINTR) return os_fail("lock", folder, errno);
  }
  return fd;
}

}  // namespace

const Result<CgroupHost>& cgroup_host() {
  static const Result<CgroupHost> host = detect_cgroups();
  return host;
}

Result<CgroupDriver> cgroup_driver() {
  const Result<CgroupHost>& host = cgroup_host();
  if (!host) return fail(host.error());
  return CgroupDriver(*host, std::string(kCgroupFolder));
}

Result<Fd> hold_cgroups() {
  if (is_rootless()) return Fd();
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  TRY_ASSIGN(Fd held, lock_cgroups(LOCK_SH));
  TRY(driver.prepare());
  return held;
}

Status clear_cgroups(const std::string& id) {
  if (is_rootless()) {
    end_by_mounts(id);
    return {};
  }
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  TRY(driver.kill_all(id));
  TRY(driver.remove(id));
  return release_cgroups();
}

Status release_cgroups() {
  if (is_rootless()) return {};
  TRY_ASSIGN(CgroupDriver driver, cgroup_driver());
  // Others start or have started: then the common folder is theirs too.
  const auto alone = lock_cgroups(LOCK_EX | LOCK_NB);
  if (!alone) return {};
  driver.set_patience(0);  // it is busy only when somebody's cgroups are in it
  const Status removed = driver.unprepare();
  return driver.list().empty() ? removed : Status{};
}

}  // namespace cutaway::real
