// Every bundled scenario at many moments: nothing collides at any size, and nobody moves.
#include <gtest/gtest.h>

#include <map>

#include "tests/viz_layout/faults.h"
#include "tests/viz_layout/moments.h"
#include "trace/log/trace.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"
#include "viz/text/caption.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

class EachScenario : public testing::TestWithParam<std::string> {
 protected:
  const Trace& trace() const { return trace_of(GetParam()); }
};

// Neighbouring moments look alike: each is laid out in some of the windows, in turn.
TEST_P(EachScenario, IsTidyAtEverySize) {
  const std::vector<Screen> all = screens();
  std::size_t turn = 0;
  for (const std::size_t n : moments_of(trace())) {
    const World world = trace().world_at(n);
    const bool presenter = turn % 2 == 1;
    const ShipModel model = ship_model(trace(), world, n, options_of(trace(), presenter));
    const Caption caption = caption_of(trace(), world, n, StepSize::Syscall, kNoEvent);
    for (std::size_t i = turn % 5; i < all.size(); i += 5) {
      for (const std::string& fault : window_faults(model, caption, all[i], presenter))
        ADD_FAILURE() << "at " << n << ", " << fault;
    }
    ++turn;
  }
}

// Where a container is drawn on each deck, by the number that it keeps for life.
using Places = std::map<std::string, Rect>;

Places places_of(const Scene& scene, const World& world) {
  Places places;
  for (const cutaway::Container* container : containers_by_slot(world)) {
    const std::string name = container_name(world, *container);
    const std::string number = std::to_string(container->number.value);
    for (const char* what : {"container:", "row:", "gate:", "top:", "node:"}) {
      std::string id = what + name;
      if (id.rfind("node:", 0) == 0) id += "/mnt";
      const HitArea* hit = scene.find_hit(id);
      if (hit != nullptr) places[what + number] = hit->box;
    }
  }
  return places;
}

TEST_P(EachScenario, EverythingKeepsItsPlaceForLife) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const PictureOptions options = options_of(trace());
  Places known;
  for (const std::size_t n : moments_of(trace())) {
    const World world = trace().world_at(n);
    const ShipModel model = ship_model(trace(), world, n, options);
    const Scene scene = ship_scene(model, {kDark, metrics}, window_layout(1600, 900).picture);
    for (const auto& [id, box] : places_of(scene, world)) {
      const auto [before, is_new] = known.emplace(id, box);
      EXPECT_TRUE(is_new || before->second == box)
          << id << " moved at " << n << ": x " << before->second.x << " to " << box.x << ", y "
          << before->second.y << " to " << box.y << ", w " << before->second.w << " to " << box.w;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Bundled, EachScenario, testing::ValuesIn(scenario_ids()),
                         [](const auto& each) { return plain(each.param); });

}  // namespace
}  // namespace cutaway::viz
