// Each bundled litmus document holds on the simulated kernel, twice with the same trace, and would
// fail if it expected something else.
#include <gtest/gtest.h>

#include <set>

#include "scenarios/bundled.h"
#include "sim/litmus.h"
#include "trace/log/checkpoints.h"
#include "trace/log/jsonl.h"
#include "trace/world/equal.h"
#include "trace/world/invariants.h"

namespace cutaway::sim {
namespace {

using scenarios::BundledScenario;

spec::Litmus load(const std::string& id) {
  auto litmus = scenarios::load_bundled_litmus(id);
  EXPECT_TRUE(litmus && *litmus) << id;
  return litmus && *litmus ? std::move(**litmus) : spec::Litmus();
}

constexpr std::size_t kParts = 10;

class BundledLitmus : public testing::TestWithParam<std::string> {};

TEST_P(BundledLitmus, Holds) {
  const LitmusRun run = run_litmus(load(GetParam()), {});
  for (const spec::LitmusFailure& failure : run.failed)
    ADD_FAILURE() << failure.pointer << ": " << failure.text;
  EXPECT_GT(run.held, 0);
  EXPECT_EQ(broken_invariants(run.trace.head()), std::vector<std::string>());
}

TEST_P(BundledLitmus, IsTheSameTwice) {
  const spec::Litmus litmus = load(GetParam());
  EXPECT_EQ(to_jsonl(run_litmus(litmus, {}).trace), to_jsonl(run_litmus(litmus, {}).trace));
}

/// What a World in a file does not tell, the events after it must not depend on.
TEST_P(BundledLitmus, GoesOnTheSameFromAWorldThatWasRead) {
  const Trace trace = run_litmus(load(GetParam()), {}).trace;
  std::vector<World> worlds;
  const auto end_of = [&trace](std::size_t part) { return trace.size() * part / kParts; };
  for (std::size_t part = 1; part <= kParts; ++part) {
    for (World& world : worlds) {
      for (std::size_t n = end_of(part - 1); n < end_of(part); ++n) evolve(world, trace.event(n));
      EXPECT_TRUE(equal_values(world, trace.world_at(end_of(part)))) << "at " << end_of(part);
    }
    World read;
    ASSERT_TRUE(decode_world(encode_world(trace.world_at(end_of(part))), read));
    worlds.push_back(std::move(read));
  }
}

/// Turns the first expected `ret` or `err` into another one.
bool spoil(spec::LitmusProgram& program) {
  for (spec::LitmusStep& step : program) {
    if (step.expect.is_object()) {
      if (step.expect.contains("ret"))
        step.expect["ret"] = 424242;
      else
        step.expect = Json{{"err", "EXDEV"}};
      return true;
    }
    if (spoil(step.child)) return true;
  }
  return false;
}

TEST_P(BundledLitmus, CanFail) {
  spec::Litmus litmus = load(GetParam());
  ASSERT_TRUE(spoil(litmus.program));
  EXPECT_FALSE(run_litmus(litmus, {}).failed.empty());
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const BundledScenario& each : scenarios::bundled_litmus()) all.push_back(each.id);
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, BundledLitmus, testing::ValuesIn(ids()), [](const auto& made) {
  std::string name = made.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST(BundledLitmusList, OneOfEachFamily) {
  std::set<std::string> families;
  for (const BundledScenario& each : scenarios::bundled_litmus()) {
    families.insert(each.id.substr(0, each.id.find('-')));
    EXPECT_EQ(each.topic, "litmus");
    EXPECT_FALSE(each.title.empty()) << each.id;
  }
  for (const char* family : {"cap", "mount", "overlay", "pid", "pipe", "signal", "socket", "task",
                             "time", "user", "vfs"})
    EXPECT_EQ(families.count(family), 1U) << family;
  EXPECT_GE(scenarios::bundled_litmus().size(), 25U);
}

}  // namespace
}  // namespace cutaway::sim
