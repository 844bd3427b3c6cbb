#include "trace/world/cpus.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/text.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

constexpr std::int32_t kMostCpus = 8192;  // CONFIG_NR_CPUS of distributions

bool parse_range(std::string_view text, std::int32_t& first, std::int32_t& last) {
  const std::size_t dash = text.find('-');
  std::int64_t from = 0;
  if (!parse_decimal(text.substr(0, dash), from)) return false;
  std::int64_t to = from;
  if (dash != std::string_view::npos && !parse_decimal(text.substr(dash + 1), to)) return false;
  first = static_cast<std::int32_t>(from);
  last = static_cast<std::int32_t>(to);
  return from >= 0 && from <= to && to < kMostCpus;
}

}  // namespace

bool parse_cpu_list(std::string_view text, CpuSet& cpus) {
  cpus.clear();
  text = trim(text);
  if (text.empty()) return true;
  for (const std::string& part : split(text, ',')) {
    std::int32_t first = 0;
    std::int32_t last = 0;
    if (!parse_range(part, first, last)) return false;
    for (std::int32_t cpu = first; cpu <= last; ++cpu) cpus.push_back(cpu);
  }
  std::sort(cpus.begin(), cpus.end());
  cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
  return true;
}

bool parse_cpu_mask(const Arg& mask, CpuSet& cpus) {
  cpus.clear();
  for (std::size_t i = 0; i < mask.keys.size(); ++i) {
    if (mask.keys[i] == "cpus") return parse_cpu_list(mask.items[i].text, cpus);
  }
  if (mask.tag != ArgTag::List) return false;
  for (const Arg& item : mask.items) cpus.push_back(static_cast<std::int32_t>(item.value));
  std::sort(cpus.begin(), cpus.end());
  return true;
}

std::string cpu_list(const CpuSet& cpus) {
  std::string text;
  for (std::size_t i = 0; i < cpus.size();) {
    std::size_t end = i + 1;
    while (end < cpus.size() && cpus[end] == cpus[end - 1] + 1) ++end;
    text += (text.empty() ? "" : ",") + decimal(cpus[i]);
    if (end - i > 1) text += "-" + decimal(cpus[end - 1]);
    i = end;
  }
  return text;
}

CpuSet cpus_of_machine(const World& world) {
  CpuSet all(static_cast<std::size_t>(std::max<std::int64_t>(world.machine.cpus, 1)));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

CpuSet cpus_of_cgroup(const World& world, const Cgroup& cgroup) {
  const Cgroup* parent = world.cgroups.find(cgroup.parent);
  CpuSet above = parent == nullptr ? cpus_of_machine(world) : cpus_of_cgroup(world, *parent);
  const auto asked = cgroup.limits.find("cpuset.cpus");
  CpuSet own;
  if (asked == cgroup.limits.end() || !parse_cpu_list(asked->second, own)) return above;
  CpuSet left = cpus_in_both(own, above);
  return left.empty() ? above : left;
}

CpuSet cpuset_of(const World& world, const Task& task) {
  const Cgroup* cgroup = cgroup_of(world, task, "cpuset");
  return cgroup == nullptr ? cpus_of_machine(world) : cpus_of_cgroup(world, *cgroup);
}

CpuSet cpus_allowed(const World& world, const Task& task) {
  CpuSet all = cpuset_of(world, task);
  CpuSet own;
  if (task.affinity.empty() || !parse_cpu_list(task.affinity, own)) return all;
  CpuSet left = cpus_in_both(own, all);
  return left.empty() ? all : left;
}

CpuQuota cpu_quota(const Cgroup& cgroup) {
  CpuQuota found;
  const auto number = [&cgroup](const char* file, std::int64_t otherwise) {
    const auto written = cgroup.limits.find(file);
    std::int64_t value = 0;
    return written != cgroup.limits.end() && parse_decimal(trim(written->second), value)
               ? value
               : otherwise;
  };
  found.quota_us = number("cpu.cfs_quota_us", 0);
  found.period_us = number("cpu.cfs_period_us", found.period_us);
  const auto both = cgroup.limits.find("cpu.max");
  if (both != cgroup.limits.end()) {
    const std::vector<std::string> words = split(trim(both->second), ' ');
    if (!parse_decimal(words[0], found.quota_us)) found.quota_us = 0;  // "max"
    if (words.size() > 1) parse_decimal(words[1], found.period_us);
  }
  if (found.quota_us < 0) found.quota_us = 0;
  return found;
}

std::int64_t cpu_shares(const Cgroup& cgroup) {
  std::int64_t value = 0;
  const auto shares = cgroup.limits.find("cpu.shares");
  if (shares != cgroup.limits.end() && parse_decimal(trim(shares->second), value)) return value;
  const auto weight = cgroup.limits.find("cpu.weight");
  const bool given = weight != cgroup.limits.end() && parse_decimal(trim(weight->second), value);
  return given ? std::max<std::int64_t>(value * kDefaultCpuShares / 100, 1) : kDefaultCpuShares;
}

CpuSet cpus_in_both(const CpuSet& one, const CpuSet& other) {
  CpuSet both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(both));
  return both;
}

bool holds_all(const CpuSet& whole, const CpuSet& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace cutaway
