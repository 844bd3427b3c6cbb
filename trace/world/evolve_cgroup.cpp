// cgroups(7): the tree, its members, limits and counters.
#include <utility>

#include "base/text.h"
#include "trace/world/charges.h"
#include "trace/world/evolve_parts.h"

namespace cutaway {
namespace {

bool version_two(const World& world, CgroupId id) {
  const Cgroup* cgroup = world.cgroups.find(id);
  const Hierarchy* hierarchy =
      cgroup == nullptr ? nullptr : world.hierarchies.find(cgroup->hierarchy);
  return hierarchy == nullptr || hierarchy->version == 2;
}

/// Files that keep the most there ever was.
constexpr struct {
  const char* file;
  const char* peak;
} kPeaks[] = {{"memory.current", "memory.peak"},
              {"memory.usage_in_bytes", "memory.max_usage_in_bytes"},
              {"pids.current", "pids.peak"}};

/// A counter within a flat-keyed file is kept as "file key" ("cpu.stat nr_throttled").
void count(World& world, CgroupId id, const std::string& counter, std::int64_t by = 1) {
  if (world.cgroups.contains(id)) world.cgroups.mutate(id).usage[counter] += by;
}

/// memory.events counts what happened here and in all that is below, memory.events.local what
/// happened here (cgroup-v2.rst). The root has neither.
void count_memory_event(World& world, CgroupId id, const std::string& key) {
  count(world, id, "memory.events.local " + key);
  for (const Cgroup* at = world.cgroups.find(id); at != nullptr && at->parent;) {
    const CgroupId here = at->id, above = at->parent;
    count(world, here, "memory.events " + key);
    at = world.cgroups.find(above);
  }
}

/// What devices.list says after a write to devices.allow or devices.deny (cgroup-v1/devices.rst):
/// "a" stands for everything, else it is a list of rules.
void change_devices(std::map<std::string, std::string>& limits, const std::string& rule,
                    bool allow) {
  const auto before = limits.find("devices.list");
  const std::string everything = "a *:* rwm";
  const std::string old = before == limits.end() ? everything : before->second;
  std::string& list = limits["devices.list"];
  list.clear();
  if (!rule.empty() && rule[0] == 'a') {
    if (allow) list = everything;
    return;
  }
  for (const std::string& line : split(old, '\n')) {
    if (!line.empty() && line != rule) list += (list.empty() ? "" : "\n") + line;
  }
  if (allow && old != everything) list += (list.empty() ? "" : "\n") + rule;
}

}  // namespace

void evolve_body(World& world, const Stamp&, const CgroupCreated& body) {
  note_id(world.counters.cgroup, body.id);
  note_id(world.counters.hierarchy, body.hierarchy);
  if (!body.id || world.cgroups.contains(body.id)) return;
  Cgroup cgroup;
  cgroup.id = body.id;
  cgroup.hierarchy = body.hierarchy;
  cgroup.parent = body.parent;
  cgroup.path = body.path;
  cgroup.uid = body.uid;
  cgroup.gid = body.gid;
  world.cgroups.put(body.id, std::move(cgroup));
}

void evolve_body(World& world, const Stamp&, const CgroupAttributesSet& body) {
  if (world.cgroups.contains(body.id))
    world.cgroups.mutate(body.id).attributes[body.file] = {body.mode, body.uid, body.gid};
}

void evolve_body(World& world, const Stamp&, const CgroupLimited& body) {
  if (!world.cgroups.contains(body.id)) return;
  std::map<std::string, std::string>& limits = world.cgroups.mutate(body.id).limits;
  if (body.file == "devices.allow" || body.file == "devices.deny")
    change_devices(limits, body.value, body.file == "devices.allow");
  else
    limits[body.file] = body.value;
}

void evolve_body(World& world, const Stamp&, const CgroupAttached& body) {
  const Cgroup* joined = world.cgroups.find(body.id);
  if (joined == nullptr || !world.tasks.contains(body.member)) return;
  const HierarchyId hierarchy = joined->hierarchy;
  Task& task = world.tasks.mutate(body.member);
  if (task.zombie()) return;
  bool moved = false;
  for (CgroupId& mine : task.cgroups) {
    const Cgroup* old = world.cgroups.find(mine);
    if (old == nullptr || old->hierarchy != hierarchy) continue;
    --world.cgroups.mutate(mine).tasks;
    mine = body.id;
    moved = true;
  }
  if (!moved) task.cgroups.push_back(body.id);
  ++world.cgroups.mutate(body.id).tasks;
}

void evolve_body(World& world, const Stamp&, const CgroupUsage& body) {
  if (!world.cgroups.contains(body.id)) return;
  std::map<std::string, std::int64_t>& usage = world.cgroups.mutate(body.id).usage;
  usage[body.file] = body.value;
  for (const auto& row : kPeaks) {
    if (body.file == row.file) usage[row.peak] = std::max(usage[row.peak], body.value);
  }
}

void evolve_body(World& world, const Stamp&, const CgroupThrottled& body) {
  count(world, body.id, "cpu.stat nr_throttled");
  count(world, body.id, "cpu.stat throttled_ns", body.to - body.from);
}

void evolve_body(World& world, const Stamp&, const CgroupOom& body) {
  if (!version_two(world, body.id)) {
    count(world, body.id, "memory.oom_control oom_kill");
    return;
  }
  // The limit is that of `id`; who ends may be in a cgroup below (mm/memcontrol.c).
  const Task* victim = world.tasks.find(body.victim);
  const CgroupId killed = victim == nullptr ? CgroupId{} : memory_cgroup(world, *victim);
  count_memory_event(world, body.id, "oom");
  count_memory_event(world, killed ? killed : body.id, "oom_kill");
}

void evolve_body(World& world, const Stamp&, const CgroupRefused& body) {
  if (body.controller == "pids") count(world, body.id, "pids.events max");
  if (body.controller != "memory") return;
  if (version_two(world, body.id))
    count_memory_event(world, body.id, "max");
  else
    count(world, body.id, "memory.failcnt");
}

void evolve_body(World& world, const Stamp&, const CgroupRemoved& body) {
  const Cgroup* gone = world.cgroups.find(body.id);
  if (gone == nullptr) return;
  // A zombie may still count here; its parent cgroup goes on counting it.
  const CgroupId parent = gone->parent;
  std::vector<TaskId> dead;
  world.tasks.each([&dead, &body](const Task& task) {
    for (const CgroupId id : task.cgroups) {
      if (id == body.id) dead.push_back(task.id);
    }
  });
  for (const TaskId id : dead) {
    for (CgroupId& mine : world.tasks.mutate(id).cgroups) {
      if (mine == body.id) mine = parent;
    }
    if (!world.tasks.at(id).zombie() && world.cgroups.contains(parent))
      ++world.cgroups.mutate(parent).tasks;
  }
  world.cgroups.erase(body.id);
}

}  // namespace cutaway
