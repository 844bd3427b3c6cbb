#include "viz/text/oom_parts.h"

#include <algorithm>

#include "base/text.h"
#include "trace/abi/abi.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

using Stage = OomNews::Stage;
using OomAt = OomPart::At;

constexpr std::string_view kOomRule = "out of memory";  // of a signal that the kernel sends
constexpr int kKilled = 128 + abi::sig::kKill;

/// Each of its events names the one before as its cause: from a page that was refused, or from a
/// limit that was written, on.
struct OomReader {
  OomNews news;
  TaskId subject;
  /// True: the beginning is reached.
  bool operator()(const CgroupRefused& b) {
    news.toucher = subject;
    news.full = b.id;
    return true;
  }
  bool operator()(const CgroupOom& b) {
    if (!news.full) news.full = b.id;
    return false;
  }
  bool operator()(const CgroupReclaimed& b) {
    news.full = b.id;
    return false;
  }
  template <class Other>
  bool operator()(const Other&) {
    return true;
  }
};

std::optional<OomNews> stage_of(const Body& body) {
  OomNews news;
  if (const auto* refused = std::get_if<CgroupRefused>(&body)) {
    if (refused->controller != "memory") return std::nullopt;
    return news;
  }
  news.stage = Stage::Reclaimed;
  if (std::holds_alternative<CgroupReclaimed>(body)) return news;
  news.stage = Stage::Chosen;
  if (const auto* oom = std::get_if<CgroupOom>(&body)) {
    news.victim = oom->victim;
    return news;
  }
  news.stage = Stage::Killed;
  const auto* sent = std::get_if<SignalSent>(&body);
  if (sent == nullptr || sent->rule != kOomRule) return std::nullopt;
  news.victim = sent->to;
  return news;
}

std::string comm_of(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  return task == nullptr ? "" : task->comm;
}

bool is_first(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  return task != nullptr && home_of(world, *task) != nullptr && own_pid(*task) == 1;
}

/// "memhog, 31.4 MiB".
std::string choice_words(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  if (task == nullptr) return {};
  return task->comm + ", " + memory_words(touched_bytes(world, *task));
}

std::string parent_comm(const World& world, TaskId id) {
  const cutaway::Task* task = world.tasks.find(id);
  const cutaway::Task* parent = task == nullptr ? nullptr : process_of(world, task->parent);
  return parent == nullptr ? "" : parent->comm;
}

CaptionPart choice_part(const spec::Words& words, const World& world, const OomNews& news) {
  const std::string& head = words["text.part.reclaim"].what;
  const std::string& next = words["text.next"].what;
  switch (news.stage) {
    case Stage::Refused:
      return {0, head, next, PartState::Next};
    case Stage::Reclaimed:
      return {0, head, "0 pages; " + next, PartState::Limit};
    default:
      return {0, head, choice_words(world, news.victim), PartState::Ok};
  }
}

}  // namespace

std::int64_t touched_bytes(const World& world, const cutaway::Task& task) {
  const AddressSpace* space = world.address_spaces.find(task.memory);
  return space == nullptr ? 0 : space->pages * kPageBytes;
}

std::string cgroup_name(const World& world, const Cgroup& cgroup) {
  for (const cutaway::Container* container : containers_by_slot(world)) {
    const Cgroup* made = cgroup_made_for(world, *container, "memory");
    if (made != nullptr && made->id == cgroup.id) return container_name(world, *container);
  }
  return short_ids(cgroup.path);
}

std::vector<const cutaway::Task*> oom_candidates(const World& world, CgroupId full) {
  constexpr std::int32_t never = -1000;  // proc(5), oom_score_adj
  std::vector<const cutaway::Task*> members;
  world.tasks.each([&](const cutaway::Task& task) {
    const bool may = task.leader == task.id && !task.zombie() && task.oom_score_adj > never;
    if (may && is_within(world, memory_cgroup(world, task), full)) members.push_back(&task);
  });
  std::stable_sort(members.begin(), members.end(), [&](const auto* one, const auto* other) {
    return touched_bytes(world, *one) > touched_bytes(world, *other);
  });
  return members;
}

std::optional<OomNews> oom_news(const Trace& trace, const World& world, const Event& event) {
  const auto begun = stage_of(event.body);
  if (!begun) return std::nullopt;
  OomReader reader{*begun, event.stamp.task};
  bool known = begun->stage != Stage::Killed && std::visit(reader, event.body);
  for (EventIndex cause = event.stamp.cause; !known && cause != kNoEvent;) {
    const Event before = trace.event(cause);
    reader.subject = before.stamp.task;
    known = std::visit(reader, before.body);
    cause = before.stamp.cause;
  }
  if (!world.cgroups.contains(reader.news.full)) return std::nullopt;
  return reader.news;
}

std::vector<OomPart> oom_way(const spec::Words& words, const World& world, const OomNews& news) {
  const Cgroup& full = world.cgroups.at(news.full);
  std::vector<OomPart> way;
  const auto add = [&way](OomAt at, CaptionPart part) {
    part.number = static_cast<int>(way.size()) + 1;
    way.push_back({at, std::move(part)});
  };
  const bool killed = news.stage == Stage::Killed;
  if (news.toucher)
    add(OomAt::Toucher,
        {0, words["text.part.touched"].what, task_tag(world, news.toucher), PartState::Ok});
  add(OomAt::Lid, {0, words["text.part.limit"].what,
                   memory_of_words(memory_usage(full), memory_limit(full)), PartState::Bad});
  add(OomAt::Choice, choice_part(words, world, news));
  add(OomAt::Door, {0, "SIGKILL", words[killed ? "text.from.kernel" : "text.next"].what,
                    killed ? PartState::Limit : PartState::Next});
  const std::string parent = parent_comm(world, news.victim);
  if (killed && !parent.empty()) {
    add(OomAt::Parent, {0, parent + ": wait4", decimal(kKilled) + ", " + words["text.next"].what,
                        PartState::Next});
  }
  return way;
}

spec::Sentence oom_sentence(const spec::Words& words, const World& world, const OomNews& news) {
  const Cgroup& full = world.cgroups.at(news.full);
  const auto value = [&](std::string_view name) -> std::string {
    if (name == "name") return cgroup_name(world, full);
    if (name == "limit") return memory_words(memory_limit(full));
    if (name == "comm") return comm_of(world, news.victim ? news.victim : news.toucher);
    return {};
  };
  const char* key = news.stage == Stage::Refused     ? "text.oom.refused"
                    : news.stage == Stage::Reclaimed ? "text.oom.reclaimed"
                                                     : "text.oom.chosen";
  const spec::Sentence& said = words[key];
  spec::Sentence told = {fill(said.what, value), fill(said.why, value)};
  if (is_first(world, news.victim)) told.why = fill(words["text.oom.first"].what, value);
  return told;
}

}  // namespace cutaway::viz
