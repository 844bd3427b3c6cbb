// Memory that ran out, told: a page is touched, its cgroup has no room for it, nothing can be given
// back, a member is chosen and killed. The numbers are those of the balloons in the picture.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/words.h"
#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// How far it is, and whose limit it is about.
struct OomNews {
  enum class Stage { Refused, Reclaimed, Chosen, Killed } stage = Stage::Refused;
  CgroupId full;
  TaskId toucher;  ///< who asked for a page; none: somebody wrote a lower limit
  TaskId victim;   ///< from Chosen on
};
[[nodiscard]] std::optional<OomNews> oom_news(const Trace& trace, const World& world,
                                              const Event& event);

/// A station of its way: at the task that touched, at the meter's lid, in the kernel, at the door
/// of whoever ends.
struct OomPart {
  enum class At { Toucher, Lid, Choice, Door, Parent } at = At::Toucher;
  CaptionPart part;
};
[[nodiscard]] std::vector<OomPart> oom_way(const spec::Words& words, const World& world,
                                           const OomNews& news);
[[nodiscard]] spec::Sentence oom_sentence(const spec::Words& words, const World& world,
                                          const OomNews& news);

/// "eater" when a container's cgroup is full, else its path.
[[nodiscard]] std::string cgroup_name(const World& world, const Cgroup& cgroup);
/// Processes that may be chosen, the largest first.
[[nodiscard]] std::vector<const cutaway::Task*> oom_candidates(const World& world, CgroupId full);
/// What a process has touched, in bytes.
[[nodiscard]] std::int64_t touched_bytes(const World& world, const cutaway::Task& task);

}  // namespace cutaway::viz
