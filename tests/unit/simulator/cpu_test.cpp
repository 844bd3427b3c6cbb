// Cpu time of cgroups: quotas, shares, sets of processors, on both versions.
#include <gtest/gtest.h>

#include <map>

#include "run_echo.h"
#include "sim/simulator.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

template <class T>
bool is(const Record& record) {
  return record.body == Body(T{}).index();
}

constexpr std::int64_t kMs = 1'000'000;

/// The cpu time of each container's tasks.
std::map<std::string, std::int64_t> cpu_by_container(const Trace& trace) {
  std::map<std::string, std::int64_t> used;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (!is<TaskOff>(trace.record(n))) continue;
    const Event event = trace.event(n);
    const Container* home = trace.head().containers.find(event.stamp.container);
    if (home != nullptr) used[home->name] += std::get<TaskOff>(event.body).used;
  }
  return used;
}

std::vector<CgroupThrottled> throttled(const Trace& trace) {
  std::vector<CgroupThrottled> all;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (is<CgroupThrottled>(trace.record(n)))
      all.push_back(std::get<CgroupThrottled>(trace.event(n).body));
  }
  return all;
}

/// "burnt 24 ms of cpu in 100 ms"
std::int64_t burnt(const CommandState& state) {
  const std::size_t at = state.stdout_text.find("burnt ");
  if (at == std::string::npos) {
    ADD_FAILURE() << state.line << ": " << state.stdout_text << state.stderr_text;
    return -1;
  }
  return std::stoll(state.stdout_text.substr(at + 6));
}

class CpuOnBoth : public testing::TestWithParam<CgroupVersion> {};

// CPU-01.
TEST_P(CpuOnBoth, AQuotaIsTimeInEachPeriod) {
  const Outcome outcome = run_docker({"run --cpus 0.25 stress burn 2"}, 1, GetParam());
  EXPECT_NEAR(static_cast<double>(burnt(outcome.last())), 500, 25);
  const std::vector<CgroupThrottled> waits = throttled(outcome.simulator->trace());
  EXPECT_GE(waits.size(), 19U);
  EXPECT_LE(waits.size(), 21U);
  for (const CgroupThrottled& wait : waits) {
    EXPECT_GT(wait.to - wait.from, 70 * kMs);
    EXPECT_LE(wait.to - wait.from, 75 * kMs);
  }
}

TEST_P(CpuOnBoth, CountersAddUp) {
  const std::string file = GetParam() == CgroupVersion::V2 ? "cpu.stat" : "cpu/cpu.stat";
  const Outcome outcome = run_docker(
      {"run --cpus 0.5 --entrypoint sh stress -c 'burn 1; cat /sys/fs/cgroup/" + file + "'"}, 1,
      GetParam());
  const std::string& text = outcome.last().stdout_text;
  const auto value = [&text](const std::string& key) {
    const std::size_t at = text.find("\n" + key + " ");
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + key.size() + 2));
  };
  std::int64_t ns = 0;
  for (const CgroupThrottled& wait : throttled(outcome.simulator->trace()))
    ns += wait.to - wait.from;
  EXPECT_GE(value("nr_periods"), 9);
  EXPECT_GE(value("nr_throttled"), 9);
  const bool v2 = GetParam() == CgroupVersion::V2;
  EXPECT_EQ(v2 ? value("throttled_usec") : value("throttled_time"), v2 ? ns / 1000 : ns);
}

// CPU-02: two that are busy use the quota up twice as fast.
TEST_P(CpuOnBoth, TheQuotaIsOfTheGroup) {
  const Outcome outcome = run_docker(
      {"run --cpus 0.4 --entrypoint sh stress -c 'burn 1 & burn 1 & wait'"}, 1, GetParam());
  EXPECT_NEAR(static_cast<double>(burnt(outcome.last())), 200, 20);
  const std::vector<CgroupThrottled> waits = throttled(outcome.simulator->trace());
  ASSERT_FALSE(waits.empty());
  EXPECT_NEAR(static_cast<double>(waits.back().to - waits.back().from), 80.0 * kMs, 2.0 * kMs);
}

// A member that does not run pays nothing, and the timer of periods rests.
TEST_P(CpuOnBoth, WhoSleepsUsesNothingUp) {
  const Outcome outcome =
      run_docker({"run --cpus 0.1 --entrypoint sh stress -c 'sleep 5; burn 0.005'"}, 1, GetParam());
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_TRUE(throttled(outcome.simulator->trace()).empty());
}

TEST_P(CpuOnBoth, SharesCountWhereItIsCrowded) {
  const Outcome outcome = run_docker(
      {"run -d --name much --cpuset-cpus 0 --cpu-shares 3072 stress burn 2",
       "run -d --name little --cpuset-cpus 0 --cpu-shares 1024 stress burn 2", "wait much little"},
      1, GetParam());
  std::map<std::string, std::int64_t> used = cpu_by_container(outcome.simulator->trace());
  EXPECT_NEAR(static_cast<double>(used["much"]) / static_cast<double>(used["little"]), 3, 0.15);
}

TEST_P(CpuOnBoth, SharesCountForNothingAlone) {
  const Outcome outcome = run_docker({"run --cpu-shares 2 stress burn 0.5"}, 1, GetParam());
  EXPECT_GE(burnt(outcome.last()), 495);
}

// CST-01, and every member runs on its processors alone.
TEST_P(CpuOnBoth, ASetOfProcessors) {
  const Outcome outcome = run_docker({"run --name one --cpuset-cpus 1 --entrypoint sh stress -c "
                                      "'nproc; burn 0.02 & burn 0.02 & wait'"},
                                     1, GetParam());
  EXPECT_EQ(outcome.last().stdout_text.substr(0, 2), "1\n");
  EXPECT_NEAR(static_cast<double>(burnt(outcome.last())), 10, 4);
  const Trace& trace = outcome.simulator->trace();
  std::size_t seen = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (!is<TaskOn>(trace.record(n))) continue;
    const Event event = trace.event(n);
    const World world = trace.world_at(n);
    const Task* task = world.tasks.find(event.stamp.task);
    if (task == nullptr || task->role != Role::Workload) continue;
    EXPECT_EQ(std::get<TaskOn>(event.body).cpu, 1) << "event " << n;
    ++seen;
  }
  EXPECT_GT(seen, 4U);
}

INSTANTIATE_TEST_SUITE_P(Versions, CpuOnBoth, testing::Values(CgroupVersion::V1, CgroupVersion::V2),
                         [](const auto& each) {
                           return each.param == CgroupVersion::V1 ? "v1" : "v2";
                         });

TEST(Cpu, AnUpdateChangesTheQuotaWhileItRuns) {
  const Outcome outcome = run_docker({"run -d --name it stress burn 2", "exec it sleep 1",
                                      "update --cpus 0.1 it", "wait it", "logs it"});
  EXPECT_NEAR(static_cast<double>(burnt(outcome.last())), 1100, 60);
}

// The counters go on when the quota is taken away and comes back.
TEST(Cpu, PeriodsAreNeverCountedBack) {
  const Outcome outcome = run_docker(
      {"run -d --name it --cpus 0.5 stress burn 3", "exec it sleep 1", "update --cpu-quota -1 it",
       "exec it sleep 0.2", "update --cpu-quota 50000 it", "wait it"});
  const Trace& trace = outcome.simulator->trace();
  std::int64_t last = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (!is<CgroupUsage>(trace.record(n))) continue;
    const auto usage = std::get<CgroupUsage>(trace.event(n).body);
    if (usage.file != "cpu.stat nr_periods") continue;
    EXPECT_GE(usage.value, last) << "event " << n;
    last = usage.value;
  }
  EXPECT_GT(last, 20);
}

// sched-bwc.rst: no more in a period than there is, however often it wakes.
TEST(Cpu, InNoPeriodMoreThanTheQuota) {
  const Outcome outcome = run_docker(
      {"run --name it --cpus 0.3 --entrypoint sh stress -c 'burn 0.3 & burn 0.3 & burn 0.3 & "
       "wait; sleep 0.03; burn 0.2'"});
  const Trace& trace = outcome.simulator->trace();
  const std::vector<CgroupThrottled> waits = throttled(trace);
  ASSERT_GT(waits.size(), 2U);
  for (std::size_t i = 0; i + 1 < waits.size(); ++i) {
    std::int64_t used = 0;
    for (std::size_t n = 0; n < trace.size(); ++n) {
      const std::int64_t t = trace.record(n).t;
      if (!is<TaskOff>(trace.record(n)) || t <= waits[i].to || t > waits[i + 1].from) continue;
      const Event event = trace.event(n);
      if (event.stamp.container) used += std::get<TaskOff>(event.body).used;
    }
    EXPECT_LE(used, 30 * kMs + 5 * kMs) << "after " << waits[i].to;
  }
}

}  // namespace
}  // namespace cutaway::test
