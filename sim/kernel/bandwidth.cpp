// Quotas of cpu time (Documentation/scheduler/sched-bwc.rst): the members of a cgroup together may
// use so much in each period. Within it they run at full speed; when it is used up, all of them
// lose their cpus and get none until the next period begins. (Linux hands the quota to cpus in
// slices of 5 ms, so that a cgroup may use up to such a slice more; here it is counted exactly.)
#include <algorithm>

#include "sim/kernel/kernel_impl.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kMicrosecond = 1000;

/// Up to now: each member that has a cpu uses it.
void count(Bandwidth& bandwidth, std::int64_t now) {
  bandwidth.left_ns -= bandwidth.on * (now - bandwidth.counted);
  bandwidth.counted = now;
}

/// The timer of periods rests while nobody of the cgroup runs or waits; it keeps its beat.
void catch_up(Bandwidth& bandwidth, std::int64_t now) {
  if (bandwidth.ends < 0) bandwidth.ends = now + bandwidth.period_ns;
  if (now < bandwidth.ends) return;
  bandwidth.ends += ((now - bandwidth.ends) / bandwidth.period_ns + 1) * bandwidth.period_ns;
  bandwidth.left_ns = bandwidth.quota_ns;
  ++bandwidth.periods;
}

}  // namespace

void Kernel::Impl::take_quotas() {
  for (const CgroupId id : std::exchange(quota_written, {})) take_quota(id);
}

/// As it was written. Who is throttled gets the new quota at once.
void Kernel::Impl::take_quota(CgroupId id) {
  const Cgroup* cgroup = world().cgroups.find(id);
  if (cgroup == nullptr) return;
  const CpuQuota limit = cpu_quota(*cgroup);
  const auto known = bandwidths.find(id);
  if (known != bandwidths.end() && known->second.since >= 0) unthrottle(id, known->second);
  if (limit.quota_us == 0) {
    bandwidths.erase(id);
    return;
  }
  Bandwidth& bandwidth = bandwidths[id];
  bandwidth.quota_ns = limit.quota_us * kMicrosecond;
  bandwidth.period_ns = limit.period_us * kMicrosecond;
  bandwidth.left_ns = bandwidth.quota_ns;
  bandwidth.counted = now;
  bandwidth.ends = now + bandwidth.period_ns;
  bandwidth.on = 0;
  for (const TaskId task : cpus.running()) {
    if (task && is_within(world(), run_of(task)->cpu_group, id)) ++bandwidth.on;
  }
  note_next(id, bandwidth);
}

void Kernel::Impl::begin_use(const TaskRun& run) { use(run, 1); }
void Kernel::Impl::end_use(const TaskRun& run) { use(run, -1); }

/// One member more on a cpu, or one less: of its cgroup, and of all above it.
void Kernel::Impl::use(const TaskRun& run, std::int32_t more) {
  if (bandwidths.empty() || run.outside) return;
  for (const CgroupId id : run.cpu_groups) {
    const auto found = bandwidths.find(id);
    if (found == bandwidths.end()) continue;
    count(found->second, now);
    if (more > 0) catch_up(found->second, now);
    found->second.on += more;
    note_next(id, found->second);
  }
}

bool Kernel::Impl::is_throttled(const TaskRun& run) const {
  if (bandwidths.empty() || run.outside) return false;
  const std::vector<CgroupId>& groups = run.cpu_groups;
  return std::any_of(groups.begin(), groups.end(), [this](CgroupId id) {
    const auto found = bandwidths.find(id);
    return found != bandwidths.end() && found->second.since >= 0;
  });
}

/// When to look at it again: when the quota is used up, or the period is over.
void Kernel::Impl::note_next(CgroupId id, Bandwidth& bandwidth) {
  ++bandwidth.ticket;
  if (bandwidth.since < 0 && bandwidth.on == 0) return;
  std::int64_t next = bandwidth.ends;
  if (bandwidth.on > 0) {
    const std::int64_t left = std::max<std::int64_t>(bandwidth.left_ns, 0);
    next = std::min(next, now + (left + bandwidth.on - 1) / bandwidth.on);
  }
  agenda.add_quota(next, id, bandwidth.ticket);
}

void Kernel::Impl::quota_due(CgroupId id) {
  Bandwidth& bandwidth = bandwidths.at(id);
  count(bandwidth, now);
  if (now >= bandwidth.ends) {
    catch_up(bandwidth, now);
    if (bandwidth.since >= 0) unthrottle(id, bandwidth);
    tell_periods(id, std::exchange(bandwidth.periods, 0));
  } else if (bandwidth.left_ns <= 0 && bandwidth.since < 0) {
    throttle(id, bandwidth);
  }
  note_next(id, bandwidth);
}

/// The counter goes on also when the quota was taken away meanwhile.
void Kernel::Impl::tell_periods(CgroupId id, std::int64_t more) {
  constexpr const char* kFile = "cpu.stat nr_periods";
  const Cgroup& cgroup = world().cgroups.at(id);
  const auto known = cgroup.usage.find(kFile);
  if (known != cgroup.usage.end()) more += known->second;
  emit(member_of(id), CgroupUsage{id, cgroup.path, "cpu", kFile, more});
}

void Kernel::Impl::throttle(CgroupId id, Bandwidth& bandwidth) {
  bandwidth.since = now;
  const std::vector<TaskId> running = cpus.running();
  for (const TaskId task : running) {
    if (task && is_within(world(), run_of(task)->cpu_group, id)) preempt(*run_of(task));
  }
}

void Kernel::Impl::unthrottle(CgroupId id, Bandwidth& bandwidth) {
  const std::int64_t since = std::exchange(bandwidth.since, -1);
  emit(member_of(id), CgroupThrottled{id, world().cgroups.at(id).path, "cpu", since, now});
}

/// Who stands for it in the trace: the first that waits for a cpu, else that has one.
TaskId Kernel::Impl::member_of(CgroupId id) const {
  const auto belongs = [&](TaskId task) {
    return task && is_within(world(), run_of(task)->cpu_group, id);
  };
  for (const TaskId task : cpus.waiting()) {
    if (belongs(task)) return task;
  }
  for (const TaskId task : cpus.running()) {
    if (belongs(task)) return task;
  }
  return TaskId{};
}

}  // namespace cutaway::sim
