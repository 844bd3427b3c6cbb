// Who had a cpu lately: from "on" and "off" of tasks within a window of time.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/cpus.h"
#include "viz/player/event_class.h"
#include "viz/player/step_index.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kCpuLookBack = 65536;  // events; a task may be on a cpu for long
constexpr double kTooThin = 0.004;           // of a lane: slices nearer than this are one
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kPeriodsNs = 250'000'000;  // two and a half of docker's periods of 100 ms

bool lives_inside(Role role) {
  return role == Role::Init || role == Role::Workload || role == Role::Exec;
}

int slot_of(const World& world, ContainerId id) {
  const cutaway::Container* container = world.containers.find(id);
  return container == nullptr ? kHostSlot : container->slot;
}

// The last event of [from, end) of one of these kinds; kNotFound.
std::size_t last_of(const Past& past, std::size_t from, std::size_t end, const BodySet& kinds) {
  const auto any = [](std::size_t) { return true; };
  if (past.index != nullptr) {
    return past.index->kinds().last_before(past.trace, end, kinds, any, from);
  }
  for (std::size_t n = end; n > from; --n) {
    if (kinds.test(past.trace.record(n - 1).body)) return n - 1;
  }
  return kNotFound;
}

// The event that tells where a task that is gone lived: its last role, or its birth.
int slot_of_the_gone(const Past& past, const World& world, TaskId task) {
  static const BodySet kTells = bodies<TaskRoleSet, TaskForked>();
  for (std::size_t n = last_of(past, 0, past.position, kTells); n != kNotFound;
       n = last_of(past, 0, n, kTells)) {
    const Record& record = past.trace.record(n);
    if (is<TaskRoleSet>(record)) {
      if (record.task != task.value) continue;
      const bool inside = lives_inside(std::get<TaskRoleSet>(past.trace.event(n).body).role);
      return inside ? slot_of(world, ContainerId(record.container)) : kHostSlot;
    }
    if (std::get<TaskForked>(past.trace.event(n).body).child != task) continue;
    return slot_of_task({past.trace, past.index, n}, world, TaskId(record.task));
  }
  return kHostSlot;
}

struct CpuReader {
  const Past& past;
  const World& world;
  std::int64_t from;                    ///< of the window
  std::map<TaskId, std::int64_t> open;  ///< tasks whose "on" is still to be found, and their end
  std::map<TaskId, int> slots;
  std::vector<CpuUse> uses;
  std::vector<CpuUse> waits;  ///< throttled; on which cpus is still to be found

  int slot(std::size_t position, TaskId task) {
    const auto known = slots.find(task);
    if (known != slots.end()) return known->second;
    return slots[task] = slot_of_task({past.trace, past.index, position}, world, task);
  }
  void read(std::size_t n) {
    const Record& record = past.trace.record(n);
    const TaskId task(record.task);
    if (is<CgroupThrottled>(record)) {
      const auto wait = std::get<CgroupThrottled>(past.trace.event(n).body);
      const ContainerId home(record.container);
      const int whose = home ? slot_of(world, home) : slot(n, task);
      if (wait.to > from) waits.push_back({0, std::max(wait.from, from), wait.to, whose, true});
    }
    if (is<TaskOff>(record) && record.t > from) open.emplace(task, record.t);
    if (!is<TaskOn>(record)) return;
    const auto end = open.find(task);
    if (end == open.end()) return;
    const std::int32_t cpu = std::get<TaskOn>(past.trace.event(n).body).cpu;
    if (end->second > std::max(record.t, from)) {
      uses.push_back({cpu, std::max(record.t, from), end->second, slot(n, task)});
    }
    open.erase(end);
  }
};

/// Where the throttled one ran before, or will run: the cpus whose use ends or begins there.
std::vector<std::int32_t> cpus_near(const std::vector<CpuUse>& uses, const CpuUse& wait) {
  std::vector<std::int32_t> cpus;
  for (const CpuUse& use : uses) {
    const bool near = use.to == wait.from || use.from == wait.to;
    const bool known = std::find(cpus.begin(), cpus.end(), use.cpu) != cpus.end();
    if (use.slot == wait.slot && near && !known) cpus.push_back(use.cpu);
  }
  return cpus;
}

/// A wait as far as nobody else had that cpu. `uses` are in order.
void add_wait(const std::vector<CpuUse>& uses, const CpuUse& wait, std::vector<CpuUse>& added) {
  for (const std::int32_t cpu : cpus_near(uses, wait)) {
    CpuUse piece = wait;
    piece.cpu = cpu;
    for (const CpuUse& use : uses) {
      if (use.cpu != cpu || use.to <= piece.from || use.from >= wait.to) continue;
      if (use.from > piece.from) added.push_back({cpu, piece.from, use.from, wait.slot, true});
      piece.from = use.to;
    }
    if (piece.from < wait.to) added.push_back(piece);
  }
}

void put_in_order(std::vector<CpuUse>& uses) {
  std::stable_sort(uses.begin(), uses.end(), [](const CpuUse& a, const CpuUse& b) {
    return a.cpu != b.cpu ? a.cpu < b.cpu : a.from < b.from;
  });
}

std::int64_t used_by(const Picture& picture, int slot) {
  std::int64_t used = 0;
  for (const CpuUse& use : picture.cpu) {
    if (use.slot == slot && !use.throttled) used += use.to - use.from;
  }
  return used;
}

// In millionths of a cpu; 0: no limit.
std::int64_t cpu_limit_ppm(const Cgroup& cgroup) {
  const CpuQuota limit = cpu_quota(cgroup);
  return limit.period_us > 0 ? limit.quota_us * kMillion / limit.period_us : 0;
}

bool throttled_now(const Picture& picture, const Cgroup& cgroup) {
  if (!picture.now) return false;
  const auto* throttled = std::get_if<CgroupThrottled>(&picture.now->event.body);
  return throttled != nullptr && throttled->id == cgroup.id;
}

}  // namespace

int slot_of_task(const Past& past, const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  if (task == nullptr) return slot_of_the_gone(past, world, id);
  const cutaway::Container* home = home_of(world, *task);
  return home == nullptr ? kHostSlot : home->slot;
}

std::vector<CpuUse> cpu_lately(const Past& past, const World& world, std::int64_t window_ns) {
  static const BodySet kTells = bodies<TaskOn, TaskOff, CgroupThrottled>();
  CpuReader reader{past, world, world.now - window_ns, {}, {}, {}, {}};
  world.tasks.each([&reader, &world](const cutaway::Task& task) {
    if (task.cpu >= 0) reader.open.emplace(task.id, world.now);
  });
  const std::size_t stop = past.position > kCpuLookBack ? past.position - kCpuLookBack : 0;
  for (std::size_t n = last_of(past, stop, past.position, kTells); n != kNotFound;
       n = last_of(past, stop, n, kTells)) {
    if (past.trace.record(n).t <= reader.from && reader.open.empty()) break;
    reader.read(n);
  }
  put_in_order(reader.uses);
  std::vector<CpuUse> held_back;
  for (const CpuUse& wait : reader.waits) add_wait(reader.uses, wait, held_back);
  reader.uses.insert(reader.uses.end(), held_back.begin(), held_back.end());
  put_in_order(reader.uses);
  return reader.uses;
}

std::int64_t cpu_window(const Past& past, const World& world, std::int64_t usual) {
  static const BodySet kTells = bodies<CgroupThrottled>();
  const std::size_t stop = past.position > kCpuLookBack ? past.position - kCpuLookBack : 0;
  const std::size_t last = last_of(past, stop, past.position, kTells);
  const bool lately = last != kNotFound && past.trace.record(last).t > world.now - kPeriodsNs;
  return lately ? std::max(usual, kPeriodsNs) : usual;
}

std::optional<Gauge> cpu_gauge(const Picture& picture, const cutaway::Container* container) {
  if (!picture.census.knows_cpus()) return std::nullopt;
  const Cgroup* cgroup = container == nullptr
                             ? nullptr
                             : cgroup_made_for(picture.world, *container,
                                               picture.census.first_alive(*container), "cpu");
  if (container != nullptr && cgroup == nullptr) return std::nullopt;
  const std::int64_t used = used_by(picture, container == nullptr ? kHostSlot : container->slot);
  const std::int64_t ppm = used * kMillion / picture.cpu_window_ns;
  Gauge gauge;
  gauge.label = cpu_words(ppm) + " cpu";
  const std::int64_t limit = cgroup == nullptr ? 0 : cpu_limit_ppm(*cgroup);
  const std::int64_t machine = std::max<std::int64_t>(picture.world.machine.cpus, 1) * kMillion;
  gauge.used = static_cast<double>(ppm) / static_cast<double>(limit > 0 ? limit : machine);
  gauge.used = std::clamp(gauge.used, 0.0, 1.0);
  if (limit == 0) return gauge;
  gauge.limited = true;
  gauge.label = cpu_words(ppm) + " of " + cpu_limit_words(limit);
  gauge.full = throttled_now(picture, *cgroup);
  return gauge;
}

std::vector<std::vector<CpuSlice>> cpu_lanes(const Picture& picture) {
  if (!picture.census.knows_cpus()) return {};
  std::vector<std::vector<CpuSlice>> lanes(
      static_cast<std::size_t>(std::max<std::int64_t>(picture.world.machine.cpus, 1)));
  const auto window = static_cast<double>(picture.cpu_window_ns);
  const std::int64_t start = picture.world.now - picture.cpu_window_ns;
  for (const CpuUse& use : picture.cpu) {
    if (use.cpu < 0 || static_cast<std::size_t>(use.cpu) >= lanes.size()) continue;
    std::vector<CpuSlice>& lane = lanes[static_cast<std::size_t>(use.cpu)];
    const double from = static_cast<double>(use.from - start) / window;
    const double to = static_cast<double>(use.to - start) / window;
    const bool joins = !lane.empty() && lane.back().slot == use.slot &&
                       lane.back().throttled == use.throttled && from - lane.back().to < kTooThin;
    if (joins)
      lane.back().to = to;
    else
      lane.push_back({from, to, use.slot, use.throttled});
  }
  return lanes;
}

}  // namespace cutaway::viz
