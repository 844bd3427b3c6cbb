// Random programs on both kernels: five hundred fresh ones each time, nothing unexplained. Which
// ones is told, so that a failure can be had again: CUTAWAY_FUZZ_SEED=S, or cutaway litmus fuzz
// --seed S.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "documents.h"
#include "real/litmus.h"
#include "real/side.h"
#include "sim/litmus.h"
#include "sim/litmus_known.h"
#include "spec/litmus_fuzz.h"

namespace cutaway::real {
namespace {

constexpr std::uint64_t kCount = 500;
constexpr std::int64_t kWallNs = 1'000'000'000, kPatientNs = 5'000'000'000;

Result<spec::LitmusRecord> run(RealLitmus& real, const spec::Litmus& litmus, std::int64_t wall_ns) {
  LitmusOptions options;
  options.trace = false;
  options.wall_ns = wall_ns;
  auto run = real.run(litmus, options);
  if (!run) return fail(run.error());
  return std::move(run->gave);
}

spec::FuzzSides both_sides(RealLitmus& real, const Machine& machine) {
  spec::FuzzSides sides;
  sides.real = [&real](const spec::Litmus& litmus) { return run(real, litmus, kWallNs); };
  sides.patient = [&real](const spec::Litmus& litmus) { return run(real, litmus, kPatientNs); };
  sides.simulated = [machine](const spec::Litmus& litmus) -> Result<spec::LitmusRecord> {
    sim::LitmusOptions options;
    options.machine = machine;
    return std::move(sim::run_litmus(litmus, options).gave);
  };
  sides.interrupted = [] { return false; };
  return sides;
}

TEST(LitmusFuzz, FreshProgramsAreTheSameOnBothKernels) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: a sandbox's ids are given by root";
  find_helper();
  const auto real = RealLitmus::make();
  ASSERT_TRUE(real.has_value()) << real.error().message;
  const auto machine = host_machine();
  ASSERT_TRUE(machine.has_value()) << machine.error().message;
  spec::FuzzOptions options;
  const char* asked = std::getenv("CUTAWAY_FUZZ_SEED");
  options.seed = asked == nullptr ? static_cast<std::uint64_t>(::time(nullptr))
                                  : std::strtoull(asked, nullptr, 10);
  options.count = kCount;
  options.known = sim::litmus_known();
  spec::Fuzzer fuzzer(options, both_sides(**real, *machine));
  Result<bool> more = true;
  while (more && *more) more = fuzzer.next();
  ASSERT_TRUE(more.has_value()) << more.error().message;
  EXPECT_EQ(fuzzer.done(), kCount);
  for (const spec::FuzzFinding& each : fuzzer.findings())
    ADD_FAILURE() << "seed " << options.seed << ", program " << each.index << ": "
                  << each.difference.call << ": " << each.difference.words << "\n"
                  << each.document.dump();
}

}  // namespace
}  // namespace cutaway::real
