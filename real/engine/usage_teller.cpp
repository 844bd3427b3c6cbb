#include "real/engine/usage_teller.h"

#include <algorithm>

#include "real/engine/cgroups.h"

namespace cutaway::real {

namespace {

/// Names are those of the World (trace/world/cgroup_files.cpp).
struct MeterRow {
  std::int64_t CgroupUsage::*value;
  const char* controller_v1;
  const char* file_v1;
  const char* controller_v2;
  const char* file_v2;
  std::int64_t divisor_v2;
};
constexpr MeterRow kMeters[] = {
    {&CgroupUsage::memory_bytes, "memory", "memory.usage_in_bytes", "memory", "memory.current", 1},
    {&CgroupUsage::cpu_ns, "cpuacct", "cpuacct.usage", "cpu", "cpu.stat usage_usec", 1000},
    {&CgroupUsage::throttled, "cpu", "cpu.stat nr_throttled", "cpu", "cpu.stat nr_throttled", 1},
};

const Cgroup* cgroup_of_container(const World& world, const std::string& id,
                                  const std::string& controller) {
  const std::string path = std::string(kCgroupFolder) + "/" + id;
  return world.cgroups.first([&](const Cgroup& cgroup) {
    const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
    if (cgroup.path != path || hierarchy == nullptr) return false;
    const auto& all = hierarchy->controllers;
    return std::find(all.begin(), all.end(), controller) != all.end();
  });
}

}  // namespace

UsageTeller::UsageTeller(Machine& machine, const std::string& id) : machine_(machine), id_(id) {
  const auto driver = cgroup_driver();
  if (!driver || machine.story == nullptr) return;
  version_ = driver->host().plan_version();
  auto meter = driver->meter(id);
  if (meter) meter_ = std::move(*meter);  // it may have ended by now
}

void UsageTeller::look() {
  if (!meter_) return;
  const CgroupUsage usage = meter_->sample();
  const World world = machine_.story->world();
  for (const MeterRow& row : kMeters) {
    std::int64_t value = usage.*(row.value);
    if (value < 0) continue;
    if (version_ == 2) value /= row.divisor_v2;
    const std::string file = version_ == 2 ? row.file_v2 : row.file_v1;
    const std::string controller = version_ == 2 ? row.controller_v2 : row.controller_v1;
    const Cgroup* cgroup = cgroup_of_container(world, id_, controller);
    if (cgroup == nullptr || told_[file] == value) continue;
    told_[file] = value;
    cutaway::CgroupUsage told;
    told.id = cgroup->id;
    told.path = cgroup->path;
    told.controller = controller;
    told.file = file;
    told.value = value;
    machine_.story->tell_read("work", machine_.story->number_of(id_), told);
  }
}

}  // namespace cutaway::real
