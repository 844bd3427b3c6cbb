// One container: its processes, its eight tables, its limits, the layers under its root.
#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

std::vector<Fact> pid_entries(const World& world, const Namespace& ns) {
  std::vector<Fact> facts;
  world.tasks.each([&](const cutaway::Task& task) {
    const std::int32_t here = task.leader == task.id ? pid_in(world, task, ns.id) : 0;
    if (here == 0) return;
    facts.push_back({decimal(here), decimal(task.pid()) + " " + task.comm,
                     "task:" + decimal(task.pid()), false});
  });
  return facts;
}

std::vector<Fact> mount_entries(const World& world, const Namespace& ns) {
  std::vector<Fact> facts;
  for (const MountId id : mounts_of_ns(world, ns.id)) {
    const Mount* mount = world.mounts.find(id);
    const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
    if (fs == nullptr) continue;
    const bool read_only = (mount->flags & abi::ms::kRdonly) != 0;
    facts.push_back({mount->target.empty() ? "/" : short_ids(mount->target),
                     fs->type + (read_only ? ", read-only" : ""), "", false});
  }
  return facts;
}

std::vector<Fact> link_entries(const World& /*world*/, const Namespace& ns) {
  std::vector<Fact> facts;
  for (const Interface& link : ns.links) {
    const std::string address = link.addresses.empty() ? "" : link.addresses.front();
    facts.push_back({link.name,
                     address + (link.up           ? ""
                                : address.empty() ? "down"
                                                  : ", down"),
                     "", false});
  }
  return facts;
}

std::vector<Fact> name_entries(const World& /*world*/, const Namespace& ns) {
  return {{"", ns.hostname, "", false}};
}

std::vector<Fact> user_entries(const World& /*world*/, const Namespace& ns) {
  std::vector<Fact> facts;
  for (const IdMapping& map : ns.uid_map) {
    const std::string count = map.count == 1 ? "" : " (" + decimal(std::int64_t{map.count}) + ")";
    facts.push_back(
        {decimal(std::int64_t{map.inside}), decimal(std::int64_t{map.outside}) + count, "", false});
  }
  return facts;
}

std::vector<Fact> cgroup_entries(const World& world, const Namespace& ns) {
  const Cgroup* root = world.cgroups.find(ns.cgroup_root);
  if (root == nullptr) return {};
  return {{"", short_ids(root->path), "", false}};
}

std::vector<Fact> no_entries(const World& /*world*/, const Namespace& /*ns*/) { return {}; }

using Entries = std::vector<Fact> (*)(const World&, const Namespace&);
constexpr std::array<Entries, 8> kEntries = {pid_entries,    mount_entries, link_entries,
                                             name_entries,   no_entries,    user_entries,
                                             cgroup_entries, no_entries};

NsPart ns_part(const World& world, const cutaway::Task& task, const std::string& name,
               std::size_t i) {
  NsPart part;
  part.kind = ns_kind_name(kSpaceKinds[i]);
  part.holds = spec::Words::of()["lens.of." + part.kind].what;
  const Namespace* ns = world.namespaces.find(task.in(kSpaceKinds[i]));
  if (ns == nullptr) return part;
  part.number = ns_number(*ns);
  part.id = "node:" + name + "/" + part.kind;
  part.own = owns(world, task, kSpaceKinds[i]);
  // A shared table is the host's: it is told there.
  if (part.own) part.entries = kEntries[i](world, *ns);
  return part;
}

/// A limit by its file on cgroup v2 and on v1.
struct LimitRow {
  const char* title;
  const char* controller;
  const char* v2;
  const char* v1;
  const char* used_v2;
  const char* used_v1;
  bool bytes;
};
constexpr LimitRow kLimits[] = {
    {"Memory", "memory", "memory.max", "memory.limit_in_bytes", "memory.current",
     "memory.usage_in_bytes", true},
    {"CPU", "cpu", "cpu.max", "cpu.cfs_quota_us", "", "", false},
    {"Processes", "pids", "pids.max", "pids.max", "pids.current", "pids.current", false},
    {"CPU weight", "cpu", "cpu.weight", "cpu.shares", "", "", false},
    {"Which CPUs", "cpuset", "cpuset.cpus", "cpuset.cpus", "", "", false},
};

bool is_v1(const World& world, const Cgroup& cgroup) {
  const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
  return hierarchy != nullptr && hierarchy->version == 1;
}

std::string written_in(const World& world, const Cgroup& cgroup, const std::string& file) {
  const auto limit = cgroup.limits.find(file);
  if (limit != cgroup.limits.end()) return limit->second;
  const CgroupFile* known = cgroup_file(world, cgroup, file);
  return known == nullptr ? "" : std::string(known->initial);
}

void fill_gauge(LimitPart& part, const std::optional<Gauge>& gauge) {
  if (!gauge) return;
  part.used = gauge->label;
  part.share = gauge->used;
  part.limited = gauge->limited;
  part.full = gauge->full;
}

/// Members of the cgroup against the number that is written.
void fill_pids(LimitPart& part, const World& world, const Cgroup& cgroup) {
  const std::int64_t limit = cgroup_limit(cgroup, "pids.max");
  std::int64_t members = 0;
  world.tasks.each([&](const cutaway::Task& task) {
    const bool in =
        std::find(task.cgroups.begin(), task.cgroups.end(), cgroup.id) != task.cgroups.end();
    members += in && !task.zombie() ? 1 : 0;
  });
  part.limited = limit != kCgroupMax;
  part.used = decimal(members) + (part.limited ? " of " + decimal(limit) : "");
  const std::int64_t whole = part.limited ? limit : std::int64_t{4194304};  // kernel.pid_max
  part.share = whole == 0 ? 1 : static_cast<double>(members) / static_cast<double>(whole);
  part.full = part.limited && members >= limit;
}

std::vector<LimitPart> limits_of(const World& world, const cutaway::Container& container,
                                 const Container& model) {
  std::vector<LimitPart> parts;
  for (const LimitRow& row : kLimits) {
    const Cgroup* cgroup = cgroup_made_for(world, container, row.controller);
    if (cgroup == nullptr) continue;
    LimitPart part;
    part.title = row.title;
    part.file = is_v1(world, *cgroup) ? row.v1 : row.v2;
    part.id = "limit:" + model.actor.name + "/" + part.file;
    part.written = written_in(world, *cgroup, part.file);
    const std::string title = row.title;
    if (title == "Memory") fill_gauge(part, model.actor.memory);
    if (title == "CPU") fill_gauge(part, model.actor.cpu);
    if (title == "Processes") fill_pids(part, world, *cgroup);
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string others_on(const World& world, const cutaway::Container& mine,
                      const std::string& digest) {
  std::string letters;
  for (const cutaway::Container* other : containers_by_slot(world)) {
    const bool stands =
        std::find(other->layers.begin(), other->layers.end(), digest) != other->layers.end();
    if (stands && other->number != mine.number) letters += " " + slot_letter(other->slot);
  }
  return letters.empty() ? "read-only" : "read-only, also under" + letters;
}

std::vector<LayerPart> layer_parts(const World& world, const ShipModel& ship,
                                   const cutaway::Container& container) {
  std::vector<LayerPart> parts;
  for (const Top& top : ship.hardware.tops) {
    if (top.slot == container.slot)
      parts.push_back({top.id, "its own writable layer", "all that it changes", top.figure, true});
  }
  const std::string init = container.id + "-init";
  if (!container.upper.empty())
    parts.push_back({"", short_ids(init), "mount points for /etc/hosts and the like", "", false});
  for (auto digest = container.layers.rbegin(); digest != container.layers.rend(); ++digest) {
    const auto layer = world.layers->find(*digest);
    const std::string size = layer == world.layers->end() ? "" : size_words(layer->second.size);
    const bool top = digest == container.layers.rbegin();
    parts.push_back({"layer:" + layer_name(*digest),
                     top ? image_name(container.image) : layer_name(*digest),
                     others_on(world, container, *digest), size, false});
  }
  return parts;
}

}  // namespace

std::optional<ContainerCloseup> container_closeup(const World& world, const ShipModel& ship,
                                                  int slot) {
  const auto model = std::find_if(ship.containers.begin(), ship.containers.end(),
                                  [slot](const Container& c) { return c.actor.slot == slot; });
  const cutaway::Container* container = nullptr;
  for (const cutaway::Container* each : containers_by_slot(world)) {
    if (each->slot == slot) container = each;
  }
  if (model == ship.containers.end() || container == nullptr) return std::nullopt;
  ContainerCloseup closeup;
  closeup.slot = slot;
  closeup.name = model->actor.name;
  closeup.image = model->image;
  closeup.state = model->state;
  closeup.tasks = model->tasks;
  const cutaway::Task* task = first_alive(world, container->number);
  for (std::size_t i = 0; i < kSpaceKinds.size(); ++i) {
    closeup.namespaces[i].kind = ns_kind_name(kSpaceKinds[i]);
    if (task != nullptr) closeup.namespaces[i] = ns_part(world, *task, closeup.name, i);
  }
  const Cgroup* cgroup = cgroup_made_for(world, *container, "memory");
  if (cgroup != nullptr) closeup.cgroup = short_ids(cgroup->path);
  closeup.limits = limits_of(world, *container, *model);
  closeup.layers = layer_parts(world, ship, *container);
  return closeup;
}

}  // namespace cutaway::viz
