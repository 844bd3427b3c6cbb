// The builder's own World must be sound, or no test on it says anything.
#include <gtest/gtest.h>

#include "trace/world/invariants.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

TEST(WorldBuilder, HostsAreSound) {
  EXPECT_EQ(broken(make_host(CgroupVersion::V2)), "");
  EXPECT_EQ(broken(make_host(CgroupVersion::V1)), "");
}

TEST(World, EqualsItsCopyUntilSomethingChanges) {
  const World host = make_host();
  World copy = host;
  EXPECT_TRUE(copy == host);
  copy.tasks.mutate(kInit).argv.emplace_back("x");
  EXPECT_FALSE(copy == host);
  EXPECT_EQ(host.tasks.at(kInit).argv.size(), 1u) << "the original is untouched";
  EXPECT_TRUE(make_host() == host) << "equal values in storage of their own";
}

TEST(Invariants, AreToldByName) {
  World host = make_host();
  host.fd_tables.mutate(host.tasks.at(kInit).fds).users = 2;
  ASSERT_EQ(broken_invariants(host).size(), 1u);
  EXPECT_EQ(broken_invariants(host)[0], "descriptor table 1: count is 2, referred to by 1");
}

}  // namespace
}  // namespace cutaway::test
