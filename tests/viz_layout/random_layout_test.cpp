// Two hundred ships made up at random, at every window size and scale.
#include <gtest/gtest.h>

#include "tests/viz_layout/faults.h"
#include "tests/viz_layout/random_ship.h"

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

INSTANTIATE_TEST_SUITE_P(Of200, RandomShips, testing::Range(0, kShips, kBatch));

}  // namespace
}  // namespace cutaway::viz
