#include "real/cgroup/oom.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/text.h"
#include "real/cgroup/control_file.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

Result<Fd> watch_v1(const std::string& folder, const Fd& control) {
  Fd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return os_fail("eventfd", "", errno);
  TRY(write_control(folder + "/cgroup.event_control",
                    decimal(event.get()) + " " + decimal(control.get())));
  return event;
}

Result<Fd> watch_v2(const std::string& file) {
  Fd notify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!notify) return os_fail("inotify_init1", "", errno);
  if (::inotify_add_watch(notify.get(), file.c_str(), IN_MODIFY) < 0)
    return os_fail("inotify_add_watch", file, errno);
  return notify;
}

}  // namespace

Result<OomWatch> OomWatch::open(std::int32_t version, const std::string& folder) {
  const std::string file = folder + (version == 2 ? "/memory.events" : "/memory.oom_control");
  OomWatch watch;
  watch.version_ = version;
  TRY_ASSIGN(watch.counter_, open_file(file, O_RDONLY));
  TRY_ASSIGN(watch.wakes_, version == 2 ? watch_v2(file) : watch_v1(folder, watch.counter_));
  return watch;  // the cgroup is new: what is counted already has happened to this container
}

std::int64_t OomWatch::count() const {
  char buffer[4096];
  const ssize_t got = ::pread(counter_.get(), buffer, sizeof buffer, 0);
  // The cgroup is gone. On v1 its end wakes once (cgroup-v1/memory.rst, "OOM Control"): a wake more
  // was the notice of an out-of-memory, which comes just before the kill.
  if (got <= 0) return version_ == 1 && wake_count_ > 1 ? std::max<std::int64_t>(seen_, 1) : seen_;
  return std::max<std::int64_t>(
      0, number_in(std::string_view(buffer, static_cast<std::size_t>(got)), "oom_kill"));
}

std::int64_t OomWatch::read_wakes() const {
  char wakes[4096];
  std::int64_t sum = 0;
  for (ssize_t got = 0; (got = ::read(wakes_.get(), wakes, sizeof wakes)) > 0;) {
    std::uint64_t times = 0;
    if (version_ == 1 && got == sizeof times) std::memcpy(&times, wakes, sizeof times);
    sum += static_cast<std::int64_t>(times);
  }
  return sum;
}

std::int64_t OomWatch::drain() {
  wake_count_ += read_wakes();
  const std::int64_t now = count();
  const std::int64_t news = std::max<std::int64_t>(0, now - seen_);
  seen_ = std::max(seen_, now);
  return news;
}

}  // namespace cutaway::real
