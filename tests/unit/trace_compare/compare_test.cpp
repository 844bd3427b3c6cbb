// One planted difference at a time: exactly its row, its class, and whether the sides still agree.
#include "trace/compare/compare.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "tests/unit/trace_compare/edited.h"

namespace cutaway::test {
namespace {

using abi::Sys;
using Lines = std::vector<std::string>;

constexpr std::int64_t kWhole = 1'000'000;

class Compare : public testing::Test {
 protected:
  static const Trace& echo() {
    static const Trace trace = simulate("run-echo");
    return trace;
  }
  /// The echo of "Linux": the same, but said to be real.
  static Edited linux_echo() { return as_real(echo()); }
};

TEST_F(Compare, a_trace_with_itself) {
  const Comparison found = compared(echo(), echo());
  EXPECT_EQ(told(found), Lines());
  EXPECT_TRUE(agrees(found));
  EXPECT_EQ(found.steps_ppm, kWhole);
  EXPECT_EQ(found.syscalls_ppm, kWhole);
  EXPECT_EQ(found.workload_ppm, kWhole);
  EXPECT_GT(found.steps.matched, 25);
  EXPECT_GT(found.syscalls.matched, 100);
  EXPECT_GT(found.workload.matched, 10);
  EXPECT_EQ(found.results.matched, 3);  // exit, stdout, end
  EXPECT_EQ(found.steps.all(), found.steps.matched);
  EXPECT_EQ(found.syscalls.all(), found.syscalls.matched);
}

TEST_F(Compare, every_compared_step_of_the_plan_is_there) {
  const Comparison found = compared(echo(), echo());
  std::vector<std::string> steps;
  for (const CompareRow& row : found.rows) {
    if (row.level == RowLevel::Step && row.row_class == RowClass::None) steps.push_back(row.step);
  }
  for (const char* step : {"subreaper", "rt.start", "ns.clone", "cg.create", "root.pivot",
                           "seccomp.load", "exec", "io.write", "exit", "reap", "rootfs.umount"})
    EXPECT_NE(std::find(steps.begin(), steps.end(), step), steps.end()) << step;
}

TEST_F(Compare, the_engine_is_shown_and_not_counted) {
  const Comparison found = compared(echo(), echo());
  bool seen = false;
  for (const CompareRow& row : found.rows) {
    if (row.step != "api.create") continue;
    seen = true;
    EXPECT_EQ(row.row_class, RowClass::Engine);
    EXPECT_EQ(row.level, RowLevel::Step);
  }
  EXPECT_TRUE(seen);
}

TEST_F(Compare, a_missing_engine_is_no_difference) {
  Edited real = linux_echo();
  const Trace whole = real.build();
  for (std::size_t n = real.events.size(); n-- > 0;) {
    const bool is_call = std::holds_alternative<Syscall>(real.events[n].body);
    const World world = whole.world_at(n);
    const Task* task = world.tasks.find(real.events[n].stamp.task);
    const bool engine = task != nullptr && (task->role == Role::Client ||
                                            task->role == Role::Daemon || task->role == Role::Host);
    if (is_call && engine) real.drop(n);
  }
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), Lines());
  EXPECT_TRUE(agrees(found));
}

TEST_F(Compare, a_wrong_errno_is_the_simulators_fault) {
  Edited real = linux_echo();
  Syscall& mount = real.call(real.find(Sys::mount, "mnt.proc"));
  mount.ret = -1;
  mount.err = abi::Errno::kEPERM;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"different step init mnt.proc mnt.proc simulator_wrong",
                                "different syscall init mnt.proc mount simulator_wrong"}));
  EXPECT_FALSE(agrees(found));
  EXPECT_EQ(found.steps.different, 1);
  EXPECT_EQ(found.syscalls.different, 1);
  EXPECT_LT(found.steps_ppm, kWhole);
  const CompareRow row = differing(found, RowLevel::Syscall).at(0);
  EXPECT_EQ(row.values.at("result_b"), "-1 EPERM (Operation not permitted)");
  EXPECT_EQ(row.values.at("result_a"), "0");
}

// 4096 bytes are a folder here; the busybox is larger.
TEST(CompareFolders, a_folders_size_is_its_file_systems_business) {
  const Trace shown = test::simulate("working-folder");
  const auto with = [&shown](std::string_view field, std::int64_t was, std::int64_t value) {
    Edited real = test::as_real(shown);
    for (Event& event : real.events) {
      auto* call = std::get_if<Syscall>(&event.body);
      if (call == nullptr || call->sys != Sys::newfstatat || call->args.size() < 3) continue;
      Arg& buf = call->args[2];
      for (std::size_t i = 0; i < buf.keys.size(); ++i) {
        if (buf.keys[i] != field || (field == "st_size" && buf.items[i].value != was)) continue;
        buf.items[i] = Arg::integer(value);
        return test::compared(shown, real.build());
      }
    }
    ADD_FAILURE() << "nobody asks for " << field;
    return Comparison();
  };
  const Comparison found = with("st_size", 4096, 40);
  EXPECT_TRUE(agrees(found));
  ASSERT_EQ(test::differing(found, RowLevel::Syscall).size(), 1U);
  EXPECT_EQ(test::differing(found, RowLevel::Syscall)[0].row_class, RowClass::Kernel);
  EXPECT_FALSE(agrees(with("st_mode", 0, 7)));
}

// What is left of a timer comes back by argument 2; what was asked for is argument 1.
TEST(CompareClocks, what_is_left_of_a_timer_is_a_matter_of_the_moment) {
  const Trace shown = test::simulate("working-folder");
  Edited before = Edited(shown);
  const std::size_t n = before.find(Sys::newfstatat, "work");
  Syscall timer;
  timer.sys = Sys::setitimer;
  const auto left = [](std::int64_t microseconds) {
    Arg arg;
    arg.tag = ArgTag::Struct;
    arg.keys = {"tv_usec"};
    arg.items = {Arg::integer(microseconds)};
    return arg;
  };
  timer.args = {Arg::integer(0), left(20000), left(19998)};
  before.events.at(n).body = timer;
  const auto with = [&](std::size_t argument) {
    Edited real = test::as_real(before.build());
    real.call(n).args.at(argument) = left(7);
    return test::compared(before.build(), real.build());
  };
  const Comparison found = with(2);
  EXPECT_TRUE(agrees(found));
  ASSERT_EQ(test::differing(found, RowLevel::Syscall).size(), 1U);
  EXPECT_EQ(test::differing(found, RowLevel::Syscall)[0].why, "compare.choice.clock");
  EXPECT_FALSE(agrees(with(1)));
}

TEST_F(Compare, between_equal_sides_nobody_is_right) {
  Edited other(echo());
  Syscall& mount = other.call(other.find(Sys::mount, "mnt.proc"));
  mount.ret = -1;
  mount.err = abi::Errno::kEPERM;
  EXPECT_EQ(told(compared(echo(), other.build())),
            (Lines{"different step init mnt.proc mnt.proc unexplained",
                   "different syscall init mnt.proc mount unexplained"}));
}

TEST_F(Compare, a_missing_call) {
  Edited real = linux_echo();
  real.drop(real.find(Sys::mknod, "dev.nodes", 2));
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"different step init dev.nodes dev.nodes unexplained",
                                "only_a syscall init dev.nodes mknod unexplained"}));
  EXPECT_EQ(found.syscalls.only_a, 1);
  EXPECT_EQ(found.syscalls.different, 0);
  EXPECT_FALSE(agrees(found));
}

TEST_F(Compare, a_missing_step) {
  Edited real = linux_echo();
  real.drop(real.find(Sys::sethostname, "uts.hostname"));
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"only_a step init uts.hostname uts.hostname unexplained",
                                "only_a syscall init uts.hostname sethostname unexplained"}));
  EXPECT_EQ(found.steps.only_a, 1);
  const Comparison turned = compared(real.build(), echo());
  EXPECT_EQ(turned.steps.only_b, 1);
  EXPECT_EQ(turned.steps.only_a, 0);
}

TEST_F(Compare, a_root_that_was_copied_is_not_unmounted) {
  Edited real = linux_echo();
  real.drop(real.find(Sys::umount2, "rootfs.umount"));
  EXPECT_FALSE(agrees(compared(echo(), real.build())));
  Event note;
  note.body = Note{"the root is a copy of the image's layers", "copy"};
  real.events.push_back(note);
  const Comparison found = compared(echo(), real.build());
  EXPECT_TRUE(agrees(found));
  const Lines lines = told(found);
  EXPECT_NE(
      std::find(lines.begin(), lines.end(), "only_a syscall shim rootfs.umount umount2 kernel"),
      lines.end())
      << testing::PrintToString(lines);
}

TEST_F(Compare, an_extra_call_of_the_start_up) {
  Edited real = linux_echo();
  real.repeat(real.find(Sys::getrandom, "work"));
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"matched step workload work work loader",
                                "only_b syscall workload work getrandom loader"}));
  EXPECT_TRUE(agrees(found));
  EXPECT_EQ(found.steps.different, 0);
  EXPECT_EQ(found.workload.only_b, 1);
  EXPECT_EQ(found.workload_ppm, kWhole);  // equal neighbours count once
}

TEST_F(Compare, a_start_up_call_after_the_start_is_none) {
  Edited real = linux_echo();
  const std::size_t written = real.find(Sys::write, "io.write");
  Event late = real.events.at(real.find(Sys::getrandom, "work"));
  real.events.insert(real.events.begin() + static_cast<std::ptrdiff_t>(written) + 1, late);
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(differing(found, RowLevel::Syscall).at(0).row_class, RowClass::Unexplained);
  EXPECT_LT(found.workload_ppm, kWhole);
}

TEST_F(Compare, a_start_up_call_that_is_answered_otherwise_is_not_explained) {
  Edited real = linux_echo();
  Syscall& rseq = real.call(real.find(Sys::rseq, "work"));
  rseq.ret = -1;
  rseq.err = abi::Errno::kEINVAL;
  EXPECT_EQ(differing(compared(echo(), real.build()), RowLevel::Syscall).at(0).row_class,
            RowClass::SimulatorWrong);
}

TEST_F(Compare, another_pid) {
  Edited real = linux_echo();
  Syscall& wait = real.call(real.find(Sys::wait4, "rt.start"));
  wait.ret = 18377;
  wait.args.at(0).value = 18377;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"matched step shim rt.start rt.start ids",
                                "matched syscall shim rt.start wait4 ids"}));
  EXPECT_TRUE(agrees(found));
  EXPECT_EQ(found.syscalls_ppm, kWhole);
}

TEST_F(Compare, another_seed_is_only_other_ids) {
  const Comparison found = compared(echo(), simulate("run-echo", 4711));
  EXPECT_TRUE(agrees(found)) << testing::PrintToString(told(found));
  EXPECT_EQ(found.syscalls_ppm, kWhole);
  EXPECT_EQ(found.steps_ppm, kWhole);
  EXPECT_FALSE(told(found).empty());  // the container's id is another
  for (const std::string& line : told(found)) EXPECT_EQ(line.substr(line.size() - 4), " ids");
}

TEST_F(Compare, the_order_within_a_step_is_free) {
  Edited real = linux_echo();
  const std::size_t first = real.find(Sys::mknod, "dev.nodes", 0);
  const std::size_t second = real.find(Sys::mknod, "dev.nodes", 3);
  std::swap(real.call(first), real.call(second));
  EXPECT_EQ(told(compared(echo(), real.build())), Lines());
}

TEST_F(Compare, another_argument) {
  Edited real = linux_echo();
  real.call(real.find(Sys::mount, "mnt.shm")).args.at(1).text += "x";
  EXPECT_EQ(told(compared(echo(), real.build())),
            (Lines{"different step init mnt.shm mnt.shm unexplained",
                   "different syscall init mnt.shm mount unexplained"}));
}

TEST_F(Compare, an_equivalent_call) {
  Edited real = linux_echo();
  const std::size_t open = real.find(Sys::mknod, "dev.nodes");
  Syscall& call = real.call(open);
  call.sys = Sys::mknodat;
  call.args.insert(call.args.begin(), Arg::integer(abi::at::kFdcwd));
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"matched step init dev.nodes dev.nodes choice",
                                "different syscall init dev.nodes mknod choice"}));
  EXPECT_TRUE(agrees(found));
}

// Each kernel tells of its own memory and processors there; of what is no meter it must say the
// same.
TEST_F(Compare, the_meters_in_proc_are_the_machines) {
  const Trace trace = simulate("capabilities");
  const auto longer = [&trace](std::string_view file) {
    Edited real = as_real(trace);
    for (std::size_t n = 0; n < real.events.size(); ++n) {
      auto* call = std::get_if<Syscall>(&real.events[n].body);
      const bool reads = call != nullptr && call->sys == Sys::read && call->ret > 0 &&
                         ends_with(call->args.front().text, "/status");
      if (!reads) continue;
      call->ret += 10;
      call->args.front().text = file;
      break;
    }
    return told(compared(trace, real.build()));
  };
  EXPECT_EQ(longer("/proc/1/status").back(), "different syscall workload work read kernel");
  EXPECT_EQ(longer("/proc/1/mounts").back(), "different syscall workload work read kernel");
  EXPECT_EQ(longer("/etc/status").back(), "different syscall workload work read unexplained");
}

TEST_F(Compare, a_signal_may_come_into_another_call_of_the_workload) {
  Edited real = linux_echo();
  const std::size_t write = real.find(Sys::write, "io.write");
  real.repeat(write);
  real.call(write).ret = -1;
  real.call(write).err = abi::Errno::kEINTR;
  EXPECT_EQ(told(compared(echo(), real.build())),
            (Lines{"matched step workload io.write io.write choice",
                   "only_b syscall workload io.write write choice"}));
}

TEST_F(Compare, a_signal_that_comes_into_the_runtimes_calls_is_not_explained) {
  Edited real = linux_echo();
  const std::size_t mount = real.find(Sys::mount, "mnt.proc");
  real.repeat(mount);
  real.call(mount).ret = -1;
  real.call(mount).err = abi::Errno::kEINTR;
  EXPECT_FALSE(agrees(compared(echo(), real.build())));
}

TEST_F(Compare, how_far_one_came_until_it_was_killed_is_explained_and_nobody_elses_way) {
  const Trace sim = simulate("killed-child");
  Edited real = as_real(sim);
  real.drop(real.find(Sys::kill, "work"));
  EXPECT_EQ(told(compared(sim, real.build())).back(), "only_a syscall workload work kill choice");
  Edited other = as_real(sim);
  other.drop(other.find(Sys::getppid, "work"));
  EXPECT_EQ(told(compared(sim, other.build())).back(),
            "only_a syscall workload work getppid unexplained");
}

TEST_F(Compare, another_kernel_does_not_know_a_call) {
  Edited real = linux_echo();
  real.header.machine.kernel = "4.9";
  Syscall& rseq = real.call(real.find(Sys::rseq, "work"));
  rseq.ret = -1;
  rseq.err = abi::Errno::kENOSYS;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(differing(found, RowLevel::Syscall).at(0).row_class, RowClass::Kernel);
  EXPECT_TRUE(agrees(found));
}

TEST_F(Compare, without_root_another_way_is_no_difference_and_another_answer_is_one) {
  Edited real = linux_echo();
  real.call(real.find(Sys::mount, "mnt.devpts")).args.at(4) = Arg::bytes("newinstance");
  EXPECT_FALSE(agrees(compared(echo(), real.build())));
  // The runtime is not root: it says so before its first clone.
  const std::size_t clone = real.find(Sys::clone, "ns.clone");
  Event user;
  user.stamp.task = real.events.at(clone).stamp.task;
  user.body = TaskCredentialsSet{};
  std::get<TaskCredentialsSet>(user.body).credentials.euid = 1000;
  real.events.insert(real.events.begin() + static_cast<std::ptrdiff_t>(clone), user);
  const Comparison found = compared(echo(), real.build());
  EXPECT_TRUE(agrees(found)) << testing::PrintToString(told(found));
  EXPECT_EQ(differing(found, RowLevel::Syscall).at(0).row_class, RowClass::Rootless);
  Syscall& mount = real.call(real.find(Sys::mount, "mnt.devpts"));
  mount.ret = -1;
  mount.err = abi::Errno::kEINVAL;
  EXPECT_FALSE(agrees(compared(echo(), real.build())));
}

TEST_F(Compare, what_the_tracer_lost_is_no_difference_of_the_sides) {
  Edited real = linux_echo();
  const std::size_t n = real.find(Sys::mknod, "dev.nodes", 2);
  Loss loss;
  loss.count = 1;
  real.events.at(n).body = loss;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"matched step init dev.nodes dev.nodes loss",
                                "only_a syscall init dev.nodes mknod loss"}));
  EXPECT_TRUE(agrees(found));
}

TEST_F(Compare, other_cgroup_versions_are_explained) {
  const Comparison found = compared(echo(), simulate("run-echo", 1, CgroupVersion::V1));
  EXPECT_TRUE(agrees(found)) << testing::PrintToString(told(found));
  EXPECT_EQ(found.steps.different, 0);
  bool cgroup = false;
  for (const CompareRow& row : found.rows) cgroup = cgroup || row.row_class == RowClass::Cgroup;
  EXPECT_TRUE(cgroup);
}

TEST_F(Compare, several_containers_are_told_apart) {
  const Trace runs = simulate("second-run");
  const Comparison found = compared(runs, runs);
  EXPECT_EQ(told(found), Lines());
  EXPECT_EQ(found.syscalls_ppm, kWhole);
  int pivots = 0;
  for (const CompareRow& row : found.rows)
    pivots += row.level == RowLevel::Step && row.step == "root.pivot" ? 1 : 0;
  EXPECT_EQ(pivots, 2);
}

TEST_F(Compare, empty_traces) {
  const Comparison found = compared(Trace(), Trace());
  EXPECT_TRUE(found.rows.empty());
  EXPECT_TRUE(agrees(found));
  EXPECT_EQ(found.workload_ppm, kWhole);
  const Comparison half = compared(echo(), Trace());
  EXPECT_EQ(half.workload_ppm, 0);
  EXPECT_EQ(half.syscalls.only_a, half.syscalls.all());
  EXPECT_FALSE(agrees(half));
}

}  // namespace
}  // namespace cutaway::test
