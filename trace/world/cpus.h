// Processors that a cgroup or a task may use (cpuset(7), sched_setaffinity(2)), and how much of
// them (Documentation/scheduler/sched-bwc.rst, admin-guide/cgroup-v2.rst, cpu.weight).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/event/arg.h"
#include "trace/world/world.h"

namespace cutaway {

/// Numbers of processors, ascending.
using CpuSet = std::vector<std::int32_t>;

/// "0-2,5" (cpuset(7), list format). False: it is none.
bool parse_cpu_list(std::string_view text, CpuSet& cpus);
std::string cpu_list(const CpuSet& cpus);
/// The mask of sched_setaffinity(2): a struct with the list as its text, or the numbers themselves
/// (a litmus program writes these). False: neither, only an address was seen.
bool parse_cpu_mask(const Arg& mask, CpuSet& cpus);

CpuSet cpus_of_machine(const World& world);
/// What cpuset.cpus.effective says: what was asked for here, as far as the cgroup above has it;
/// where nothing was asked for or nothing is left, what the cgroup above has.
CpuSet cpus_of_cgroup(const World& world, const Cgroup& cgroup);
CpuSet cpuset_of(const World& world, const Task& task);
/// Where a task may run: its affinity within its cpuset; all of this when nothing is left of it.
CpuSet cpus_allowed(const World& world, const Task& task);

/// So much cpu time in each period, cpus counted one by one: cpu.max, or cpu.cfs_quota_us and
/// cpu.cfs_period_us.
struct CpuQuota {
  std::int64_t quota_us = 0;  ///< 0: no limit
  std::int64_t period_us = 100'000;
};
CpuQuota cpu_quota(const Cgroup& cgroup);
/// Its share beside its siblings when all want the cpus: cpu.shares, or cpu.weight in the same
/// measure; 1024 is the default.
std::int64_t cpu_shares(const Cgroup& cgroup);
inline constexpr std::int64_t kDefaultCpuShares = 1024;

/// Both hold it.
CpuSet cpus_in_both(const CpuSet& one, const CpuSet& other);
bool holds_all(const CpuSet& whole, const CpuSet& part);

}  // namespace cutaway
