// A Mac around the VM: what runs outside is another kernel's.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"
#include "trace/world/lookup.h"
#include "trace/world/outside.h"

namespace cutaway::sim {
namespace {

class OnAMac : public ::testing::Test {
 protected:
  OnAMac() : simulator_(options()) {}

  static SimulatorOptions options() {
    SimulatorOptions options;
    options.machine.os = HostOs::Mac;
    options.machine.arch = "aarch64";
    return options;
  }
  const CommandState& run(const std::string& line, SideCommand::Kind kind) {
    SideCommand command;
    command.kind = kind;
    command.line = line;
    EXPECT_TRUE(split_shell_words(line, command.words));
    const auto index = simulator_.submit(command);
    EXPECT_TRUE(index && simulator_.run_until_done(*index)) << line;
    return simulator_.command(*index);
  }
  const World& world() const { return simulator_.trace().head(); }

  Simulator simulator_;
};

TEST_F(OnAMac, ClientAndShellAreOutsideAndDoNoLinuxCalls) {
  EXPECT_EQ(run("run busybox echo hi", SideCommand::Kind::Docker).stdout_text, "hi\n");
  const Trace& trace = simulator_.trace();
  std::size_t outside = 0;
  World at;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    evolve(at, event);
    const Task* task = at.tasks.find(event.stamp.task);
    if (task == nullptr || !is_outside(at, *task)) continue;
    ++outside;
    EXPECT_FALSE(std::holds_alternative<Syscall>(event.body)) << n;
    EXPECT_FALSE(std::holds_alternative<TaskOn>(event.body)) << n;
    EXPECT_FALSE(event.stamp.call) << n;
  }
  EXPECT_GT(outside, 20U);
  EXPECT_FALSE(is_outside(world(), *task_by_pid(world(), 812))) << "dockerd is in the VM";
}

TEST_F(OnAMac, TheVmKnowsNothingOfIt) {
  run("run -d --name web busybox sleep 60", SideCommand::Kind::Docker);
  std::int64_t pages = 0;
  world().tasks.each([&](const Task& task) {
    if (!is_outside(world(), task)) return;
    pages += world().address_spaces.at(task.memory).pages;
    EXPECT_EQ(task_by_pid_in(world(), task_by_pid(world(), 1)->in(NsKind::Pid), task.pid()),
              nullptr)
        << task.comm;
  });
  EXPECT_EQ(pages, 0);
  EXPECT_EQ(run("ls /var/lib/docker", SideCommand::Kind::Host).exit, 1);
  EXPECT_EQ(run("hostname", SideCommand::Kind::Host).stdout_text, "adas-mac\n");
}

}  // namespace
}  // namespace cutaway::sim
