// The log is the truth: every World is a function of the events before it, wherever one starts to
// count.
#include <gtest/gtest.h>

#include <set>

#include "tests/property/generator.h"
#include "trace/log/checkpoints.h"
#include "trace/log/cut.h"
#include "trace/log/event_store.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

constexpr std::size_t kEvents = 1500;
constexpr std::uint64_t kSeeds[] = {1, 2, 3};

Trace generated(std::uint64_t seed, std::size_t events = kEvents, std::size_t interval = 100) {
  Trace trace;
  trace.set_checkpoint_interval(interval);
  Generator(trace, seed).run_until(events);
  return trace;
}

World replay(const Trace& trace, std::size_t n, World world = World()) {
  for (std::size_t at = 0; at < n; ++at) evolve(world, trace.event(at));
  return world;
}

TEST(Replay, TheGeneratorReachesAllCornersOfTheWorld) {
  const Trace trace = generated(1, 4000);
  std::set<std::size_t> bodies;
  for (std::size_t n = 0; n < trace.size(); ++n) bodies.insert(trace.record(n).body);
  EXPECT_GE(bodies.size(), 55U) << "kinds of events";
  const World& world = trace.head();
  const std::pair<const char*, std::size_t> corners[] = {
      {"tasks", world.tasks.size()},
      {"namespaces", world.namespaces.size()},
      {"mounts", world.mounts.size()},
      {"inodes", world.inodes.size()},
      {"files", world.files.size()},
      {"cgroups", world.cgroups.size()},
      {"containers", world.containers.size()},
      {"images", world.images->size()},
      {"commands", world.engine->commands.size()}};
  for (const auto& [name, size] : corners) EXPECT_GT(size, 2U) << name;
}

TEST(Replay, OfTheLogIsTheWorld) {
  for (const std::uint64_t seed : kSeeds) {
    const Trace trace = generated(seed);
    EXPECT_TRUE(replay(trace, trace.size()) == trace.head()) << seed;
  }
}

TEST(Replay, SeekIsReplayOfTheFirstEvents) {
  for (const std::uint64_t seed : kSeeds) {
    const Trace trace = generated(seed);
    RandomFields random(seed);
    for (int i = 0; i < 25; ++i) {
      const auto n = static_cast<std::size_t>(random.below(trace.size() + 1));
      ASSERT_TRUE(trace.world_at(n) == replay(trace, n)) << seed << " " << n;
    }
    for (const std::size_t n : {0U, 1U, 99U, 100U, 101U})
      ASSERT_TRUE(trace.world_at(n) == replay(trace, n)) << n;
  }
}

TEST(Replay, ACheckpointAndTheRestAreTheWhole) {
  const Trace trace = generated(4);
  for (const std::size_t n : {0U, 1U, 500U, 1499U}) {
    World world;
    ASSERT_TRUE(decode_world(encode_world(trace.world_at(n)), world));
    for (std::size_t at = n; at < trace.size(); ++at) evolve(world, trace.event(at));
    EXPECT_TRUE(world == trace.head()) << n;
  }
}

TEST(Replay, AWorldThatWasHandedOutStaysAsItWas) {
  Trace trace = generated(5, 300);
  const std::size_t size = trace.size();
  const World before = trace.head();
  const std::string encoded = encode_world(before);
  Generator(trace, 6).run_until(900);
  EXPECT_EQ(encode_world(before), encoded);
  EXPECT_TRUE(trace.world_at(size) == before);
}

/// Where the values of a World's tables lie.
struct Places {
  std::set<const void*>& all;
  template <class IdType, class T>
  void operator()(const char*, const Table<IdType, T>& table) {
    table.each([this](const T& value) { all.insert(&value); });
  }
  template <class T>
  void operator()(const char*, const T&) {}
};

// Copies share what has not changed between them.
TEST(Sharing, FiftyCheckpointsHoldAtMostTwiceTheValuesOfOneWorld) {
  Trace trace = generated(10, 6000);
  std::vector<World> checkpoints;
  for (int i = 0; i < 50; ++i) {
    checkpoints.push_back(trace.head());
    Generator(trace, static_cast<std::uint64_t>(100 + i)).run_until(trace.size() + 10);
  }
  std::set<const void*> one, all;
  visit_fields(checkpoints.back(), Places{one});
  for (const World& world : checkpoints) visit_fields(world, Places{all});
  EXPECT_GT(one.size(), 500U);
  EXPECT_LE(all.size(), 2 * one.size());
}

TEST(RoundTrip, JsonLines) {
  for (const std::uint64_t seed : kSeeds) {
    const Trace trace = generated(seed);
    const std::string text = to_jsonl(trace);
    const auto back = from_jsonl("t.jsonl", text);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(to_jsonl(*back), text);
    EXPECT_TRUE(back->head() == trace.head());
  }
}

TEST(RoundTrip, Cut) {
  for (const std::uint64_t seed : kSeeds) {
    const Trace trace = generated(seed, 5000);
    const auto back = from_cut("t.cut", to_cut(trace));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_TRUE(back->head() == trace.head());
    EXPECT_EQ(to_cut(*back), to_cut(trace));
    for (const std::size_t n : {0U, 777U, 4999U})
      EXPECT_TRUE(back->world_at(n) == trace.world_at(n)) << n;
  }
}

TEST(RoundTrip, JsonLinesAndCutTellTheSame) {
  const Trace trace = generated(7);
  const auto cut = from_cut("t.cut", to_cut(trace));
  ASSERT_TRUE(cut);
  EXPECT_EQ(to_jsonl(*cut), to_jsonl(trace));
}

TEST(Determinism, SameSeedSameBytes) {
  EXPECT_EQ(to_jsonl(generated(8)), to_jsonl(generated(8)));
  EXPECT_EQ(to_cut(generated(8)), to_cut(generated(8)));
  EXPECT_NE(to_jsonl(generated(8)), to_jsonl(generated(9)));
}

}  // namespace
}  // namespace cutaway
