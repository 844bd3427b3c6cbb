// Lists of processors, quotas and shares as cgroup files say them.
#include "trace/world/cpus.h"

#include <gtest/gtest.h>

namespace cutaway {
namespace {

struct ListCase {
  const char* text;
  const char* kept;  ///< null: it is none
};

class CpuList : public testing::TestWithParam<ListCase> {};

TEST_P(CpuList, IsReadAndWritten) {
  CpuSet cpus;
  ASSERT_EQ(parse_cpu_list(GetParam().text, cpus), GetParam().kept != nullptr);
  if (GetParam().kept == nullptr) return;
  EXPECT_EQ(cpu_list(cpus), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(Texts, CpuList,
                         testing::Values(ListCase{"", ""}, ListCase{"0", "0"},
                                         ListCase{"0-3", "0-3"}, ListCase{"3,1,2,0\n", "0-3"},
                                         ListCase{"1,1,5-6", "1,5-6"}, ListCase{"3-1", nullptr},
                                         ListCase{"a", nullptr}, ListCase{"1-", nullptr},
                                         ListCase{"-1", nullptr}, ListCase{"1,,2", nullptr},
                                         ListCase{"0-99999999", nullptr}));

World with_two_cpus() {
  World world;
  world.machine.cpus = 2;
  return world;
}

TEST(CpusOfCgroup, AreThoseThatTheFolderAboveHasToo) {
  World world = with_two_cpus();
  Cgroup root;
  Cgroup child;
  root.id = CgroupId{1};
  child.id = CgroupId{2};
  child.parent = root.id;
  world.cgroups.put(root.id, root);
  const auto effective = [&world](const Cgroup& cgroup) {
    return cpu_list(cpus_of_cgroup(world, cgroup));
  };
  EXPECT_EQ(effective(child), "0-1");
  child.limits["cpuset.cpus"] = "1-7";
  EXPECT_EQ(effective(child), "1");
  child.limits["cpuset.cpus"] = "4";
  EXPECT_EQ(effective(child), "0-1");
}

TEST(CpuQuota, AsBothVersionsWriteIt) {
  Cgroup cgroup;
  EXPECT_EQ(cpu_quota(cgroup).quota_us, 0);
  cgroup.limits["cpu.max"] = "50000 200000";
  EXPECT_EQ(cpu_quota(cgroup).quota_us, 50'000);
  EXPECT_EQ(cpu_quota(cgroup).period_us, 200'000);
  cgroup.limits["cpu.max"] = "max 100000";
  EXPECT_EQ(cpu_quota(cgroup).quota_us, 0);
  cgroup.limits.clear();
  cgroup.limits["cpu.cfs_quota_us"] = "-1";
  EXPECT_EQ(cpu_quota(cgroup).quota_us, 0);
  cgroup.limits["cpu.cfs_quota_us"] = "25000";
  EXPECT_EQ(cpu_quota(cgroup).quota_us, 25'000);
  EXPECT_EQ(cpu_quota(cgroup).period_us, 100'000);
}

TEST(CpuShares, OfBothVersionsInOneMeasure) {
  Cgroup cgroup;
  EXPECT_EQ(cpu_shares(cgroup), 1024);
  cgroup.limits["cpu.weight"] = "50";
  EXPECT_EQ(cpu_shares(cgroup), 512);
  cgroup.limits["cpu.shares"] = "2048";
  EXPECT_EQ(cpu_shares(cgroup), 2048);
}

}  // namespace
}  // namespace cutaway
