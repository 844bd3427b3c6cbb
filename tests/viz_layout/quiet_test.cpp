// One thing is loud: what speaks at once, and what moves at once, in every bundled scenario.
#include <gtest/gtest.h>

#include "tests/viz_layout/moments.h"
#include "viz/panels/picture_panel.h"
#include "viz/scene/loudness.h"
#include "viz/scene/ship.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

std::string listed(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& each : list) text += "\n  " + each;
  return text;
}

class QuietScenario : public testing::TestWithParam<std::string> {
 protected:
  static Scene scene_of(const ShipModel& model, const PacketMotion& motion) {
    static const FontMetrics metrics = FontMetrics::bundled();
    return ship_scene(model, {kDark, metrics}, window_layout(1600, 900).picture, {}, motion);
  }
};

TEST_P(QuietScenario, HasAtMostTwelveLabelsAtFullStrength) {
  const Trace& trace = trace_of(GetParam());
  for (const std::size_t n : moments_of(trace, 12)) {
    for (const bool large : {false, true}) {
      const PictureOptions options = options_of(trace, large);
      const ShipModel model = ship_model(trace, trace.world_at(n), n, options);
      if (large && model.size[0] != ShipModel::Size::Large) continue;
      const auto loud = loud_labels(scene_of(model, at_rest()), kDark);
      EXPECT_LE(loud.size(), kLoudMost) << "at " << n << (large ? ", large" : "") << listed(loud);
    }
  }
}

TEST_P(QuietScenario, HasAtMostSevenThingsThatMove) {
  const Trace& trace = trace_of(GetParam());
  std::size_t moved = 0;
  for (const std::size_t n : moments_of(trace, 4)) {
    const ShipModel model = ship_model(trace, trace.world_at(n), n, options_of(trace));
    const PacketPlan plan = plan_of(model);
    if (plan.stations == 0) continue;
    for (const double phase : {0.2, 0.5, 0.8}) {
      const auto moving = moving_things(scene_of(model, packet_motion(plan, phase)),
                                        scene_of(model, packet_motion(plan, phase + 0.03)));
      EXPECT_LE(moving.size(), kMovingMost) << "at " << n << ", " << phase << listed(moving);
      moved += moving.size();
    }
  }
  EXPECT_GT(moved, 0U);
}

INSTANTIATE_TEST_SUITE_P(Bundled, QuietScenario, testing::ValuesIn(telling_ids()),
                         [](const auto& each) { return plain(each.param); });

}  // namespace
}  // namespace cutaway::viz
