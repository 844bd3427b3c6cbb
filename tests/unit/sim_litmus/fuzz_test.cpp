// Random litmus programs in the simulator alone: each call is one that it has, none breaks it, and
// a good share of them succeeds.
#include <gtest/gtest.h>

#include "sim/litmus.h"
#include "sim/litmus_known.h"
#include "spec/litmus_fuzz.h"
#include "trace/world/invariants.h"

namespace cutaway::sim {
namespace {

constexpr std::uint64_t kPrograms = 160;  // ten of each family

spec::Litmus program(std::uint64_t index) {
  const Json document = spec::fuzz_document(1, index, "");
  const auto read = JsonDocument::parse("fuzz.json", document.dump());
  return *spec::load_litmus(*read);
}

TEST(FuzzPrograms, BreakNothingAndSucceedOften) {
  std::size_t calls = 0, succeeded = 0;
  for (std::uint64_t i = 0; i < kPrograms; ++i) {
    const LitmusRun run = run_litmus(program(i), {});
    EXPECT_EQ(broken_invariants(run.trace.head()), std::vector<std::string>()) << "program " << i;
    for (const spec::LitmusGave& each : run.gave) {
      EXPECT_EQ(each.trouble.find("not modelled"), std::string::npos) << i << each.trouble;
      ++calls;
      if (each.trouble.empty() && each.outcome.err == abi::Errno::kOk) ++succeeded;
    }
  }
  EXPECT_GT(succeeded * 2, calls) << succeeded << " of " << calls;
}

TEST(FuzzPrograms, KnownDifferencesAreFewAndHaveAReason) {
  EXPECT_LE(litmus_known().size(), spec::kFuzzKnownMax);
  for (const spec::FuzzKnown& row : litmus_known()) {
    EXPECT_FALSE(row.reason.empty()) << row.call;
    EXPECT_FALSE(row.family == "*" && row.call == "*") << row.reason;
  }
}

}  // namespace
}  // namespace cutaway::sim
