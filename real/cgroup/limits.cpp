// Limits that change while the container runs (`docker update`, the sliders).
#include <algorithm>

#include "base/text.h"
#include "real/cgroup/cgroup.h"
#include "real/cgroup/control_file.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

constexpr std::int64_t kPeriodUs = 100000;    // as docker's --cpus
constexpr std::int64_t kLeastQuotaUs = 1000;  // what the kernel takes (sched-bwc.rst)

std::string or_max(std::int64_t value) { return value < 0 ? "max" : decimal(value); }

/// v1: the limit with swap may never be below the one without, so which comes first depends.
Status limit_memory_v1(const std::string& folder, std::int64_t bytes) {
  const std::string plain = folder + "/memory.limit_in_bytes";
  const std::string with_swap = folder + "/memory.memsw.limit_in_bytes";
  const std::string both = bytes < 0 ? "-1" : decimal(2 * bytes);  // docker: swap as much again
  const bool counts_swap = exists(with_swap);  // not without CONFIG_SWAP or with swapaccount=0
  bool raise = bytes < 0;
  if (counts_swap && !raise) {
    TRY_ASSIGN(const std::string now, read_control(with_swap));
    raise = bytes > number_in(now, "");
  }
  if (counts_swap && raise) TRY(write_control(with_swap, both));
  TRY(write_control(plain, decimal(bytes)));
  return counts_swap && !raise ? write_control(with_swap, both) : Status{};
}

Status limit_memory_v2(const std::string& folder, std::int64_t bytes) {
  TRY(write_control(folder + "/memory.max", or_max(bytes)));
  const std::string swap = folder + "/memory.swap.max";
  return exists(swap) ? write_control(swap, or_max(bytes)) : Status{};
}

}  // namespace

Status CgroupDriver::limit_memory(const std::string& id, std::int64_t bytes) const {
  TRY_ASSIGN(const std::string folder, place_with("memory", id));
  return host_.plan_version() == 2 ? limit_memory_v2(folder, bytes)
                                   : limit_memory_v1(folder, bytes);
}

Status CgroupDriver::limit_cpu(const std::string& id, std::int64_t ppm) const {
  TRY_ASSIGN(const std::string folder, place_with("cpu", id));
  const std::int64_t quota = ppm < 0 ? -1 : std::max(kLeastQuotaUs, ppm * kPeriodUs / 1000000);
  if (host_.plan_version() == 2)
    return write_control(folder + "/cpu.max", or_max(quota) + " " + decimal(kPeriodUs));
  TRY(write_control(folder + "/cpu.cfs_period_us", decimal(kPeriodUs)));
  return write_control(folder + "/cpu.cfs_quota_us", decimal(quota));
}

Status CgroupDriver::limit_pids(const std::string& id, std::int64_t most) const {
  TRY_ASSIGN(const std::string folder, place_with("pids", id));
  return write_control(folder + "/pids.max", or_max(most));
}

Status CgroupDriver::set_limits(const std::string& id, const CgroupLimits& limits) const {
  if (limits.memory_bytes) TRY(limit_memory(id, *limits.memory_bytes));
  if (limits.cpu_ppm) TRY(limit_cpu(id, *limits.cpu_ppm));
  if (limits.pids) TRY(limit_pids(id, *limits.pids));
  return {};
}

}  // namespace cutaway::real
