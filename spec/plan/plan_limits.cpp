// Limits as files of cgroup folders: Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst,
// scheduler/sched-bwc.rst; which file stands for which of docker's flags is runc's.
#include <algorithm>

#include "base/text.h"
#include "spec/plan/limits.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

namespace {

/// Memory and swap together, as docker takes it; −1: no limit.
std::int64_t with_swap(const PlanInput& input) {
  return input.memory_swap_bytes != 0 ? input.memory_swap_bytes : 2 * input.memory_bytes;
}

// The weights of v1 (2 to 262144, 1024 is usual) on the scale of v2 (1 to 10000, 100 is usual), as
// runc maps them.
std::int64_t weight_of(std::int64_t shares) { return 1 + (shares - 2) * 9999 / 262142; }

void add_memory_v2(const PlanInput& input, std::vector<CgroupSetting>& settings) {
  if (input.memory_bytes > 0) {
    settings.push_back({"memory", "memory.max", decimal(input.memory_bytes)});
    const std::int64_t both = with_swap(input);
    const std::string swap = both < 0 ? "max" : decimal(both - input.memory_bytes);
    settings.push_back({"memory", "memory.swap.max", swap, true});
  }
  if (input.memory_reservation_bytes > 0)
    settings.push_back({"memory", "memory.low", decimal(input.memory_reservation_bytes)});
}

void add_memory_v1(const PlanInput& input, std::vector<CgroupSetting>& settings) {
  if (input.memory_bytes > 0) {  // in this order: memsw must never be below the other
    settings.push_back({"memory", "memory.limit_in_bytes", decimal(input.memory_bytes)});
    settings.push_back({"memory", "memory.memsw.limit_in_bytes", decimal(with_swap(input)), true});
  }
  if (input.memory_reservation_bytes > 0)
    settings.push_back(
        {"memory", "memory.soft_limit_in_bytes", decimal(input.memory_reservation_bytes)});
}

void add_cpu_v2(const PlanInput& input, std::vector<CgroupSetting>& settings) {
  if (input.cpu_quota_us > 0)
    settings.push_back(
        {"cpu", "cpu.max", decimal(input.cpu_quota_us) + " " + decimal(input.cpu_period_us)});
  if (input.cpu_shares > 0)
    settings.push_back({"cpu", "cpu.weight", decimal(weight_of(input.cpu_shares))});
}

void add_cpu_v1(const PlanInput& input, std::vector<CgroupSetting>& settings) {
  if (input.cpu_quota_us > 0) {
    settings.push_back({"cpu", "cpu.cfs_period_us", decimal(input.cpu_period_us)});
    settings.push_back({"cpu", "cpu.cfs_quota_us", decimal(input.cpu_quota_us)});
  }
  if (input.cpu_shares > 0) settings.push_back({"cpu", "cpu.shares", decimal(input.cpu_shares)});
}

/// What a file says when nobody has set a limit; empty: it has nothing to be taken away.
std::string unlimited(const std::string& file) {
  struct Row {
    std::string_view file, value;
  };
  static constexpr Row kRows[] = {
      {"pids.max", "max"}, {"cpu.max", "max 100000"}, {"cpu.cfs_quota_us", "-1"}};
  for (const Row& row : kRows) {
    if (row.file == file) return std::string(row.value);
  }
  return {};
}

const CgroupSetting* setting_of(const std::vector<CgroupSetting>& settings,
                                const std::string& file) {
  for (const CgroupSetting& setting : settings) {
    if (setting.file == file) return &setting;
  }
  return nullptr;
}

// v1: the limit with swap may never be below the one without (EINVAL). So the higher one is
// written first where it goes up, and last where it goes down.
void order_memory(const PlanInput& before, const PlanInput& after,
                  std::vector<CgroupSetting>& changed) {
  const bool had = before.memory_bytes > 0;
  const std::int64_t was = with_swap(before), is = with_swap(after);
  const bool goes_up = had && was >= 0 && (is < 0 || is > was);
  if (!goes_up) return;
  std::stable_partition(changed.begin(), changed.end(), [](const CgroupSetting& setting) {
    return setting.file == "memory.memsw.limit_in_bytes";
  });
}

}  // namespace

const std::string* cgroup_mount(const PlanInput& input, std::string_view controller) {
  for (const auto& [key, mounted] : input.cgroup_mounts) {
    if (key == "unified") return &mounted;
    for (const std::string& name : split(key, ',')) {
      if (name == controller) return &mounted;
    }
  }
  return nullptr;
}

std::vector<CgroupSetting> device_settings(const PlanInput& input) {
  // v2 has no such files: a BPF program is attached instead, which is no part of the plan.
  if (input.cgroup_version != 1 || input.privileged) return {};
  static constexpr const char* kAllowed[] = {
      "c *:* m",     "b *:* m",        // any node may be made; using it is another matter
      "c 1:3 rwm",   "c 1:5 rwm",      // null, zero
      "c 1:7 rwm",   "c 1:8 rwm",      // full, random
      "c 1:9 rwm",   "c 5:0 rwm",      // urandom, tty
      "c 5:1 rwm",   "c 5:2 rwm",      // console, ptmx
      "c 136:* rwm", "c 10:200 rwm"};  // pseudo-terminals, net/tun
  std::vector<CgroupSetting> settings = {{"devices", "devices.deny", "a"}};
  for (const char* rule : kAllowed) settings.push_back({"devices", "devices.allow", rule});
  return settings;
}

std::vector<CgroupSetting> cgroup_settings(const PlanInput& input) {
  std::vector<CgroupSetting> settings;
  const bool v2 = input.cgroup_version == 2;
  (v2 ? add_memory_v2 : add_memory_v1)(input, settings);
  (v2 ? add_cpu_v2 : add_cpu_v1)(input, settings);
  if (!input.cpuset_cpus.empty()) settings.push_back({"cpuset", "cpuset.cpus", input.cpuset_cpus});
  if (input.pids > 0) settings.push_back({"pids", "pids.max", decimal(input.pids)});
  return settings;
}

std::vector<CgroupSetting> changed_settings(const PlanInput& before, const PlanInput& after) {
  const std::vector<CgroupSetting> was = cgroup_settings(before), is = cgroup_settings(after);
  std::vector<CgroupSetting> changed;
  for (const CgroupSetting& setting : is) {
    const CgroupSetting* old = setting_of(was, setting.file);
    if (old == nullptr || old->value != setting.value) changed.push_back(setting);
  }
  for (const CgroupSetting& setting : was) {
    if (setting_of(is, setting.file) != nullptr) continue;
    const std::string value = unlimited(setting.file);
    if (!value.empty()) changed.push_back({setting.controller, setting.file, value, false});
  }
  if (after.cgroup_version == 1) order_memory(before, after, changed);
  return changed;
}

}  // namespace cutaway::spec
