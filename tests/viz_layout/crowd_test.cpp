// More containers than any picture has places for: whoever draws is told of those seen alone, and
// draws the same as who is told all.
#include <gtest/gtest.h>

#include "tests/bench/large_trace.h"
#include "viz/scene/metrics.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/scene/window_layout.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kCrowd = 60;

const Trace& crowd() {
  static const Trace trace = large_trace(200'000, kCrowd);
  return trace;
}

std::string drawn(const ShipModel& model, double width, double height) {
  static const FontMetrics metrics = FontMetrics::bundled();
  return to_text(ship_scene(model, {kDark, metrics}, window_layout(width, height).picture));
}

/// Some moments of their common life, in which containers act that have no place, and others.
std::vector<std::size_t> moments() {
  std::vector<std::size_t> found;
  for (std::size_t n = crowd().size() - 12 * 997; n < crowd().size(); n += 997) found.push_back(n);
  return found;
}

TEST(Crowd, WhoHasNoPlaceIsOnlyNamedAndThePictureIsTheSame) {
  std::size_t guests = 0;
  for (const std::size_t n : moments()) {
    const World world = crowd().world_at(n);
    PictureOptions options;
    const ShipModel all = ship_model(crowd(), world, n, options);
    options.only_seen = true;
    const ShipModel seen = ship_model(crowd(), world, n, options);
    ASSERT_EQ(all.containers.size(), kCrowd);
    EXPECT_EQ(seen.containers.size(), kCrowd) << "they are counted";
    if (all.packet && all.packet->slot >= kPlacesAtMost) ++guests;
    for (const auto& [width, height] : {std::pair{1024.0, 768.0}, {1600.0, 900.0}, {3840.0, 900.0}})
      EXPECT_EQ(drawn(seen, width, height), drawn(all, width, height)) << "at " << n;
  }
  EXPECT_GT(guests, 0U) << "who acts is told although it has no place";
}

TEST(Crowd, OfThoseWithoutAPlaceNothingIsWorkedOut) {
  const World& world = crowd().head();
  PictureOptions options;
  options.only_seen = true;
  options.near_slot = 50;
  const ShipModel model = ship_model(crowd(), world, crowd().size(), options);
  std::size_t told = 0;
  for (const Container& container : model.containers) told += container.tasks.empty() ? 0U : 1U;
  EXPECT_LE(told, static_cast<std::size_t>(kPlacesAtMost) + 2);
  EXPECT_FALSE(model.containers.at(50).tasks.empty()) << "looked at from near";
}

}  // namespace
}  // namespace cutaway::viz
