// Agenda and cpus alone, then tasks on cpus.
#include "sim/core/scheduler.h"

#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

TEST(Agenda, ByTimeThenInOrder) {
  Agenda agenda;
  agenda.add(20, Happening::TimerExpires, TaskId{1}, 0);
  agenda.add(10, Happening::TimerExpires, TaskId{2}, 0);
  agenda.add(10, Happening::TimerExpires, TaskId{3}, 0);
  agenda.add(20, Happening::TimerExpires, TaskId{4}, 0);
  std::vector<std::uint32_t> order;
  while (!agenda.empty()) order.push_back(agenda.take().task.value);
  EXPECT_EQ(order, (std::vector<std::uint32_t>{2, 3, 1, 4}));
}

TEST(Cpus, WhoWaitsAndWhoHasOne) {
  Cpus cpus(2);
  for (const std::uint32_t id : {1U, 2U, 3U}) cpus.enqueue(TaskId{id});
  cpus.occupy(TaskId{2}, 1);
  EXPECT_TRUE(cpus.is_free(0));
  EXPECT_FALSE(cpus.is_free(1));
  EXPECT_FALSE(cpus.is_free(2));
  EXPECT_EQ(cpus.waiting(), (std::deque<TaskId>{TaskId{1}, TaskId{3}}));
  cpus.occupy(TaskId{1}, 0);
  EXPECT_FALSE(cpus.any_free());
  cpus.release(1);
  EXPECT_TRUE(cpus.any_free());
  EXPECT_EQ(cpus.running(), (std::vector<TaskId>{TaskId{1}, TaskId{}}));
}

Program busy(Sys sys, State) {
  for (int i = 0; i < 200; ++i) co_await sys.call(abi::Sys::sync, kNoArgs);
  co_return 0;
}

Program starts_three(Sys sys, State) {
  const State empty;
  for (int i = 0; i < 3; ++i) co_await sys.clone(17, busy, empty);
  for (int i = 0; i < 3; ++i) co_await sys.wait4(-1, 0);
  co_return 0;
}

/// Three tasks of 10 ms each on so many cpus: the time at which all are done.
std::int64_t time_with(std::int64_t cpus) {
  Machine machine;
  machine.cpus = cpus;
  Lab lab(machine);
  lab.run(starts_three);
  return lab.kernel.now();
}

TEST(Scheduler, MoreCpusTakeLessTime) {
  const std::int64_t one = time_with(1), three = time_with(3);
  EXPECT_GT(one, 30'000'000);
  EXPECT_LT(one, 31'500'000);
  EXPECT_LT(three, 11'500'000);
}

TEST(Scheduler, SlicesWhenOthersWait) {
  Machine machine;
  machine.cpus = 1;
  Lab lab(machine);
  lab.run(starts_three);
  std::int64_t longest = 0;
  for (std::size_t n = 0; n < lab.trace.size(); ++n) {
    const Event event = lab.trace.event(n);
    if (const auto* off = std::get_if<TaskOff>(&event.body)) longest = std::max(longest, off->used);
  }
  EXPECT_GE(longest, 4'000'000);
  EXPECT_LT(longest, 4'100'000);
}

TEST(Scheduler, TimesNeverDecreaseAndOneTaskPerCpu) {
  Lab lab;
  lab.run(starts_three);
  std::int64_t before = 0;
  std::vector<TaskId> on(2);
  for (std::size_t n = 0; n < lab.trace.size(); ++n) {
    const Event event = lab.trace.event(n);
    EXPECT_GE(event.stamp.t, before);
    before = event.stamp.t;
    if (const auto* task_on = std::get_if<TaskOn>(&event.body)) {
      TaskId& cpu = on.at(static_cast<std::size_t>(task_on->cpu));
      EXPECT_FALSE(cpu) << "event " << n;
      cpu = event.stamp.task;
    }
    if (!std::holds_alternative<TaskOff>(event.body)) continue;
    for (TaskId& cpu : on) {
      if (cpu == event.stamp.task) cpu = TaskId{};
    }
  }
}

Program sleeps(Sys sys, State) {
  const std::int64_t slept = co_await sys.nanosleep(2'500'000'000);
  note("nanosleep", slept);
  notes().push_back(std::to_string(sys.now() / 1'000'000));
  co_return 0;
}

TEST(Scheduler, SleepingPassesOnTheVirtualClock) {
  Lab lab;
  lab.run(sleeps);
  EXPECT_EQ(lab.notes, (Notes{"nanosleep=0", "2500"}));
  const Syscall* call = lab.find_call(abi::Sys::clock_nanosleep);
  ASSERT_NE(call, nullptr);
  EXPECT_GE(call->dur, 2'500'000'000);
}

}  // namespace
}  // namespace cutaway::sim
