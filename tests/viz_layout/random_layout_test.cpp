// Two hundred ships made up at random, at every window size and scale.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/viz_layout/faults.h"
#include "tests/viz_layout/random_ship.h"
#include "viz/scene/loudness.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {
namespace {

constexpr int kShips = 200;
constexpr int kBatch = 25;

class RandomShips : public testing::TestWithParam<int> {};

TEST_P(RandomShips, AreTidyAtEverySize) {
  for (int seed = GetParam(); seed < GetParam() + kBatch; ++seed) {
    const RandomShip ship = random_ship(static_cast<std::uint64_t>(seed));
    for (const Screen& screen : screens()) {
      // Every second one presented, so that over all seeds each size has had both.
      const bool presenter = (seed + static_cast<int>(screen.width)) % 2 == 0;
      for (const std::string& fault : window_faults(ship.model, ship.caption, screen, presenter))
        ADD_FAILURE() << "ship " << seed << " at " << fault;
    }
  }
}

TEST(RandomShip, IsNeverLoud) {
  const FontMetrics metrics = FontMetrics::bundled();
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const ShipModel model = random_ship(seed).model;
    const Scene scene = ship_scene(model, {kLight, metrics}, {276, 42, 1040, 630});
    const auto loud = loud_labels(scene, kLight);
    EXPECT_LE(loud.size(), kLoudMost) << "ship " << seed;
    const bool flag = words_of(scene).find("read(3)") != std::string::npos;
    const bool speaks = std::find(loud.begin(), loud.end(), "packet read(3)") != loud.end();
    const bool reads = model.packet && model.packet->label == "read(3)" && flag;
    EXPECT_TRUE(speaks || !reads) << seed;
  }
}

// Where marks of this container are.
std::vector<Rect> places_in(const Scene& scene, const std::string& id) {
  std::vector<Rect> places;
  for (const char* what : {"container:", "row:", "gate:", "top:"}) {
    const HitArea* hit = scene.find_hit(what + id);
    places.push_back(hit == nullptr ? Rect{} : hit->box);
  }
  return places;
}

// One ends and is removed: none of the others moves.
TEST(RandomShip, WhoStaysKeepsItsPlace) {
  const FontMetrics metrics = FontMetrics::bundled();
  const Rect area = {276, 42, 1040, 630};
  int stayed = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    ShipModel model = random_ship(seed).model;
    if (model.containers.size() < 2 || model.size[0] == ShipModel::Size::Large) continue;
    model.packet.reset();
    model.signal.reset();
    model.capacity = model.containers.back().actor.row;
    const Scene before = ship_scene(model, {kDark, metrics}, area);
    model.containers.erase(model.containers.begin());
    const Scene after = ship_scene(model, {kDark, metrics}, area);
    for (const Container& c : model.containers) {
      EXPECT_EQ(places_in(before, c.actor.id), places_in(after, c.actor.id))
          << "ship " << seed << ", " << c.actor.id;
      ++stayed;
    }
  }
  EXPECT_GT(stayed, 100);
}

INSTANTIATE_TEST_SUITE_P(Of200, RandomShips, testing::Range(0, kShips, kBatch));

}  // namespace
}  // namespace cutaway::viz
