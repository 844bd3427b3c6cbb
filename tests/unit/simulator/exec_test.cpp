// docker exec: one more process in a container that runs.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

std::size_t count_steps(const Outcome& outcome, std::string_view step, abi::Sys sys) {
  const Trace& trace = outcome.simulator->trace();
  std::size_t count = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call != nullptr && call->sys == sys && trace.step_name(event.stamp.step) == step) ++count;
  }
  return count;
}

TEST(Exec, RunsInTheContainersNamespacesAndBringsItsStatus) {
  const Outcome outcome = run_docker({kBox, "exec box sh -c 'hostname; exit 5'"});
  EXPECT_EQ(outcome.commands[1].exit, 5);
  const Container* box = container_by_name(outcome.simulator->trace().head(), "box");
  ASSERT_NE(box, nullptr);
  EXPECT_EQ(outcome.commands[1].stdout_text, box->id.substr(0, 12) + "\n");
}

TEST(Exec, JoinsByOneSetnsForEachNamespaceAndMakesNone) {
  const Outcome before = run_docker({kBox});
  const Outcome outcome = run_docker({kBox, "exec box true"});
  EXPECT_EQ(count_steps(outcome, "ns.join", abi::Sys::setns), 6u);
  EXPECT_EQ(outcome.simulator->trace().head().namespaces.size(),
            before.simulator->trace().head().namespaces.size());
}

TEST(Exec, IsInTheContainersCgroup) {
  const Outcome outcome = run_docker({kBox, "exec -d box sleep 500"});
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_EQ(outcome.last().stdout_text, "");
  const World& world = outcome.simulator->trace().head();
  const Container* box = container_by_name(world, "box");
  const Task* joined =
      world.tasks.first([](const Task& task) { return task.role == Role::Exec && !task.zombie(); });
  ASSERT_NE(joined, nullptr);
  EXPECT_EQ(joined->cgroups, world.tasks.at(box->init).cgroups);
  EXPECT_EQ(joined->ns, world.tasks.at(box->init).ns);
  EXPECT_GT(joined->pids.back(), 1);
}

TEST(Exec, TakesVariablesFolderAndUser) {
  const Outcome outcome = run_docker({kBox,
                                      "exec -e A=1 -e HOSTNAME=me -w /etc -u 1000:50 box sh -c "
                                      "'echo $A $HOSTNAME; pwd; id -u; id -g'"});
  EXPECT_EQ(outcome.last().stdout_text, "1 me\n/etc\n1000\n50\n");
}

TEST(Exec, StdinOnlyWithInteractive) {
  const Outcome outcome = run_docker({kBox, "exec box cat"});
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_EQ(outcome.last().stdout_text, "");
}

TEST(Exec, WhatCannotBeStartedIsToldOnStdout) {
  const Outcome outcome = run_docker(
      {kBox, "exec box nosuch", "exec box /etc", "exec -w /nope box ls", "exec -d box nosuch"});
  EXPECT_EQ(outcome.commands[1].exit, 127);
  EXPECT_EQ(outcome.commands[1].stdout_text,
            "OCI runtime exec failed: exec failed: unable to start container process: exec: "
            "\"nosuch\": executable file not found in $PATH: unknown\r\n");
  EXPECT_EQ(outcome.commands[1].stderr_text, "");
  EXPECT_EQ(outcome.commands[2].exit, 126);
  EXPECT_EQ(outcome.commands[3].exit, 127);
  EXPECT_EQ(outcome.commands[3].stdout_text,
            "OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd "
            "(\"/nope\") set in config.json failed: no such file or directory: unknown\r\n");
  EXPECT_EQ(outcome.commands[4].exit, 1);
  EXPECT_EQ(
      outcome.commands[4].stderr_text.find("Error response from daemon: OCI runtime exec failed"),
      0u);
}

TEST(Exec, OnlyWhereAContainerRuns) {
  const Outcome outcome =
      run_docker({"create --name cc busybox true", "exec cc ls", "exec nosuch ls",
                  "exec -it nosuch sh", kBox, "exec -it box sh"});
  const Container* created = container_by_name(outcome.simulator->trace().head(), "cc");
  ASSERT_NE(created, nullptr);
  EXPECT_EQ(outcome.commands[1].exit, 1);
  EXPECT_EQ(outcome.commands[1].stderr_text,
            "Error response from daemon: container " + created->id + " is not running\n");
  EXPECT_EQ(outcome.commands[2].stderr_text,
            "Error response from daemon: No such container: nosuch\n");
  EXPECT_EQ(outcome.commands[3].stderr_text,
            "Error response from daemon: No such container: nosuch\n");
  EXPECT_EQ(outcome.last().exit, 1);
  EXPECT_EQ(outcome.last().stderr_text, "the input device is not a TTY\n");
}

TEST(Exec, FlagsStandBeforeTheContainer) {
  const Outcome outcome = run_docker({kBox, "exec -sh box", "exec box -sh", "exec -d sh box"});
  EXPECT_EQ(outcome.commands[1].exit, 125);
  EXPECT_EQ(outcome.commands[1].stderr_text.find("unknown shorthand flag: 's' in -sh"), 0u);
  EXPECT_EQ(outcome.commands[2].exit, 127);
  EXPECT_EQ(outcome.commands[3].stderr_text, "Error response from daemon: No such container: sh\n");
}

TEST(Exec, EndsWithTheContainer) {
  const Outcome outcome =
      run_docker({"run -d --name box busybox sh -c 'sleep 2'", "exec box sleep 1000"});
  EXPECT_EQ(outcome.last().exit, 137);
}

TEST(Exec, LeavesNothingBehind) {
  const Outcome outcome = run_docker({kBox, "exec box true", "exec -d box true", "rm -f box"});
  const World& world = outcome.simulator->trace().head();
  EXPECT_EQ(world.tasks.first([](const Task& task) {
    return task.role == Role::Exec || task.role == Role::Runtime;
  }),
            nullptr);
}

}  // namespace
}  // namespace cutaway::test
