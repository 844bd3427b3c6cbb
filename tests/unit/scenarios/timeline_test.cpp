#include "scenarios/timeline.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/scenarios/fake_side.h"
#include "trace/log/jsonl.h"

namespace cutaway::scenarios {
namespace {

// Six look-ups, a second apart; every one but the first is a hit.
FakeSide lookups() {
  FakeSide side;
  for (int i = 0; i < 6; ++i) {
    side.now = (i + 1) * 1'000'000'000LL;
    side.happen(ImageLookedUp{"image" + std::to_string(i), "cache", i > 0});
  }
  return side;
}

spec::Predicate predicate(std::string_view text) {
  auto parsed = spec::parse_predicate_text(text);
  EXPECT_TRUE(parsed.has_value()) << parsed.error().message;
  return *parsed;
}

TEST(TraceTimeline, shows_what_the_trace_holds_in_any_order) {
  const FakeSide side = lookups();
  TraceTimeline timeline(side.trace());
  ASSERT_EQ(timeline.count(), 7U);
  for (const std::size_t n : {6U, 0U, 3U, 3U, 5U}) {
    EXPECT_EQ(timeline.event(n), event_to_json(side.trace(), n, side.trace().world_at(n))) << n;
  }
  for (const std::size_t n : {7U, 2U, 4U, 0U, 7U}) {
    EXPECT_EQ(timeline.part(n, "/now"), world_part(side.trace().world_at(n), "/now")) << n;
  }
  EXPECT_EQ(timeline.part(3, "/now"), std::optional<Json>(2'000'000'000));
  EXPECT_EQ(timeline.part(3, "/no/such/thing"), std::nullopt);
}

TEST(TraceTimeline, follows_a_trace_that_grows) {
  FakeSide side = lookups();
  TraceTimeline timeline(side.trace());
  spec::Watch watch(predicate(R"({"count":{"kind":"image","op":"lookup"},"is":7})"));
  EXPECT_FALSE(watch.holds(timeline));
  side.happen(ImageLookedUp{"last", "hub", true});
  EXPECT_TRUE(watch.holds(timeline));
}

TEST(TraceTimeline, the_first_position_where_something_holds) {
  const FakeSide side = lookups();
  TraceTimeline timeline(side.trace());
  const auto hit = predicate(R"({"count":{"kind":"image","hit":true},"gt":0})");
  EXPECT_EQ(first_position(hit, timeline), std::optional<std::size_t>(3))
      << "behind events 0, 1, 2";
  EXPECT_EQ(first_position(hit, timeline, 3), std::optional<std::size_t>(4))
      << "looked for from there on";
  EXPECT_EQ(first_position(hit, timeline, 7), std::nullopt);
  EXPECT_EQ(first_position(predicate(R"({"now":{"path":"/now","gt":2500000000}})"), timeline),
            std::optional<std::size_t>(4));
  EXPECT_EQ(first_position(predicate(R"({"count":{"kind":"layer"},"gt":0})"), timeline),
            std::nullopt);
}

}  // namespace
}  // namespace cutaway::scenarios
