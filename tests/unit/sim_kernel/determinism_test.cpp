// Two runs of the same machine and seed give the same trace, record by record.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

const std::vector<Arg> kSome{Arg{}, Arg::integer(8), Arg::integer(0)};

Program child(Sys sys, State) {
  co_await sys.call(abi::Sys::getrandom, kSome);
  co_await sys.nanosleep(1'000'000);
  const std::string text = std::to_string(sys.random() % 1000) + "\n";
  co_await sys.write(1, text);
  co_return 0;
}
Program parent(Sys sys, State) {
  for (int i = 0; i < 20; ++i) co_await sys.clone(17, child, kNone);
  for (int i = 0; i < 20; ++i) co_await sys.wait4(-1, 0);
  co_return 0;
}

bool same(const Trace& a, const Trace& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t n = 0; n < a.size(); ++n) {
    const Record one = a.record(n), other = b.record(n);
    if (std::memcmp(&one, &other, sizeof(Record)) != 0) return false;
  }
  return true;
}

TEST(Determinism, SameSeedSameTrace) {
  Lab a, b, c({}, 2);
  a.run(parent);
  b.run(parent);
  c.run(parent);
  EXPECT_TRUE(same(a.trace, b.trace));
  EXPECT_EQ(a.output(1), b.output(1));
  EXPECT_NE(a.output(1), c.output(1));
  EXPECT_TRUE(a.kernel.world() == b.kernel.world());
}

TEST(Determinism, TheWorldIsTheFoldOfItsEvents) {
  Lab lab;
  lab.run(parent);
  World folded;
  for (std::size_t n = 0; n < lab.trace.size(); ++n) evolve(folded, lab.trace.event(n));
  EXPECT_TRUE(folded == lab.kernel.world());
}

TEST(Determinism, BootsOnEveryKindOfMachine) {
  for (const CgroupVersion version :
       {CgroupVersion::V1, CgroupVersion::V2, CgroupVersion::Hybrid}) {
    Machine machine;
    machine.cgroup = version;
    machine.cpus = 4;
    Lab lab(machine);
    lab.run(parent);
    EXPECT_EQ(lab.count("task", "forked"), 20U);
  }
}

}  // namespace
}  // namespace cutaway::sim
