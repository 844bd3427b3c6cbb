// A limit that is written below what is used (Documentation/admin-guide/cgroup-v2.rst, memory.max):
// the kernel gives back what it can, and then ends members until the rest fits. The writer waits
// for that. Here nothing can be given back: pages of files are not cached, and there is no swap.
// On v1 such a write fails instead (cgroup-v1/memory.rst, EBUSY): see virtual_write.cpp. A page
// that is touched when the limit is reached leads to the same end, on both.
#include <algorithm>
#include <utility>

#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int32_t kNever = -1000;  // oom_score_adj of whom nobody may choose (proc(5))

std::string hierarchy_of(const Cgroup& cgroup) {
  return cgroup.usage.count("memory.current") != 0 ? "unified" : "memory";
}

std::int64_t pages_of(const World& world, const Task& task) {
  const AddressSpace* space = world.address_spaces.find(task.memory);
  return space == nullptr ? 0 : space->pages;
}

/// mm/oom_kill.c, oom_badness: what it has touched, and its oom_score_adj thousandths of all there
/// is.
std::int64_t badness(const World& world, const Task& task, std::int64_t limit_pages) {
  return pages_of(world, task) + task.oom_score_adj * limit_pages / 1000;
}

/// Whom the kernel would end next; none: there is nobody (any more).
const Task* victim(const World& world, const Cgroup& cgroup, const std::vector<TaskId>& chosen) {
  const Task* worst = nullptr;
  const std::int64_t limit_pages = memory_limit(cgroup) / kPageBytes;
  world.tasks.each([&](const Task& task) {
    const bool may = task.leader == task.id && !task.zombie() && task.oom_score_adj > kNever &&
                     std::find(chosen.begin(), chosen.end(), task.id) == chosen.end();
    if (!may || !is_within(world, memory_cgroup(world, task), cgroup.id)) return;
    if (worst == nullptr || badness(world, task, limit_pages) > badness(world, *worst, limit_pages))
      worst = &task;
  });
  return worst;
}

/// The highest cgroup from the victim's up to that of the limit that ends as a whole
/// (mem_cgroup_get_oom_group in mm/memcontrol.c); none: the victim alone.
CgroupId oom_group(const World& world, const Task& victim, CgroupId limited) {
  CgroupId group;
  CgroupId id = memory_cgroup(world, victim);
  while (const Cgroup* at = world.cgroups.find(id)) {
    const auto written = at->limits.find("memory.oom.group");
    if (written != at->limits.end() && written->second == "1") group = id;
    if (id == limited) break;
    id = at->parent;
  }
  return group;
}

}  // namespace

/// One more in memory.events of a cgroup and of all above it.
void Kernel::Impl::count_memory_event(TaskId subject, CgroupId id, const std::string& key,
                                      EventIndex cause) {
  for (const char* file : {"memory.events.local ", "memory.events "}) {
    CgroupId at = id;
    while (const Cgroup* cgroup = world().cgroups.find(at)) {
      if (!cgroup->parent) break;
      at = cgroup->parent;
      const auto before = cgroup->usage.find(file + key);
      const std::int64_t count = before == cgroup->usage.end() ? 0 : before->second;
      emit(subject, CgroupUsage{cgroup->id, cgroup->path, "unified", file + key, count + 1}, cause);
      if (file == std::string_view("memory.events.local ")) break;
    }
  }
}

/// Who is in there ends together, but for those that nobody may choose.
void Kernel::Impl::end_group(CgroupId group, TaskId victim, EventIndex cause) {
  std::vector<TaskId> members;
  world().tasks.each([&](const Task& task) {
    const bool may = task.leader == task.id && !task.zombie() && task.oom_score_adj > kNever;
    if (may && task.id != victim && is_within(world(), memory_cgroup(world(), task), group))
      members.push_back(task.id);
  });
  count_memory_event(victim, group, "oom_group_kill", cause);
  for (const TaskId member : members) {
    count_memory_event(member, memory_cgroup(world(), world().tasks.at(member)), "oom_kill", cause);
    Sink sink(*this, cause);
    signal_effects(TaskId{}, member, abi::sig::kKill, "out of memory", sink);
  }
}

/// What it holds more than it may.
void Kernel::Impl::enforce_memory(CgroupId id, EventIndex cause) {
  const Cgroup* cgroup = world().cgroups.find(id);
  if (cgroup != nullptr) end_members(id, memory_usage(*cgroup) - memory_limit(*cgroup), cause);
}

/// What an execve needed at once may have been too much.
void Kernel::Impl::enforce_memory_of(TaskId id) {
  const Task* task = world().tasks.find(id);
  CgroupId at = task == nullptr ? CgroupId{} : memory_cgroup(world(), *task);
  while (const Cgroup* cgroup = world().cgroups.find(at)) {
    at = cgroup->parent;
    enforce_memory(cgroup->id, kNoEvent);
  }
}

/// One after another, the worst first, until what they hold makes `over` bytes.
void Kernel::Impl::end_members(CgroupId id, std::int64_t over, EventIndex cause) {
  std::vector<TaskId> chosen;
  while (over > 0) {
    const Cgroup* cgroup = world().cgroups.find(id);
    const Task* ends = victim(world(), *cgroup, chosen);
    if (ends == nullptr) return;
    const TaskId task = ends->id;
    over -= pages_of(world(), *ends) * kPageBytes;
    chosen.push_back(task);
    const CgroupId group = oom_group(world(), *ends, id);
    const EventIndex oom =
        emit(task, CgroupOom{id, cgroup->path, hierarchy_of(*cgroup), task}, cause);
    Sink sink(*this, oom);
    signal_effects(TaskId{}, task, abi::sig::kKill, "out of memory", sink);
    if (group) return end_group(group, task, oom);
  }
}

/// No page more finds room there (try_charge_memcg in mm/memcontrol.c): nothing can be given back,
/// so one member ends; who needs more asks again.
void Kernel::Impl::memory_is_full(TaskId id, CgroupId full) {
  if (has_dying_member(full)) return;
  const Cgroup& cgroup = world().cgroups.at(full);
  const std::string hierarchy = hierarchy_of(cgroup), path = cgroup.path;
  const char* limit = hierarchy == "unified" ? "memory.max" : "memory.limit_in_bytes";
  const EventIndex refused =
      emit(id, CgroupRefused{full, path, "memory", std::string(limit) + " reached"});
  const EventIndex reclaimed = emit(id, CgroupReclaimed{full, path, hierarchy, 0}, refused);
  end_members(full, kPageBytes, reclaimed);
}

/// Somebody whom SIGKILL has reached, and whose memory is still charged.
bool Kernel::Impl::has_dying_member(CgroupId full) const {
  return std::any_of(runs.begin(), runs.end(), [&](const std::unique_ptr<TaskRun>& run) {
    const Task* task = run == nullptr ? nullptr : world().tasks.find(run->id);
    return task != nullptr && is_killed(*run) && !task->zombie() &&
           is_within(world(), memory_cgroup(world(), *task), full);
  });
}

/// Above memory.high nobody is ended: Linux lets him wait, here it is only counted.
void Kernel::Impl::count_high(TaskId id, CgroupId cgroup) {
  while (const Cgroup* at = world().cgroups.find(cgroup)) {
    const CgroupId here = std::exchange(cgroup, at->parent);
    if (memory_usage(*at) > cgroup_limit(*at, "memory.high"))
      count_memory_event(id, here, "high", kNoEvent);
  }
}

/// A page is charged to the toucher's cgroup and counts in all above it; each may have a limit.
/// What finds no room is charged when whoever was chosen has ended, unless it is the toucher:
/// nobody else is chosen before (oom_kill_process, task_will_free_mem in mm/oom_kill.c).
void Kernel::Impl::touch(TaskId id, std::int64_t pages) {
  const Task* task = world().tasks.find(id);
  if (task == nullptr || task->zombie()) return;
  const CgroupId pays = memory_cgroup(world(), *task);
  const MemoryRoom room = memory_room(world(), pays);
  const std::int64_t fit = std::min(pages, room.pages);
  {
    Sink sink(*this);
    memory_effects(id, fit, sink);
  }
  count_high(id, pays);
  if (fit == pages) return;
  memory_is_full(id, room.cgroup);
  if (has_dying_member(room.cgroup)) unpaid.emplace_back(id, pages - fit);
}

}  // namespace cutaway::sim
