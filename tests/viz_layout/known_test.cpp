// Whoever steps through a trace keeps an index and a census; whoever asks for one moment has
// neither. Both see the same picture, whatever they saw before.
#include <gtest/gtest.h>

#include "base/prng.h"
#include "tests/viz_layout/moments.h"
#include "tests/viz_text/model_strings.h"
#include "trace/world/charges.h"
#include "trace/world/mount_tree.h"
#include "viz/player/step_index.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"
#include "viz/text/caption.h"
#include "viz/text/census.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

class Known : public testing::TestWithParam<std::string> {
 protected:
  const Trace& trace() const { return trace_of(GetParam()); }
};

std::string told(const Story& s) {
  std::string text = std::to_string(s.typed_at) + " beat " +
                     std::to_string(s.beat ? static_cast<int>(*s.beat) : -1) + " from " +
                     std::to_string(s.beat_from) + " step " +
                     std::string(s.step == nullptr ? "none" : s.step->id) + " from " +
                     std::to_string(s.step_from) + " reached ";
  for (const bool reached : s.reached) text += reached ? '1' : '0';
  return text + (s.done ? " done" : "") + (s.looked ? " looked" : "") + (s.hub_asked ? " hub" : "");
}

TEST_P(Known, StoriesAreTheSameAtEveryPosition) {
  const StepIndex index(trace());
  StoryReader reader(trace());
  EXPECT_EQ(told(index.story_at(0)), told(Story()));
  for (std::size_t n = 0; n < trace().size(); ++n) {
    reader.read(n);
    ASSERT_EQ(told(index.story_at(n + 1)), told(reader.story())) << "at " << n + 1;
  }
  for (const std::size_t n : moments_of(trace())) {
    ASSERT_EQ(told(index.story_at(n)), told(story_at(trace(), n))) << "at " << n;
  }
}

/// All that a model says, and all that is drawn of it.
std::string picture(const ShipModel& model) {
  static const FontMetrics metrics = FontMetrics::bundled();
  std::string text = to_text(ship_scene(model, {kDark, metrics}, window_layout(1600, 900).picture));
  for (const std::string& words : strings_of(model)) text += words + "\n";
  return text;
}

/// Forwards as one steps, then to and fro.
std::vector<std::size_t> walk_through(const Trace& trace) {
  std::vector<std::size_t> moments = moments_of(trace);
  Prng random(5);
  for (int i = 0; i < 12; ++i) {
    moments.push_back(static_cast<std::size_t>(random.next() % (trace.size() + 1)));
  }
  return moments;
}

TEST_P(Known, PicturesAreTheSame) {
  const StepIndex index(trace());
  Census census;
  for (const std::size_t n : walk_through(trace())) {
    const World world = trace().world_at(n);
    const PictureOptions anew = options_of(trace());
    PictureOptions kept = anew;
    kept.index = &index;
    kept.census = &census;
    ASSERT_EQ(picture(ship_model(trace(), world, n, kept)),
              picture(ship_model(trace(), world, n, anew)))
        << "at " << n;
    const Caption said = caption_of(trace(), world, n, StepSize::Beat, kNoEvent, &index);
    const Caption said_anew = caption_of(trace(), world, n, StepSize::Beat);
    ASSERT_EQ(said.what + "|" + said.why, said_anew.what + "|" + said_anew.why) << "at " << n;
  }
}

/// Counted anew: what this cgroup and those below it pay for.
std::int64_t pages_paid(const World& world, CgroupId by) {
  const auto below = [&world, by](CgroupId at) {
    while (at && at != by) {
      const Cgroup* cgroup = world.cgroups.find(at);
      at = cgroup == nullptr ? CgroupId{} : cgroup->parent;
    }
    return static_cast<bool>(at);
  };
  std::int64_t pages = 0;
  world.address_spaces.each([&](const AddressSpace& space) {
    for (const MemoryCharge& charge : charges_of(space)) {
      if (below(charge.cgroup)) pages += charge.pages;
    }
  });
  world.inodes.each([&](const Inode& inode) {
    if (below(inode.charged_to)) pages += pages_of_size(inode.size);
  });
  return pages;
}

TEST_P(Known, ACensusCountsWhatIsThere) {
  Census census;
  for (const std::size_t n : walk_through(trace())) {
    const World world = trace().world_at(n);
    census.take(world);
    ASSERT_EQ(census.containers(), containers_by_slot(world)) << "at " << n;
    for (const cutaway::Container* container : census.containers()) {
      EXPECT_EQ(census.name_of(*container), container_name(world, *container));
      EXPECT_EQ(census.tasks_of(*container), tasks_of(world, container->number));
      EXPECT_EQ(census.first_alive(*container), first_alive(world, container->number));
    }
    world.namespaces.each([&](const Namespace& space) {
      EXPECT_EQ(census.mounts_of(space.id), mounts_of_ns(world, space.id)) << "at " << n;
    });
    world.cgroups.each([&](const Cgroup& cgroup) {
      EXPECT_EQ(census.pages_of(cgroup.id), pages_paid(world, cgroup.id)) << "at " << n;
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Bundled, Known, testing::ValuesIn(telling_ids()),
                         [](const auto& each) { return plain(each.param); });

}  // namespace
}  // namespace cutaway::viz
