// How many simulated system calls a second, with the trace recorded. Printed; only absurd slowness
// fails.
#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

constexpr int kCalls = 100'000;

Program write_loop(Sys sys, State) {
  const std::int64_t fd = co_await sys.open("/dev/null", abi::o::kWronly);
  const std::string line = "the quick brown fox\n";
  for (int i = 0; i < kCalls; ++i) co_await sys.write(fd, line);
  co_return 0;
}

TEST(Speed, WritesToDevNull) {
  Lab lab;
  lab.check_invariants = false;
  const std::clock_t before = std::clock();  // cpu time: other builds do not count
  lab.run(write_loop);
  const double took = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  const double rate = kCalls / took;
  std::cout << "  " << static_cast<std::int64_t>(rate) << " syscalls/s, " << lab.trace.size()
            << " events\n";
  RecordProperty("syscalls_per_second", static_cast<int>(rate));
  EXPECT_GT(rate, 2'000);
}

}  // namespace
}  // namespace cutaway::sim
