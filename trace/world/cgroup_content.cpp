// What cgroup files say (cgroup-v2.rst, cgroup-v1/memory.rst): limits as written, counters as
// counted.
#include <algorithm>

#include "base/text.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/charges.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_content.h"

namespace cutaway {
namespace {

std::int64_t counter(const Cgroup& cgroup, const std::string& name) {
  const auto found = cgroup.usage.find(name);
  return found == cgroup.usage.end() ? 0 : found->second;
}

std::string limit_text(const Cgroup& cgroup, const CgroupFile& file) {
  const auto written = cgroup.limits.find(std::string(file.name));
  const std::string value =
      written == cgroup.limits.end() ? std::string(file.initial) : written->second;
  if (file.kind != CgroupFile::Kind::Bytes) return value;
  std::int64_t bytes = 0;
  if (!parse_cgroup_bytes(value, bytes)) return value;
  // v1 shows no limit as the greatest number of whole pages.
  if (bytes == kCgroupMax) return file.version == 2 ? "max" : "9223372036854771712";
  return decimal(bytes / kPageBytes * kPageBytes);
}

/// Members by their numbers in the reader's pid namespace; who has none there is 0.
std::string members(const World& world, const Task& viewer, const Cgroup& cgroup, bool threads) {
  std::vector<std::int32_t> pids;
  world.tasks.each([&](const Task& task) {
    if (task.zombie() || (!threads && task.leader != task.id)) return;
    if (std::find(task.cgroups.begin(), task.cgroups.end(), cgroup.id) != task.cgroups.end())
      pids.push_back(pid_in(world, task, viewer.in(NsKind::Pid)));
  });
  std::sort(pids.begin(), pids.end());
  std::string text;
  for (const std::int32_t pid : pids) text += decimal(pid) + "\n";
  return text;
}

bool populated(const World& world, const Cgroup& cgroup) {
  if (cgroup.tasks > 0) return true;
  return world.cgroups.first([&](const Cgroup& child) {
    return child.parent == cgroup.id && populated(world, child);
  }) != nullptr;
}

std::string flat(const Cgroup& cgroup, const CgroupFile& file) {
  std::string text;
  for (const std::string& key : split(file.initial, ' '))
    text += key + " " + decimal(counter(cgroup, std::string(file.name) + " " + key)) + "\n";
  return text;
}

std::string cpu_stat(const Cgroup& cgroup, std::int32_t version) {
  const std::int64_t periods = counter(cgroup, "cpu.stat nr_periods"),
                     throttled = counter(cgroup, "cpu.stat nr_throttled");
  const std::int64_t ns = counter(cgroup, "cpu.stat throttled_ns"),
                     used = counter(cgroup, "cpu.stat usage_usec");
  const std::string tail =
      "nr_periods " + decimal(periods) + "\nnr_throttled " + decimal(throttled) + "\n";
  if (version == 1) return tail + "throttled_time " + decimal(ns) + "\n";
  return "usage_usec " + decimal(used) + "\nuser_usec " + decimal(used) + "\nsystem_usec 0\n" +
         tail + "throttled_usec " + decimal(ns / 1000) + "\n";
}

std::string memory_stat(const Cgroup& cgroup, std::int32_t version) {
  const std::int64_t bytes =
      counter(cgroup, version == 2 ? "memory.current" : "memory.usage_in_bytes");
  return version == 2 ? "anon " + decimal(bytes) + "\nfile 0\n"
                      : "cache 0\nrss " + decimal(bytes) + "\n";
}

/// cgroup_print_ss_mask (kernel/cgroup/cgroup.c): none, not even an end of line.
std::string a_line(const std::string& words) { return words.empty() ? "" : words + "\n"; }

std::string computed(const World& world, const Task& viewer, const Cgroup& cgroup,
                     const CgroupFile& file) {
  const std::string_view name = file.name;
  if (name == "cgroup.procs") return members(world, viewer, cgroup, false);
  if (name == "cgroup.threads" || name == "tasks") return members(world, viewer, cgroup, true);
  if (name == "cgroup.controllers") return a_line(join(enabled_controllers(world, cgroup), " "));
  if (name == "cgroup.stat")
    return "nr_descendants " + decimal(cgroups_below(world, cgroup)) + "\nnr_dying_descendants 0\n";
  if (name == "cpu.stat") return cpu_stat(cgroup, file.version);
  if (name == "memory.stat") return memory_stat(cgroup, file.version);
  if (name == "memory.oom_control")
    return "oom_kill_disable 0\nunder_oom 0\noom_kill " +
           decimal(counter(cgroup, "memory.oom_control oom_kill")) + "\n";
  if (name == "cgroup.events") {
    const auto freeze = cgroup.limits.find("cgroup.freeze");
    const bool frozen = freeze != cgroup.limits.end() && freeze->second == "1";
    return std::string("populated ") + (populated(world, cgroup) ? "1" : "0") + "\nfrozen " +
           (frozen ? "1" : "0") + "\n";
  }
  return cpu_list(cpus_of_cgroup(world, cgroup)) + "\n";  // cpuset.cpus.effective
}

}  // namespace

std::string cgroup_content(const World& world, const Task& viewer, const CgroupPlace& place) {
  const CgroupFile* file = cgroup_file(world, *place.cgroup, place.file);
  if (file == nullptr) return {};
  switch (file->kind) {
    case CgroupFile::Kind::Limit:
      if (place.file == "cgroup.subtree_control") return a_line(limit_text(*place.cgroup, *file));
      [[fallthrough]];
    case CgroupFile::Kind::Bytes:
      return limit_text(*place.cgroup, *file) + "\n";
    case CgroupFile::Kind::Usage:
      return decimal(counter(*place.cgroup, place.file)) + "\n";
    case CgroupFile::Kind::Flat:
      return flat(*place.cgroup, *file);
    case CgroupFile::Kind::Computed:
      return computed(world, viewer, *place.cgroup, *file);
    case CgroupFile::Kind::Trigger:
      break;
  }
  return {};
}

}  // namespace cutaway
