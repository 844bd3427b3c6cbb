// The driver on this machine's cgroups, in a folder of the test's own. Nothing stays, also when a
// test fails: TearDown kills what is left and removes the folders.
#include "real/cgroup/cgroup.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/text.h"
#include "real/cgroup/control_file.h"
#include "real/sys/files.h"

namespace cutaway::test {
namespace {

using real::CgroupDriver;

constexpr const char* kId = "a";

class OnThisMachine : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "cgroups are made by root only";
    const auto host = real::detect_cgroups();
    if (!host) GTEST_SKIP() << host.error().message;
    cgroups = std::make_unique<CgroupDriver>(*host, "/cutaway-test-" + decimal(::getpid()));
    const Status ready = cgroups->prepare();
    ASSERT_TRUE(ready.has_value()) << ready.error().message;
    for (const real::CgroupHierarchy* one : cgroups->host().used()) make(*one);
  }

  void TearDown() override {
    if (!cgroups) return;
    const Status killed = cgroups->kill_all(kId);
    EXPECT_TRUE(killed.has_value()) << killed.error().message;
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    const Status removed = cgroups->remove(kId);
    EXPECT_TRUE(removed.has_value()) << removed.error().message;
    const Status gone = cgroups->unprepare();
    EXPECT_TRUE(gone.has_value()) << gone.error().message;
    EXPECT_TRUE(cgroups->list().empty());
  }

  /// As the plan does: cg.create.
  void make(const real::CgroupHierarchy& one) const {
    const std::string folder = one.mounted + cgroups->path_of(kId);
    ASSERT_TRUE(real::make_folders(folder, 0755).has_value());
    if (one.version == 2 || !one.has("cpuset")) return;
    for (const char* file : {"/cpuset.cpus", "/cpuset.mems"}) {
      const auto text = real::read_control(folder + "/.." + file);
      ASSERT_TRUE(text.has_value() && real::write_control(folder + file, *text).has_value());
    }
  }

  /// A child that is a member of the cgroups before it starts its work.
  pid_t start(void (*work)()) const {
    int gate[2] = {-1, -1};
    EXPECT_EQ(::pipe2(gate, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      char byte = 0;
      ::close(gate[1]);
      if (::read(gate[0], &byte, 1) != 1) ::_exit(99);
      work();
      ::_exit(0);
    }
    ::close(gate[0]);
    for (const real::CgroupHierarchy* one : cgroups->host().used()) {
      const Status joined = real::write_control(
          one->mounted + cgroups->path_of(kId) + "/cgroup.procs", decimal(child));
      EXPECT_TRUE(joined.has_value()) << joined.error().message;
    }
    EXPECT_EQ(::write(gate[1], "g", 1), 1);
    ::close(gate[1]);
    return child;
  }

  /// As `docker update` does: what says something else than before is written.
  void limit(spec::PlanInput limits) {
    limits.cgroup_version = cgroups->host().plan_version();
    for (const spec::CgroupSetting& setting : spec::changed_settings(limited, limits)) {
      const auto done = cgroups->set_limit(kId, setting);
      ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    limited = std::move(limits);
  }

  std::unique_ptr<CgroupDriver> cgroups;
  spec::PlanInput limited;  // by now
};

void touch_64_mib() {
  constexpr std::size_t kBytes = 64U << 20U;
  void* all = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) ::_exit(98);
  std::memset(all, 1, kBytes);
}
void spin() {
  while (true) asm volatile("");
}
void wait_for_ever() {
  while (true) ::pause();
}

TEST_F(OnThisMachine, MemoryBeyondTheLimitEndsInSigkill) {
  spec::PlanInput limits;
  limits.memory_bytes = 16 << 20;
  limit(limits);
  auto watch = cgroups->watch_oom(kId);
  ASSERT_TRUE(watch.has_value()) << watch.error().message;
  const auto meter = cgroups->meter(kId);
  ASSERT_TRUE(meter.has_value());
  // Swap is limited to as much again, and 64 MiB are more than both.
  const pid_t child = start(touch_64_mib);
  pollfd waiting{watch->fd(), POLLIN, 0};
  EXPECT_EQ(::poll(&waiting, 1, 20000), 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  EXPECT_EQ(watch->drain(), 1);
  const real::CgroupUsage usage = meter->sample();
  EXPECT_EQ(usage.oom_kills, 1);
  EXPECT_GT(usage.memory_refused, 0);
  EXPECT_LE(usage.memory_peak, 16 << 20);
}

TEST_F(OnThisMachine, PidsBeyondTheLimitAreRefused) {
  spec::PlanInput limits;
  limits.pids = 1;
  limit(limits);
  const pid_t child = start([] {
    const pid_t second = ::fork();
    if (second == 0) ::_exit(0);
    ::_exit(second < 0 && errno == EAGAIN ? 7 : 8);
  });
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST_F(OnThisMachine, LimitsMayGrowAndShrinkAndGo) {
  for (const std::int64_t mebibytes : {64, 16, 128, 32}) {
    spec::PlanInput limits;
    limits.memory_bytes = mebibytes << 20;
    limits.pids = mebibytes < 32 ? 0 : 5;  // 0: none any more
    limits.cpu_quota_us = mebibytes < 32 ? 0 : 25000;
    limits.cpu_period_us = 100000;
    limit(limits);
  }
}

TEST_F(OnThisMachine, AThrottledCpuIsCounted) {
  spec::PlanInput limits;
  limits.cpu_quota_us = 10000;  // a tenth
  limits.cpu_period_us = 100000;
  limit(limits);
  const auto meter = cgroups->meter(kId);
  ASSERT_TRUE(meter.has_value());
  start(spin);
  real::CgroupUsage usage;
  for (int i = 0; i < 200 && usage.throttled < 3; ++i) {
    ::usleep(50000);
    usage = meter->sample();
  }
  EXPECT_GE(usage.throttled, 3);
  EXPECT_GT(usage.throttled_ns, 0);
  EXPECT_GT(usage.cpu_ns, 0);
  EXPECT_EQ(usage.pids, 1);
}

TEST_F(OnThisMachine, FrozenMembersStandStill) {
  const auto meter = cgroups->meter(kId);
  ASSERT_TRUE(meter.has_value());
  start(spin);
  while (meter->sample().cpu_ns < 1'000'000) ::usleep(1000);
  const Status frozen = cgroups->freeze(kId);
  ASSERT_TRUE(frozen.has_value()) << frozen.error().message;
  const std::int64_t before = meter->sample().cpu_ns;
  ::usleep(100000);
  EXPECT_EQ(meter->sample().cpu_ns, before);
  ASSERT_TRUE(cgroups->thaw(kId).has_value());
  for (int i = 0; i < 400 && meter->sample().cpu_ns == before; ++i) ::usleep(10000);
  EXPECT_GT(meter->sample().cpu_ns, before);
}

TEST_F(OnThisMachine, AllAreKilledAlsoWhenFrozen) {
  const pid_t first = start(wait_for_ever), second = start(spin);
  EXPECT_EQ(cgroups->members(kId)->size(), 2U);
  EXPECT_EQ(cgroups->list(), (std::vector<std::string>{kId}));
  ASSERT_TRUE(cgroups->freeze(kId).has_value());
  const Status killed = cgroups->kill_all(kId);
  ASSERT_TRUE(killed.has_value()) << killed.error().message;
  for (const pid_t child : {first, second}) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }
}

}  // namespace
}  // namespace cutaway::test
