// Who is killed when a cgroup's memory is full: whom the kernel may choose among, and whom it does
// not even ask.
#include <algorithm>

#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/oom_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostAsked = 6;
constexpr std::size_t kMostOthers = 3;

Origin touch_of(const cutaway::Task& task) { return set_by<TaskMemoryChanged>().by(task.id); }

void add_candidates(const Inspected& at, const OomNews& news, Facts& facts) {
  facts.title("Who is killed?");
  const auto members = oom_candidates(at.world, news.full);
  facts.words("Only processes of this cgroup are asked.");
  for (std::size_t i = 0; i < members.size() && i < kMostAsked; ++i) {
    const cutaway::Task& task = *members[i];
    const bool chosen = news.victim == task.id;
    facts.value(task.comm + ", " + task_tag(at.world, task.id),
                memory_words(touched_bytes(at.world, task)), touch_of(task), chosen);
    if (chosen) facts.words(i == 0 ? "chosen: the largest" : "chosen");
  }
}

/// The largest ones that are not in it.
void add_others(const Inspected& at, const OomNews& news, Facts& facts) {
  std::vector<const cutaway::Task*> others;
  at.world.tasks.each([&](const cutaway::Task& task) {
    const bool inside = is_within(at.world, memory_cgroup(at.world, task), news.full);
    if (task.leader == task.id && !task.zombie() && !inside && touched_bytes(at.world, task) > 0)
      others.push_back(&task);
  });
  if (others.empty()) return;
  std::stable_sort(others.begin(), others.end(), [&](const auto* one, const auto* other) {
    return touched_bytes(at.world, *one) > touched_bytes(at.world, *other);
  });
  facts.title("Not asked: other cgroups");
  for (std::size_t i = 0; i < others.size() && i < kMostOthers; ++i) {
    const cutaway::Container* home = home_of(at.world, *others[i]);
    const std::string where = home == nullptr ? "the host" : container_name(at.world, *home);
    facts.value(others[i]->comm + ", " + where, memory_words(touched_bytes(at.world, *others[i])),
                touch_of(*others[i]));
  }
}

/// What memory.events counts; v1: memory.failcnt and memory.oom_control.
void add_counts(const Cgroup& cgroup, Facts& facts) {
  constexpr std::string_view kCounted[] = {"memory.events max", "memory.events oom",
                                           "memory.events oom_kill", "memory.failcnt",
                                           "memory.oom_control oom_kill"};
  for (const std::string_view file : kCounted) {
    const auto counted = cgroup.usage.find(std::string(file));
    if (counted != cgroup.usage.end())
      facts.value(std::string(file), std::to_string(counted->second));
  }
}

}  // namespace

void add_out_of_memory(const Inspected& at, Facts& facts) {
  if (at.moment.focus == kNoEvent) return;
  const auto news = oom_news(at.trace, at.world, at.trace.event(at.moment.focus));
  if (!news) return;
  const Cgroup& full = at.world.cgroups.at(news->full);
  add_candidates(at, *news, facts);
  add_others(at, *news, facts);
  facts.title("Memory of " + cgroup_name(at.world, full));
  facts.value("used", memory_of_words(memory_usage(full), memory_limit(full)));
  add_counts(full, facts);
  facts.words("137 alone is no proof of it: OOMKilled = true is.");
}

}  // namespace cutaway::viz
