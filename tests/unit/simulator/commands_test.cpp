// What docker answers to what is typed, on the simulated machine.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "sim/fidelity.h"
#include "spec/greeting.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

#include <fstream>
#include <sstream>

namespace cutaway::test {
namespace {

class Answers : public testing::TestWithParam<Case> {};

TEST_P(Answers, AsDocker) { expect_answer(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Run, Answers,
    testing::Values(
        Case{"run busybox echo hi there", 0, "hi there\n",
             "Downloaded newer image for busybox:latest"},
        Case{"run busybox sh -c 'exit 7'", 7, "", ""}, Case{"run busybox true", 0, "", ""},
        Case{"run busybox false", 1, "", ""},
        Case{"run busybox nosuch", 127, "", "exec: \"nosuch\": executable file not found in $PATH"},
        Case{"run busybox /etc/passwd", 126, "", "permission denied"},
        Case{"run --hostname here busybox hostname", 0, "here\n", ""},
        Case{"run busybox id -u", 0, "0\n", ""},
        Case{"run busybox sh -c 'echo out; echo err >&2'", 0, "out\n", "err\n"},
        Case{"run busybox sh -c 'echo $$'", 0, "1\n", ""},
        Case{"run -e A=b busybox sh -c 'echo $A'", 0, "b\n", ""},
        Case{"run -w /tmp busybox pwd", 0, "/tmp\n", ""},
        Case{"run busybox sh -c 'nosuch'", 127, "", "sh: nosuch: not found"},
        Case{"run busybox sh -c 'echo a | cat | cat; echo b'", 0, "a\nb\n", ""},
        Case{"run busybox sh -c 'for i in 1 2; do echo $i; done; if false; then echo x; else echo "
             "y; fi'",
             0, "1\n2\ny\n", ""},
        Case{"run busybox sh -c 'echo hi > /tmp/f; cat < /tmp/f; ls /tmp'", 0, "hi\nf\n", ""},
        Case{"run busybox sh -c 'x=$(echo in); echo \"$x\" out'", 0, "in out\n", ""},
        Case{"run busybox sh -c '(exit 3); echo $?; true && echo yes || echo no'", 0, "3\nyes\n",
             ""},
        Case{"run busybox cat /etc/nosuch", 1, "",
             "cat: can't open '/etc/nosuch': No such file or directory"},
        Case{"run busybox sh -c 'kill -9 $$; echo still here'", 0, "still here\n", ""},
        // Refused by the syscall filter; without that, for want of CAP_SYS_ADMIN.
        Case{"run busybox hostname newname", 1, "", "Operation not permitted"},
        Case{"run --security-opt seccomp=unconfined busybox hostname newname", 1, "",
             "Operation not permitted"},
        Case{"run nosuchimage", 125, "", "pull access denied for nosuchimage"},
        Case{"run --nosuch busybox", 125, "", "unknown flag: --nosuch"},
        Case{"run", 1, "", "requires at least 1 argument"},
        Case{"run Busybox", 125, "", "must be lowercase"},
        Case{"nosuch", 1, "", "unknown command: docker nosuch"},
        Case{"logs nosuch", 1, "", "No such container: nosuch"},
        Case{"rm nosuch", 1, "", "No such container: nosuch"},
        Case{"start nosuch", 1, "", "No such container: nosuch"}));

TEST(Docker, PsSeesAsTheContainerSees) {
  const Outcome outcome = run_docker({"run busybox ps"});
  EXPECT_EQ(outcome.last().stdout_text, "PID   USER     COMMAND\n    1 root     ps\n");
}

TEST(Docker, HelloWorldGreetsInFourSentences) {
  const Outcome outcome = run_docker({"run hello-world"});
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_EQ(outcome.last().stdout_text, std::string(spec::greeting_text()));
  EXPECT_EQ(spec::kGreetingSentences.size(), 4U);
}

TEST(Docker, AFailedStartLeavesTheContainerCreated) {
  const Outcome outcome = run_docker({"run --name box busybox nosuch"});
  const Container* box = container_by_name(outcome.simulator->trace().head(), "box");
  ASSERT_NE(box, nullptr);
  EXPECT_EQ(box->state, ContainerState::Created);
  EXPECT_EQ(box->exit_code, 127);
}

TEST(Docker, CreateMakesNoProcessNamespaceOrCgroup) {
  const Outcome before = run_docker({"pull busybox"});
  const Outcome after = run_docker({"pull busybox", "create --name box busybox echo hi"});
  const World& a = before.simulator->trace().head();
  const World& b = after.simulator->trace().head();
  EXPECT_EQ(b.containers.size(), 1U);
  EXPECT_EQ(a.tasks.size(), b.tasks.size());
  EXPECT_EQ(a.namespaces.size(), b.namespaces.size());
  EXPECT_EQ(a.cgroups.size(), b.cgroups.size());
}

TEST(Docker, TheSecondRunAsksNoHub) {
  const Outcome outcome = run_docker({"run busybox echo one", "run busybox echo two"});
  EXPECT_EQ(outcome.last().stdout_text, "two\n");
  EXPECT_EQ(outcome.last().stderr_text, "");
  EXPECT_EQ(outcome.simulator->trace().head().containers.size(), 2U);
}

TEST(Docker, StartLogsAndRm) {
  const Outcome outcome = run_docker({"create --name box busybox echo again", "start -a box",
                                      "start -a box", "logs box", "rm box", "ps -a"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "again\n");
  EXPECT_EQ(outcome.commands[3].stdout_text, "again\nagain\n");
  EXPECT_EQ(outcome.commands[4].stdout_text, "box\n");
  EXPECT_EQ(outcome.last().stdout_text.find('\n') + 1,
            outcome.last().stdout_text.size());  // the head line alone
  EXPECT_TRUE(outcome.simulator->trace().head().containers.empty());
}

TEST(Docker, RmRemovesAtTheEnd) {
  const Outcome outcome = run_docker({"run --rm busybox echo gone"});
  EXPECT_EQ(outcome.last().stdout_text, "gone\n");
  EXPECT_TRUE(outcome.simulator->trace().head().containers.empty());
}

TEST(Docker, NothingIsLeftBehindWhenAContainerHasEnded) {
  const Outcome idle = run_docker({"pull busybox"});
  const Outcome outcome = run_docker({"run busybox sh -c 'sleep 100 & echo hi'"});
  const World& world = outcome.simulator->trace().head();
  EXPECT_EQ(world.tasks.size(), idle.simulator->trace().head().tasks.size());
  EXPECT_EQ(world.mounts.size(), idle.simulator->trace().head().mounts.size());
  EXPECT_EQ(world.namespaces.size(), idle.simulator->trace().head().namespaces.size());
  EXPECT_EQ(world.cgroups.size(), idle.simulator->trace().head().cgroups.size());
}

TEST(Docker, LimitsAreWrittenOnlyWhenAskedFor) {
  const Outcome free = run_docker({"run busybox true"});
  const Outcome tight = run_docker({"run -m 64m --cpus 0.5 --pids-limit 20 busybox true"});
  const auto limits = [](const Trace& trace) {
    std::vector<std::string> files;
    for (std::size_t n = 0; n < trace.size(); ++n) {
      const Event event = trace.event(n);
      if (const auto* limited = std::get_if<CgroupLimited>(&event.body))
        files.push_back(limited->file + "=" + limited->value);
    }
    return files;
  };
  EXPECT_TRUE(limits(free.simulator->trace()).empty());
  EXPECT_EQ(limits(tight.simulator->trace()),
            (std::vector<std::string>{"memory.max=67108864", "memory.swap.max=67108864",
                                      "cpu.max=50000 100000", "pids.max=20"}));
}

TEST(Docker, OnCgroupV1AContainerSeesItsDevicesAndCpus) {
  const Outcome outcome = run_docker(
      {"run --cpus 0.5 busybox sh -c 'cd /sys/fs/cgroup; cat devices/devices.list; "
       "cat cpuset/cpuset.cpus; cat cpu,cpuacct/cpu.cfs_quota_us; cat systemd/notify_on_release'",
       "run --privileged busybox cat /sys/fs/cgroup/devices/devices.list"},
      1, CgroupVersion::V1);
  EXPECT_EQ(outcome.commands.at(0).stdout_text,
            "c *:* m\nb *:* m\nc 1:3 rwm\nc 1:5 rwm\nc 1:7 rwm\nc 1:8 rwm\nc 1:9 rwm\n"
            "c 5:0 rwm\nc 5:1 rwm\nc 5:2 rwm\nc 136:* rwm\nc 10:200 rwm\n0-1\n50000\n0\n")
      << outcome.commands.at(0).stderr_text;
  EXPECT_EQ(outcome.commands.at(1).stdout_text, "a *:* rwm\n");
}

TEST(Docker, RunsOnCgroupV1AsWell) {
  const Outcome outcome = run_docker({"run -m 64m busybox echo hi"}, 1, CgroupVersion::V1);
  EXPECT_EQ(outcome.last().stdout_text, "hi\n") << outcome.last().stderr_text;
}

TEST(Docker, WhatIsNotHonouredIsRefusedBeforeItRuns) {
  sim::Simulator simulator{sim::SimulatorOptions{}};
  SideCommand command;
  command.words = {"run", "--dns", "1.1.1.1", "busybox"};
  const auto refused = simulator.submit(command);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::NotYet);
}

TEST(Fidelity, TheDocumentIsWhatTheTablesSay) {
  std::ifstream file(std::string(CUTAWAY_SOURCE_DIR) + "/docs/FIDELITY.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), sim::fidelity_markdown())
      << "build/bin/cutaway fidelity > docs/FIDELITY.md";
}

}  // namespace
}  // namespace cutaway::test
