#include "real/cgroup/usage.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "real/cgroup/control_file.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

/// Where each number stands. A file that gives several is read once.
struct UsageRow {
  std::int32_t version;
  std::string_view controller, file, key;
  std::int64_t CgroupUsage::*number;
  std::int64_t scale = 1;
};
using U = CgroupUsage;
constexpr UsageRow kRows[] = {
    {1, "memory", "memory.usage_in_bytes", "", &U::memory_bytes},
    {1, "memory", "memory.max_usage_in_bytes", "", &U::memory_peak},
    {1, "memory", "memory.failcnt", "", &U::memory_refused},
    {1, "memory", "memory.oom_control", "oom_kill", &U::oom_kills},
    {1, "cpuacct", "cpuacct.usage", "", &U::cpu_ns},
    {1, "cpu", "cpu.stat", "nr_throttled", &U::throttled},
    {1, "cpu", "cpu.stat", "throttled_time", &U::throttled_ns},
    {1, "pids", "pids.current", "", &U::pids},
    {2, "memory", "memory.current", "", &U::memory_bytes},
    {2, "memory", "memory.peak", "", &U::memory_peak},  // since Linux 5.19
    {2, "memory", "memory.events", "max", &U::memory_refused},
    {2, "memory", "memory.events", "oom_kill", &U::oom_kills},
    {2, "", "cpu.stat", "usage_usec", &U::cpu_ns, 1000},
    {2, "", "cpu.stat", "nr_throttled", &U::throttled},
    {2, "", "cpu.stat", "throttled_usec", &U::throttled_ns, 1000},
    {2, "pids", "pids.current", "", &U::pids},
};

}  // namespace

Result<CgroupMeter> CgroupMeter::open(std::int32_t version, const std::vector<Place>& places) {
  CgroupMeter meter;
  meter.version_ = version;
  for (const UsageRow& row : kRows) {
    if (row.version != version) continue;
    const std::string name(row.file);
    const bool have = std::any_of(meter.sources_.begin(), meter.sources_.end(),
                                  [&name](const Source& source) { return source.name == name; });
    if (have) continue;
    for (const Place& place : places) {
      if (!row.controller.empty() && place.controller != row.controller) continue;
      const std::string path = place.folder + "/" + name;
      Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
      if (!file && errno != ENOENT) return os_fail("open", path, errno);
      if (!file) continue;
      meter.sources_.push_back({std::move(file), name});
      break;
    }
  }
  return meter;
}

CgroupUsage CgroupMeter::sample() const {
  CgroupUsage usage;
  char buffer[4096];
  for (const Source& source : sources_) {
    const ssize_t got = ::pread(source.file.get(), buffer, sizeof buffer, 0);
    if (got <= 0) continue;  // ENODEV: the cgroup is gone
    const std::string_view text(buffer, static_cast<std::size_t>(got));
    for (const UsageRow& row : kRows) {
      if (row.version != version_ || row.file != source.name) continue;
      const std::int64_t number = number_in(text, row.key);
      if (number >= 0) usage.*row.number = number * row.scale;
    }
  }
  return usage;
}

}  // namespace cutaway::real
