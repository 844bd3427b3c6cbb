#include "trace/world/cgroup_files.h"

#include <iterator>

#include "base/text.h"

namespace cutaway {
namespace {

using Where = CgroupFile::Where;
using Kind = CgroupFile::Kind;

constexpr CgroupFile kFiles[] = {
    // v2, of every cgroup
    {2, "", "cgroup.controllers", Where::Everywhere, 0444, Kind::Computed, ""},
    {2, "", "cgroup.events", Where::NotRoot, 0444, Kind::Computed, ""},
    {2, "", "cgroup.freeze", Where::NotRoot, 0644, Kind::Limit, "0"},
    {2, "", "cgroup.kill", Where::NotRoot, 0200, Kind::Trigger, ""},
    {2, "", "cgroup.max.depth", Where::Everywhere, 0644, Kind::Limit, "max"},
    {2, "", "cgroup.max.descendants", Where::Everywhere, 0644, Kind::Limit, "max"},
    {2, "", "cgroup.procs", Where::Everywhere, 0644, Kind::Computed, ""},
    {2, "", "cgroup.stat", Where::Everywhere, 0444, Kind::Computed, ""},
    {2, "", "cgroup.subtree_control", Where::Everywhere, 0644, Kind::Limit, ""},
    {2, "", "cgroup.threads", Where::Everywhere, 0644, Kind::Computed, ""},
    {2, "", "cgroup.type", Where::NotRoot, 0644, Kind::Limit, "domain"},
    {2, "", "cpu.stat", Where::Everywhere, 0444, Kind::Computed, ""},
    // v2, by controller
    {2, "cpu", "cpu.max", Where::NotRoot, 0644, Kind::Limit, "max 100000"},
    {2, "cpu", "cpu.weight", Where::NotRoot, 0644, Kind::Limit, "100"},
    {2, "cpu", "cpu.weight.nice", Where::NotRoot, 0644, Kind::Limit, "0"},
    {2, "cpuset", "cpuset.cpus", Where::NotRoot, 0644, Kind::Limit, ""},
    {2, "cpuset", "cpuset.cpus.effective", Where::Everywhere, 0444, Kind::Computed, ""},
    {2, "cpuset", "cpuset.mems", Where::NotRoot, 0644, Kind::Limit, ""},
    {2, "cpuset", "cpuset.mems.effective", Where::Everywhere, 0444, Kind::Limit, "0"},
    {2, "io", "io.max", Where::NotRoot, 0644, Kind::Limit, ""},
    {2, "io", "io.stat", Where::Everywhere, 0444, Kind::Flat, ""},
    {2, "io", "io.weight", Where::NotRoot, 0644, Kind::Limit, "default 100"},
    {2, "memory", "memory.current", Where::NotRoot, 0444, Kind::Usage, ""},
    {2, "memory", "memory.events", Where::NotRoot, 0444, Kind::Flat,
     "low high max oom oom_kill oom_group_kill"},
    {2, "memory", "memory.events.local", Where::NotRoot, 0444, Kind::Flat,
     "low high max oom oom_kill oom_group_kill"},
    {2, "memory", "memory.high", Where::NotRoot, 0644, Kind::Bytes, "max"},
    {2, "memory", "memory.low", Where::NotRoot, 0644, Kind::Bytes, "0"},
    {2, "memory", "memory.max", Where::NotRoot, 0644, Kind::Bytes, "max"},
    {2, "memory", "memory.min", Where::NotRoot, 0644, Kind::Bytes, "0"},
    {2, "memory", "memory.oom.group", Where::NotRoot, 0644, Kind::Limit, "0"},
    {2, "memory", "memory.peak", Where::NotRoot, 0644, Kind::Usage, ""},
    {2, "memory", "memory.reclaim", Where::Everywhere, 0200, Kind::Trigger, ""},
    {2, "memory", "memory.stat", Where::Everywhere, 0444, Kind::Computed, ""},
    {2, "memory", "memory.swap.current", Where::NotRoot, 0444, Kind::Usage, ""},
    {2, "memory", "memory.swap.max", Where::NotRoot, 0644, Kind::Bytes, "max"},
    {2, "pids", "pids.current", Where::NotRoot, 0444, Kind::Usage, ""},
    {2, "pids", "pids.events", Where::NotRoot, 0444, Kind::Flat, "max"},
    {2, "pids", "pids.max", Where::NotRoot, 0644, Kind::Limit, "max"},
    {2, "pids", "pids.peak", Where::NotRoot, 0444, Kind::Usage, ""},
    // v1, of every cgroup
    {1, "", "cgroup.clone_children", Where::Everywhere, 0644, Kind::Limit, "0"},
    {1, "", "cgroup.procs", Where::Everywhere, 0644, Kind::Computed, ""},
    {1, "", "cgroup.sane_behavior", Where::RootOnly, 0444, Kind::Limit, "0"},
    {1, "", "notify_on_release", Where::Everywhere, 0644, Kind::Limit, "0"},
    {1, "", "release_agent", Where::RootOnly, 0644, Kind::Limit, ""},
    {1, "", "tasks", Where::Everywhere, 0644, Kind::Computed, ""},
    // v1, by controller
    {1, "blkio", "blkio.throttle.io_service_bytes", Where::Everywhere, 0444, Kind::Limit,
     "Total 0"},
    {1, "blkio", "blkio.throttle.read_bps_device", Where::Everywhere, 0644, Kind::Limit, ""},
    {1, "blkio", "blkio.throttle.write_bps_device", Where::Everywhere, 0644, Kind::Limit, ""},
    {1, "cpu", "cpu.cfs_period_us", Where::NotRoot, 0644, Kind::Limit, "100000"},
    {1, "cpu", "cpu.cfs_quota_us", Where::NotRoot, 0644, Kind::Limit, "-1"},
    {1, "cpu", "cpu.shares", Where::Everywhere, 0644, Kind::Limit, "1024"},
    {1, "cpu", "cpu.stat", Where::NotRoot, 0444, Kind::Computed, ""},
    {1, "cpuacct", "cpuacct.usage", Where::Everywhere, 0644, Kind::Usage, ""},
    {1, "cpuset", "cpuset.cpus", Where::Everywhere, 0644, Kind::Limit, ""},
    {1, "cpuset", "cpuset.effective_cpus", Where::Everywhere, 0444, Kind::Computed, ""},
    {1, "cpuset", "cpuset.mems", Where::Everywhere, 0644, Kind::Limit, ""},
    {1, "devices", "devices.allow", Where::Everywhere, 0200, Kind::Trigger, ""},
    {1, "devices", "devices.deny", Where::Everywhere, 0200, Kind::Trigger, ""},
    {1, "devices", "devices.list", Where::Everywhere, 0444, Kind::Limit, "a *:* rwm"},
    {1, "freezer", "freezer.parent_freezing", Where::NotRoot, 0444, Kind::Limit, "0"},
    {1, "freezer", "freezer.self_freezing", Where::NotRoot, 0444, Kind::Limit, "0"},
    {1, "freezer", "freezer.state", Where::NotRoot, 0644, Kind::Limit, "THAWED"},
    {1, "memory", "memory.failcnt", Where::Everywhere, 0644, Kind::Usage, ""},
    {1, "memory", "memory.force_empty", Where::NotRoot, 0200, Kind::Trigger, ""},
    {1, "memory", "memory.kmem.limit_in_bytes", Where::Everywhere, 0644, Kind::Bytes, "-1"},
    {1, "memory", "memory.kmem.usage_in_bytes", Where::Everywhere, 0444, Kind::Usage, ""},
    {1, "memory", "memory.limit_in_bytes", Where::Everywhere, 0644, Kind::Bytes, "-1"},
    {1, "memory", "memory.max_usage_in_bytes", Where::Everywhere, 0644, Kind::Usage, ""},
    {1, "memory", "memory.memsw.limit_in_bytes", Where::Everywhere, 0644, Kind::Bytes, "-1"},
    {1, "memory", "memory.memsw.usage_in_bytes", Where::Everywhere, 0444, Kind::Usage, ""},
    {1, "memory", "memory.oom_control", Where::NotRoot, 0644, Kind::Computed, ""},
    {1, "memory", "memory.soft_limit_in_bytes", Where::Everywhere, 0644, Kind::Bytes, "-1"},
    {1, "memory", "memory.stat", Where::Everywhere, 0444, Kind::Computed, ""},
    {1, "memory", "memory.swappiness", Where::Everywhere, 0644, Kind::Limit, "60"},
    {1, "memory", "memory.usage_in_bytes", Where::Everywhere, 0444, Kind::Usage, ""},
    {1, "memory", "memory.use_hierarchy", Where::Everywhere, 0644, Kind::Limit, "1"},
    {1, "net_cls", "net_cls.classid", Where::Everywhere, 0644, Kind::Limit, "0"},
    {1, "pids", "pids.current", Where::NotRoot, 0444, Kind::Usage, ""},
    {1, "pids", "pids.events", Where::NotRoot, 0444, Kind::Flat, "max"},
    {1, "pids", "pids.max", Where::NotRoot, 0644, Kind::Limit, "max"},
};

}  // namespace

CgroupFiles cgroup_files() { return CgroupFiles{std::begin(kFiles), std::end(kFiles)}; }

const CgroupFile* cgroup_file(const World& world, const Cgroup& cgroup, std::string_view name) {
  const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
  const std::int32_t version = hierarchy == nullptr ? 2 : hierarchy->version;
  for (const CgroupFile& file : kFiles) {
    if (file.version == version && file.name == name) return &file;
  }
  return nullptr;
}

bool parse_cgroup_bytes(std::string_view text, std::int64_t& bytes) {
  text = trim(text);
  if (text == "max" || text == "-1") {
    bytes = kCgroupMax;
    return true;
  }
  int shift = 0;
  if (!text.empty()) {
    const char last = text.back();
    shift = last == 'k' || last == 'K'   ? 10
            : last == 'm' || last == 'M' ? 20
            : last == 'g' || last == 'G' ? 30
                                         : 0;
    if (shift != 0) text.remove_suffix(1);
  }
  if (!parse_decimal(text, bytes) || bytes < 0) return false;
  bytes = bytes > (kCgroupMax >> shift) ? kCgroupMax : bytes << shift;
  return true;
}

std::int64_t cgroups_below(const World& world, const Cgroup& cgroup) {
  std::int64_t count = 0;
  world.cgroups.each([&](const Cgroup& child) {
    if (child.parent == cgroup.id) count += 1 + cgroups_below(world, child);
  });
  return count;
}

std::int64_t cgroup_limit(const Cgroup& cgroup, std::string_view file) {
  const auto written = cgroup.limits.find(std::string(file));
  std::int64_t value = kCgroupMax;
  if (written == cgroup.limits.end() || !parse_cgroup_bytes(written->second, value))
    return kCgroupMax;
  return value;
}

}  // namespace cutaway
