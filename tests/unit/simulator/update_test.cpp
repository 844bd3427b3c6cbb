// `docker update` and `docker kill` on the simulated machine: records, cgroup files, and what the
// kernel makes of them.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

sim::SimulatorOptions machine(CgroupVersion version) {
  sim::SimulatorOptions options;
  options.machine.cgroup = version;
  return options;
}

class Update : public testing::Test {
 protected:
  void begin(CgroupVersion version) {
    simulator_ = std::make_unique<sim::Simulator>(machine(version));
  }
  /// Its exit status.
  int run(const std::string& line) {
    const auto index = simulator_->submit(docker_command(line));
    EXPECT_TRUE(index) << line;
    EXPECT_TRUE(simulator_->run_until_done(*index)) << line;
    state_ = simulator_->command(*index);
    const auto broken = broken_invariants(world());
    EXPECT_TRUE(broken.empty()) << broken.front();
    return state_.exit;
  }
  /// Writes a file as root does by hand.
  void write_by_hand(const std::string& value, const std::string& path) {
    SideCommand command;
    command.kind = SideCommand::Kind::Host;
    command.line = "echo " + value + " > " + path;
    const auto index = simulator_->submit(command);
    ASSERT_TRUE(index);
    ASSERT_TRUE(simulator_->run_until_done(*index));
    ASSERT_TRUE(simulator_->run_for(1'000'000'000));
  }
  std::string memory_folder() const {
    return cgroup_of(world(), world().tasks.at(box().init), "memory")->path;
  }
  const World& world() const { return simulator_->trace().head(); }
  const Container& box() const { return *container_by_name(world(), "web"); }
  /// A file of the cgroup that was made for the container; "–": nobody wrote it.
  std::string file(const std::string& controller, const std::string& name) const {
    const Task* init = world().tasks.find(box().init);
    const Cgroup* cgroup = init == nullptr ? nullptr : cgroup_of(world(), *init, controller);
    if (cgroup == nullptr) return "no cgroup";
    const auto found = cgroup->limits.find(name);
    return found == cgroup->limits.end() ? "–" : found->second;
  }

  std::unique_ptr<sim::Simulator> simulator_;
  CommandState state_;
};

TEST_F(Update, ARunningContainerFeelsItAtOnce) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web -m 32m busybox sleep 1000"), 0);
  EXPECT_EQ(file("memory", "memory.max"), "33554432");
  EXPECT_EQ(run("update --memory 64m --memory-swap 128m --cpus 0.5 --pids-limit 7 web"), 0);
  EXPECT_EQ(state_.stdout_text, "web\n");
  EXPECT_EQ(file("memory", "memory.max"), "67108864");
  EXPECT_EQ(file("memory", "memory.swap.max"), "67108864");
  EXPECT_EQ(file("cpu", "cpu.max"), "50000 100000");
  EXPECT_EQ(file("pids", "pids.max"), "7");
  EXPECT_EQ(run("update --pids-limit -1 web"), 0);
  EXPECT_EQ(file("pids", "pids.max"), "max");
  EXPECT_EQ(file("memory", "memory.max"), "67108864");
}

TEST_F(Update, VersionOneHasOtherFilesAndAnOrder) {
  begin(CgroupVersion::V1);
  ASSERT_EQ(run("run -d --name web -m 32m busybox sleep 1000"), 0);
  EXPECT_EQ(run("update --memory 128m --memory-swap 256m --cpus 1.5 web"), 0) << state_.stderr_text;
  EXPECT_EQ(file("memory", "memory.limit_in_bytes"), "134217728");
  EXPECT_EQ(file("memory", "memory.memsw.limit_in_bytes"), "268435456");
  EXPECT_EQ(file("cpu", "cpu.cfs_quota_us"), "150000");
  EXPECT_EQ(run("update --memory 16m web"), 0) << state_.stderr_text;
  EXPECT_EQ(file("memory", "memory.limit_in_bytes"), "16777216");
}

TEST_F(Update, ARecordAloneIsChangedUntilItIsStarted) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("create --name web busybox sleep 1000"), 0);
  EXPECT_EQ(run("update --memory 64m --memory-swap 64m web"), 0);
  EXPECT_EQ(world().cgroups.first([](const Cgroup& c) { return c.path.find("docker/") == 1; }),
            nullptr);
  ASSERT_EQ(run("start web"), 0);
  EXPECT_EQ(file("memory", "memory.max"), "67108864");
  EXPECT_EQ(file("memory", "memory.swap.max"), "0");
}

TEST_F(Update, WhatTheDaemonRefusesChangesNothing) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web busybox sleep 1000"), 0);
  EXPECT_EQ(run("update --memory 4m web"), 1);
  EXPECT_EQ(state_.stderr_text,
            "Error response from daemon: Minimum memory limit allowed is 6MB\n");
  EXPECT_EQ(run("update --memory 64m web"), 1);
  EXPECT_EQ(state_.stderr_text,
            "Error response from daemon: Cannot update container " + box().id +
                ": Memory limit should be smaller than already set memoryswap limit, update the "
                "memoryswap at the same time\n");
  EXPECT_EQ(file("memory", "memory.max"), "–");
  EXPECT_EQ(run("update --pids-limit 3 nosuch web"), 1);
  EXPECT_EQ(state_.stderr_text, "Error response from daemon: No such container: nosuch\n");
  EXPECT_EQ(state_.stdout_text, "web\n") << "the other one is changed";
  EXPECT_EQ(run("update web"), 1);
}

TEST_F(Update, TheRestartPolicyOfARunningContainerChanges) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web busybox sleep 1"), 0);
  EXPECT_EQ(run("update --restart on-failure:3 web"), 0);
  EXPECT_EQ(run("inspect -f '{{.HostConfig.RestartPolicy.Name}}' web"), 0);
  EXPECT_EQ(state_.stdout_text, "on-failure\n");
  ASSERT_EQ(run("run -d --rm --name gone busybox sleep 1"), 0);
  EXPECT_EQ(run("update --restart always gone"), 1);
  EXPECT_NE(state_.stderr_text.find("AutoRemove is enabled"), std::string::npos);
}

TEST_F(Update, ALimitOfTasksRefusesTheNextFork) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web busybox sh -c 'sleep 5; sleep 1; echo done'"), 0);
  ASSERT_EQ(run("update --pids-limit 1 web"), 0);
  ASSERT_TRUE(simulator_->run_for(std::int64_t{10} * 1'000'000'000));
  EXPECT_EQ(run("logs web"), 0);
  EXPECT_NE(state_.stderr_text.find("can't fork"), std::string::npos) << state_.stderr_text;
}

// docker refuses less than 6 MB; the file itself takes any number.
TEST_F(Update, BelowWhatIsUsedVersionTwoEndsSomebody) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web -m 32m busybox sleep 1000"), 0);
  write_by_hand("8192", "/sys/fs/cgroup" + memory_folder() + "/memory.max");
  EXPECT_EQ(box().state, ContainerState::Exited);
  EXPECT_EQ(box().exit_code, 137);
  EXPECT_TRUE(box().oom_killed);
}

TEST_F(Update, BelowWhatIsUsedVersionOneRefuses) {
  begin(CgroupVersion::V1);
  ASSERT_EQ(run("run -d --name web -m 32m busybox sleep 1000"), 0);
  write_by_hand("8192", "/sys/fs/cgroup/memory" + memory_folder() + "/memory.limit_in_bytes");
  EXPECT_EQ(box().state, ContainerState::Running);
  EXPECT_EQ(file("memory", "memory.limit_in_bytes"), "33554432");
}

TEST_F(Update, KillSendsWhatIsAsked) {
  begin(CgroupVersion::V2);
  ASSERT_EQ(run("run -d --name web busybox sleep 1000"), 0);
  EXPECT_EQ(run("kill --signal STOP web"), 0);
  EXPECT_EQ(world().tasks.at(box().init).state, TaskState::Stopped);
  EXPECT_EQ(run("kill -s CONT web"), 0);
  EXPECT_NE(world().tasks.at(box().init).state, TaskState::Stopped);
  EXPECT_EQ(run("kill -s TERM web"), 0);
  EXPECT_EQ(box().state, ContainerState::Running) << "pid 1 has no handler: nothing happens";
  EXPECT_EQ(run("kill -s NOSUCH web"), 1);
  EXPECT_EQ(state_.stderr_text, "Error response from daemon: invalid signal: NOSUCH\n");
  EXPECT_EQ(run("kill web"), 0);
  EXPECT_EQ(state_.stdout_text, "web\n");
  EXPECT_EQ(box().state, ContainerState::Exited);
  EXPECT_EQ(box().exit_code, 137);
  EXPECT_EQ(run("kill web"), 1);
  EXPECT_NE(state_.stderr_text.find("is not running"), std::string::npos);
}

// A command in the foreground keeps its terminal; the next line is typed in another one.
TEST_F(Update, ASecondTerminalActsOnWhatRunsInTheFirst) {
  begin(CgroupVersion::V2);
  const auto first = simulator_->submit(docker_command("run --name web -m 32m busybox sleep 1000"));
  ASSERT_TRUE(first);
  while (container_by_name(world(), "web") == nullptr || !box().init)
    ASSERT_TRUE(*simulator_->run_some(20));
  EXPECT_TRUE(simulator_->busy());
  const auto second = simulator_->submit_beside(docker_command("update --memory 16m web"));
  ASSERT_TRUE(second);
  ASSERT_TRUE(simulator_->run_until_done(*second));
  EXPECT_EQ(simulator_->command(*second).exit, 0);
  EXPECT_FALSE(simulator_->command(*first).done);
  EXPECT_EQ(file("memory", "memory.max"), "16777216");
  const auto third = simulator_->submit_beside(docker_command("kill web"));
  ASSERT_TRUE(third);
  ASSERT_TRUE(simulator_->run_until_done(*third));
  ASSERT_TRUE(simulator_->run_until_done(*first));
  EXPECT_EQ(simulator_->command(*first).exit, 137);
  EXPECT_TRUE(broken_invariants(world()).empty());
}

}  // namespace
}  // namespace cutaway::test
