// Calls at random, thousands of them: nothing crashes, no invariant of the World breaks, and the
// events make the World. CUTAWAY_FUZZ_SECONDS: how long (else a short while), CUTAWAY_FUZZ_SEED:
// where to begin. A fuzzer that looks where it gets: tools/fuzz_kernel.
#include "tests/fuzz/kernel_calls.h"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "base/prng.h"
#include "tests/fuzz/asked.h"
#include "trace/log/jsonl.h"

namespace cutaway::test {
namespace {

constexpr std::size_t kProgramBytes = 1200;  // bytes: some dozens of calls

std::string bytes_of(std::uint64_t seed) {
  Prng random(seed);
  std::string bytes(static_cast<std::size_t>(random.next() % kProgramBytes), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.next() & 0xff);
  return bytes;
}

TEST(KernelCalls, AtRandomBreakNothing) {
  const std::uint64_t first = asked("CUTAWAY_FUZZ_SEED", 1);
  const auto seconds = std::chrono::seconds(asked("CUTAWAY_FUZZ_SECONDS", 5));
  const auto begun = std::chrono::steady_clock::now();
  std::size_t events = 0;
  std::uint64_t seed = first;
  for (; std::chrono::steady_clock::now() - begun < seconds; ++seed) {
    const CallsMade made = make_calls(bytes_of(seed));
    ASSERT_EQ(made.wrong, "") << "seed " << seed;
    events += made.trace.size();
  }
  std::cout << seed - first << " programs, " << events << " events" << std::endl;
  EXPECT_GT(events, 10 * (seed - first)) << "they get nowhere";
}

TEST(KernelCalls, TheSameBytesDoTheSame) {
  EXPECT_EQ(to_jsonl(make_calls(bytes_of(7)).trace), to_jsonl(make_calls(bytes_of(7)).trace));
}

}  // namespace
}  // namespace cutaway::test
