// Hierarchies out of the texts of /proc.
#include "real/cgroup/host.h"

#include <gtest/gtest.h>

namespace cutaway::test {
namespace {

using real::CgroupHost;
using real::CgroupMode;
using real::parse_cgroup_host;

constexpr const char* kHybrid =
    "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
    "36 31 0:32 / /elsewhere rw,relatime - cgroup cgroup rw,memory\n"
    "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
constexpr const char* kOwnHybrid =
    "5:cpuacct,cpu:/a\n4:memory:/process/x\n1:name=systemd:/\n0::/user.slice\n";

TEST(CgroupHost, HybridUsesTheOldHierarchies) {
  const CgroupHost host = parse_cgroup_host(kHybrid, kOwnHybrid);
  EXPECT_EQ(host.mode(), CgroupMode::Hybrid);
  EXPECT_EQ(host.plan_version(), 1);
  const std::map<std::string, std::string> expected = {
      {"cpu,cpuacct", "/sys/fs/cgroup/cpu,cpuacct"},
      {"memory", "/sys/fs/cgroup/memory"},
      {"name=systemd", "/sys/fs/cgroup/systemd"}};
  EXPECT_EQ(host.plan_mounts(), expected);
  ASSERT_NE(host.with("cpuacct"), nullptr);
  EXPECT_EQ(host.with("cpuacct")->own, "/a");  // whatever the order of the names
  EXPECT_EQ(host.with("memory")->own, "/process/x");
  EXPECT_EQ(host.with("pids"), nullptr);
}

TEST(CgroupHost, OneOrTwo) {
  const char* two = "30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
  CgroupHost host = parse_cgroup_host(two, "0::/init.scope\n");
  EXPECT_EQ(host.mode(), CgroupMode::V2);
  EXPECT_EQ(host.plan_version(), 2);
  EXPECT_EQ(host.plan_mounts().at("unified"), "/sys/fs/cgroup");
  EXPECT_EQ(host.hierarchies.at(0).own, "/init.scope");
  host.hierarchies[0].controllers = {"memory", "pids"};
  EXPECT_NE(host.with("pids"), nullptr);
  EXPECT_EQ(parse_cgroup_host("35 31 0:32 / /m rw - cgroup c rw,memory\n", "").mode(),
            CgroupMode::V1);
  EXPECT_EQ(parse_cgroup_host("", "").mode(), CgroupMode::None);
}

TEST(CgroupHost, SystemdsHierarchyAloneIsNotVersionOne) {
  const CgroupHost host = parse_cgroup_host(
      "30 23 0:26 / /c rw - cgroup2 cgroup2 rw\n40 31 0:37 / /s rw - cgroup c rw,name=systemd\n",
      "");
  EXPECT_EQ(host.mode(), CgroupMode::V2);
}

TEST(CgroupHost, OddLinesAndBlanksInPaths) {
  const CgroupHost host = parse_cgroup_host(
      "- cgroup2\n1 2 3 - cgroup\n\n35 31 0:32 /dock\\040er /my\\040mount rw - cgroup c rw,pids\n",
      "x\n7:pids\n8::\n");
  ASSERT_EQ(host.hierarchies.size(), 1U);
  EXPECT_EQ(host.hierarchies[0].mounted, "/my mount");
  EXPECT_EQ(host.hierarchies[0].root, "/dock er");
}

TEST(CgroupHost, ThisMachineIsRead) {
  const auto host = real::detect_cgroups();
  if (!host) {
    EXPECT_EQ(host.error().code, ErrorCode::Cannot) << host.error().message;
    GTEST_SKIP() << "no cgroup hierarchy here";
  }
  EXPECT_NE(host->mode(), CgroupMode::None);
  for (const real::CgroupHierarchy& one : host->hierarchies) EXPECT_FALSE(one.own.empty());
}

}  // namespace
}  // namespace cutaway::test
