// Whose turn it is on a free cpu, as the completely fair scheduler decides it
// (Documentation/scheduler/sched-design-CFS.rst): among the cgroups of a folder, and then within
// the chosen one, whoever has had the least, cpu time counted the slower the more shares a cgroup
// has. Equal ones come in the order of arrival.
#include <algorithm>

#include "sim/kernel/kernel_impl.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

/// Who waits, and the cpu that it would get.
struct Candidate {
  TaskRun* run = nullptr;
  std::int32_t cpu = -1;
  const std::vector<CgroupId>& groups() const { return run->cpu_groups; }
};

/// Who stands for a candidate among the members of one cgroup: a cgroup below it, or the task.
struct Member {
  CgroupId group;
  TaskId task;
  bool operator==(const Member& other) const { return group == other.group && task == other.task; }
};

Member member_at(const Candidate& candidate, std::size_t level) {
  if (level < candidate.groups().size()) return {candidate.groups()[level], TaskId{}};
  return {CgroupId{}, candidate.run->id};
}

/// Who slept has saved nothing: it begins where the others are.
std::int64_t& caught_up(std::int64_t& weighed, const Fair& among) {
  weighed = std::max(weighed, among.least_ns);
  return weighed;
}

}  // namespace

void Kernel::Impl::put_into_cpu_group(TaskRun& run, CgroupId group) const {
  run.cpu_group = group;
  run.cpu_groups.clear();
  for (const Cgroup* at = world().cgroups.find(group); at != nullptr && at->parent;
       at = world().cgroups.find(at->parent))
    run.cpu_groups.push_back(at->id);
  std::reverse(run.cpu_groups.begin(), run.cpu_groups.end());
}

bool Kernel::Impl::may_use(const TaskRun& run, std::int32_t cpu) const {
  if (!cpus_narrowed || run.outside) return true;
  const CpuSet allowed = cpus_allowed(world(), world().tasks.at(run.id));
  return std::binary_search(allowed.begin(), allowed.end(), cpu);
}

/// The cpu that it had last (its caches are warm), else the first that is free and allowed; −1:
/// there is none.
std::int32_t Kernel::Impl::cpu_for(const TaskRun& run, const Cpus& some) const {
  if (some.is_free(run.last_cpu) && may_use(run, run.last_cpu)) return run.last_cpu;
  for (std::int32_t cpu = 0; cpu < some.count(); ++cpu) {
    if (some.is_free(cpu) && may_use(run, cpu)) return cpu;
  }
  return -1;
}

bool Kernel::Impl::is_wanted(const TaskRun& run) {
  const std::deque<TaskId>& waiting = cpus_of(run).waiting();
  return std::any_of(waiting.begin(), waiting.end(), [&](TaskId id) {
    const TaskRun& other = *run_of(id);
    return !is_throttled(other) && may_use(other, run.cpu);
  });
}

Kernel::Impl::Turn Kernel::Impl::next_turn(const Cpus& some) {
  std::vector<Candidate> left;
  for (const TaskId id : some.waiting()) {
    TaskRun& run = *run_of(id);
    if (is_throttled(run)) continue;
    const std::int32_t cpu = cpu_for(run, some);
    if (cpu >= 0) left.push_back({&run, cpu});
  }
  if (left.empty()) return {};
  const Cgroup* own = world().cgroups.find(left.front().run->cpu_group);
  CgroupId folder = own == nullptr ? CgroupId{} : world().hierarchies.at(own->hierarchy).root;
  for (std::size_t level = 0;; ++level) {
    Fair& among = fair[folder];
    const auto weighed = [&](const Candidate& each) {
      const bool grouped = level < each.groups().size();
      return caught_up(grouped ? fair[each.groups()[level]].weighed_ns : each.run->weighed_ns,
                       among);
    };
    const auto first = std::min_element(
        left.begin(), left.end(),
        [&](const Candidate& a, const Candidate& b) { return weighed(a) < weighed(b); });
    among.least_ns = weighed(*first);
    const Candidate chosen = *first;
    if (level >= chosen.groups().size()) return {chosen.run, chosen.cpu};
    folder = chosen.groups()[level];
    const Member member = member_at(chosen, level);
    left.erase(
        std::remove_if(left.begin(), left.end(),
                       [&](const Candidate& each) { return !(member_at(each, level) == member); }),
        left.end());
  }
}

void Kernel::Impl::weigh(TaskRun& run, std::int64_t used) {
  run.weighed_ns += used;
  for (const CgroupId group : run.cpu_groups) {
    // A cgroup whose last member is a zombie may have been removed.
    if (const Cgroup* cgroup = world().cgroups.find(group))
      fair[group].weighed_ns += used * kDefaultCpuShares / cpu_shares(*cgroup);
  }
}

/// A task has moved: its time counts elsewhere from here on, and it begins there as the others
/// are.
void Kernel::Impl::note_cpu_place(const CgroupAttached& body) {
  TaskRun* run = run_of(body.member);
  const Cgroup* cgroup = world().cgroups.find(body.id);
  if (run == nullptr || cgroup == nullptr) return;
  const auto& all = world().hierarchies.at(cgroup->hierarchy).controllers;
  if (std::find(all.begin(), all.end(), "cpu") == all.end()) return;
  if (run->cpu >= 0) end_use(*run);
  put_into_cpu_group(*run, body.id);
  run->weighed_ns = 0;
  if (run->cpu >= 0) begin_use(*run);
}

bool Kernel::Impl::narrows(const CgroupLimited& body) const {
  CpuSet wanted;
  if (!parse_cpu_list(body.value, wanted) || wanted.empty()) return false;
  return !holds_all(wanted, cpus_of_machine(world()));
}

}  // namespace cutaway::sim
