// The driver on trees of plain files: what is written where, in which order, for v1 and v2.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "real/cgroup/cgroup.h"
#include "real/sys/files.h"

namespace cutaway::test {
namespace {

using real::CgroupDriver;
using real::CgroupHierarchy;
using real::CgroupHost;

/// A folder that looks like a cgroup file system, and goes with the test.
class Tree : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/cutaway-test-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    root = name;
  }
  void TearDown() override { EXPECT_TRUE(real::remove_tree(root).has_value()); }

  void put(const std::string& path, const std::string& text) const {
    ASSERT_TRUE(real::make_folders((root + path).substr(0, (root + path).rfind('/'))).has_value());
    std::ofstream(root + path) << text;
  }
  void folder(const std::string& path) const {
    ASSERT_TRUE(real::make_folders(root + path).has_value());
  }
  std::string get(const std::string& path) const {
    std::stringstream text;
    text << std::ifstream(root + path).rdbuf();
    return text.str();
  }
  static CgroupDriver quick(const CgroupHost& host) {
    CgroupDriver driver(host, "/ours");
    driver.set_patience(50'000'000);
    return driver;
  }
  CgroupDriver two() const {
    CgroupHost host;
    host.hierarchies = {{2, {"cpu", "memory", "pids"}, root, "/", "/"}};
    return quick(host);
  }
  CgroupDriver one() const {
    CgroupHost host;
    for (const char* name : {"cpu", "cpuset", "freezer", "memory", "pids"})
      host.hierarchies.push_back({1, {name}, root + "/" + name, "/", "/"});
    return quick(host);
  }

  std::string root;
};

TEST_F(Tree, PreparingEnablesWhatIsMissingOnTwo) {
  put("/cgroup.controllers", "cpuset cpu io memory hugetlb pids\n");
  put("/cgroup.subtree_control", "memory\n");
  put("/ours/cgroup.controllers", "cpu memory\n");
  put("/ours/cgroup.subtree_control", "cpu memory\n");
  ASSERT_TRUE(two().prepare().has_value());
  EXPECT_EQ(get("/cgroup.subtree_control"), "+cpu +cpuset +io +pids");
  EXPECT_EQ(get("/ours/cgroup.subtree_control"), "cpu memory\n");  // nothing to do
}

TEST_F(Tree, PreparingFillsTheCpusetOnOne) {
  put("/cpuset/cpuset.cpus", "0-1\n");
  put("/cpuset/cpuset.mems", "0\n");
  put("/cpuset/ours/cpuset.cpus", "\n");
  put("/cpuset/ours/cpuset.mems", "3\n");
  for (const char* name : {"/cpu", "/freezer", "/memory", "/pids"}) folder(name);
  ASSERT_TRUE(one().prepare().has_value());
  EXPECT_EQ(get("/cpuset/ours/cpuset.cpus"), "0-1");
  EXPECT_EQ(get("/cpuset/ours/cpuset.mems"), "3\n");  // was there already
  EXPECT_TRUE(real::exists(root + "/pids/ours"));
}

TEST_F(Tree, ALimitIsWrittenAndReadBack) {
  put("/memory/ours/c/memory.limit_in_bytes", "9223372036854771712\n");
  put("/cpu/ours/c/cpu.cfs_quota_us", "-1\n");
  const auto memory = one().set_limit("c", {"memory", "memory.limit_in_bytes", "67108864", false});
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(*memory, "67108864");
  EXPECT_EQ(get("/memory/ours/c/memory.limit_in_bytes"), "67108864");
  ASSERT_TRUE(one().set_limit("c", {"cpu", "cpu.cfs_quota_us", "50000", false}).has_value());
  EXPECT_EQ(get("/cpu/ours/c/cpu.cfs_quota_us"), "50000");
}

TEST_F(Tree, WhatThisKernelHasNotIsLeftOutOnlyWhereThatIsMeant) {
  folder("/memory/ours/c");
  const auto swap = one().set_limit("c", {"memory", "memory.memsw.limit_in_bytes", "1", true});
  ASSERT_TRUE(swap.has_value());
  EXPECT_TRUE(swap->empty());
  EXPECT_FALSE(one().set_limit("c", {"memory", "memory.limit_in_bytes", "1", false}).has_value());
}

TEST_F(Tree, AMissingControllerIsSaid) {
  CgroupHost host;
  host.hierarchies = {{2, {"cpu"}, root, "/", "/"}};
  const auto done = CgroupDriver(host, "/ours").set_limit("c", {"pids", "pids.max", "7", false});
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::Cannot);
  EXPECT_NE(done.error().message.find("pids"), std::string::npos);
}

TEST_F(Tree, ListingAndRemoving) {
  folder("/cpu/ours/a/inner/deep");
  folder("/memory/ours/b");
  for (const char* name : {"/cpuset/ours", "/freezer/ours", "/pids/ours"}) folder(name);
  EXPECT_EQ(one().list(), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE(one().remove("a").has_value());
  ASSERT_TRUE(one().remove("a").has_value());  // again: nothing to do
  EXPECT_EQ(one().list(), (std::vector<std::string>{"b"}));
  EXPECT_FALSE(one().unprepare().has_value());  // b is still there
  ASSERT_TRUE(one().remove("b").has_value());
  ASSERT_TRUE(one().unprepare().has_value());
  EXPECT_FALSE(real::exists(root + "/pids/ours"));
}

TEST_F(Tree, MembersOfAllBelow) {
  put("/ours/c/cgroup.procs", "12\n7\n");
  put("/ours/c/x/cgroup.procs", "7\n0\n99\n");
  const auto members = two().members("c");
  ASSERT_TRUE(members.has_value());
  EXPECT_EQ(*members, (std::vector<pid_t>{7, 12, 99}));
  EXPECT_TRUE(two().members("gone")->empty());
}

TEST_F(Tree, AStrangerIsNeverKilled) {
  // A folder that names this very process, which is no member of such a cgroup.
  put("/ours/c/cgroup.procs", std::to_string(::getpid()) + "\n");
  EXPECT_FALSE(two().kill_all("c").has_value());  // it does not end; and we are still here
}

TEST_F(Tree, FreezingWaitsForTheKernel) {
  put("/ours/c/cgroup.freeze", "0\n");
  put("/ours/c/cgroup.events", "populated 1\nfrozen 1\n");
  ASSERT_TRUE(two().freeze("c").has_value());
  EXPECT_EQ(get("/ours/c/cgroup.freeze"), "1");
  put("/ours/c/cgroup.events", "populated 1\nfrozen 0\n");
  EXPECT_FALSE(two().freeze("c").has_value());
  EXPECT_EQ(get("/ours/c/cgroup.freeze"), "0");  // not left half frozen
}

TEST_F(Tree, UsageOnTwo) {
  put("/ours/c/memory.current", "4096\n");
  put("/ours/c/memory.events", "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n");
  put("/ours/c/cpu.stat",
      "usage_usec 5\nuser_usec 4\nnr_periods 9\nnr_throttled 8\nthrottled_usec 7\n");
  const auto meter = two().meter("c");
  ASSERT_TRUE(meter.has_value());
  real::CgroupUsage usage = meter->sample();
  EXPECT_EQ(usage.memory_bytes, 4096);
  EXPECT_EQ(usage.memory_peak, real::CgroupUsage::kUnknown);  // no such file: not claimed
  EXPECT_EQ(usage.memory_refused, 3);
  EXPECT_EQ(usage.oom_kills, 2);
  EXPECT_EQ(usage.cpu_ns, 5000);
  EXPECT_EQ(usage.throttled, 8);
  EXPECT_EQ(usage.throttled_ns, 7000);
  put("/ours/c/memory.current", "8192\n");
  EXPECT_EQ(meter->sample().memory_bytes, 8192);
}

TEST_F(Tree, OomOnTwo) {
  put("/ours/c/memory.events", "oom 0\noom_kill 1\n");
  auto watch = two().watch_oom("c");
  ASSERT_TRUE(watch.has_value()) << watch.error().message;
  EXPECT_EQ(watch->drain(), 1);  // the cgroup is the container's own: it was one of its members
  put("/ours/c/memory.events", "oom 1\noom_kill 3\n");
  pollfd waiting{watch->fd(), POLLIN, 0};
  ASSERT_EQ(::poll(&waiting, 1, 1000), 1);
  EXPECT_EQ(watch->drain(), 2);
  EXPECT_EQ(watch->drain(), 0);
  waiting.revents = 0;
  EXPECT_EQ(::poll(&waiting, 1, 0), 0);
}

}  // namespace
}  // namespace cutaway::test
