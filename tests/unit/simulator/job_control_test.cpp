// Job control of the interactive shell, as measured with the real busybox under a terminal: what a
// person types and sees, byte for byte.
#include "tests/unit/simulator/window.h"

namespace cutaway::test {
namespace {

/// A shell in a container, at its first prompt; what came out before is not looked at.
class Typing : public Window {
 public:
  explicit Typing(const std::string& line = "run -it --name box busybox") {
    docker("pull busybox");
    run_ = start(line);
    seen_ = shown(run_).size();
  }
  /// What appears when this is typed.
  std::string says(const std::string& keys, std::int64_t ns = kSecond) {
    type(keys);
    pass(ns);
    const std::string all = shown(run_);
    std::string fresh = all.substr(seen_);
    seen_ = all.size();
    return fresh;
  }
  std::size_t run() const { return run_; }

 private:
  std::size_t run_ = 0, seen_ = 0;
};

const std::string kPrompt = "/ # \x1b[6n";

TEST(JobControl, CtrlZStopsTheJobInFrontAndFgGoesOnWithIt) {
  Typing shell;
  EXPECT_EQ(shell.says("sleep 100\r"), "sleep 100\r\n");
  EXPECT_EQ(shell.says("\x1a"), "^Z[1]+  Stopped                    sleep 100\r\n" + kPrompt);
  EXPECT_EQ(shell.says("jobs\r"),
            "jobs\r\n[1]+  Stopped                    sleep 100\r\n" + kPrompt);
  EXPECT_EQ(shell.says("bg\r"), "bg\r\n[1] sleep 100\r\n" + kPrompt);
  EXPECT_EQ(shell.says("fg\r"), "fg\r\nsleep 100\r\n");
  EXPECT_EQ(shell.says("\x03"), "^C\r\n" + kPrompt);
  EXPECT_EQ(shell.says("exit\r"), "exit\r\n");
  EXPECT_TRUE(shell.command(shell.run()).done);
  EXPECT_EQ(shell.command(shell.run()).exit, 130);
}

TEST(JobControl, APipelineIsOneJob) {
  Typing shell;
  shell.says("sleep 100 &\r");
  shell.says("sleep 50 | cat\r");
  EXPECT_EQ(shell.says("\x1a"), "^Z[2]+  Stopped                    sleep 50 | cat\r\n" + kPrompt);
  EXPECT_EQ(shell.says("jobs\r"),
            "jobs\r\n[2]+  Stopped                    sleep 50 | cat\r\n"
            "[1]-  Running                    sleep 100\r\n" +
                kPrompt);
  EXPECT_EQ(shell.says("fg %1\r"), "fg %1\r\nsleep 100\r\n");
  EXPECT_EQ(shell.says("\x1a"), "^Z[1]+  Stopped                    sleep 100\r\n" + kPrompt);
  EXPECT_EQ(shell.says("kill %2\r"), "kill %2\r\n" + kPrompt);  // they are still stopped
  EXPECT_EQ(shell.says("bg %2\r"), "bg %2\r\n[2] sleep 50 | cat\r\n" + kPrompt);
  EXPECT_EQ(shell.says("\r"), "\r\n[2]-  Terminated                 sleep 50 | cat\r\n" + kPrompt);
}

TEST(JobControl, CommandsAreShownAsTheTreeHasThem) {
  Typing shell;
  EXPECT_EQ(shell.says("X=1 sleep '9'00 >/dev/null 2>&1 & jobs\r"),
            "X=1 sleep '9'00 >/dev/null 2>&1 & jobs\r\n"
            "[1]+  Running                    sleep \"9\"00 1>/dev/null 2>&1\r\n" +
                kPrompt);
  shell.says("(sleep 500; echo x) &\r");
  shell.says("{ sleep 510; } &\r");
  shell.says("while true; do sleep 60; done &\r");
  shell.says("sleep \"6\"$((1+1)) ${Y:-3} $(echo 4) &\r");
  EXPECT_EQ(shell.says("jobs\r"),
            "jobs\r\n[5]+  Running                    sleep \"6\"$((1+1)) ${Y:-3} $(...)\r\n"
            "[4]-  Running                    while true; do sleep 60; done\r\n"
            "[3]   Running                    sleep 510\r\n"
            "[2]   Running                    (sleep 500; echo x)\r\n"
            "[1]   Running                    sleep \"9\"00 1>/dev/null 2>&1\r\n" +
                kPrompt);
  EXPECT_EQ(shell.says("fg %wh\r"), "fg %wh\r\nwhile true; do sleep 60; done\r\n");
  EXPECT_EQ(shell.says("\x1a"),
            "^Z[4]+  Stopped                    while true; do sleep 60; done\r\n" + kPrompt);
}

TEST(JobControl, WhatIsNoJob) {
  Typing shell;
  EXPECT_EQ(shell.says("fg\r"), "fg\r\nsh: fg: No current job\r\n" + kPrompt);
  EXPECT_EQ(shell.says("bg %3\r"), "bg %3\r\nsh: bg: %3: no such job\r\n" + kPrompt);
  EXPECT_EQ(shell.says("jobs %9\r"), "jobs %9\r\nsh: jobs: %9: no such job\r\n" + kPrompt);
  EXPECT_EQ(shell.says("kill %4\r"), "kill %4\r\nsh: kill: %4: no such job\r\n" + kPrompt);
  EXPECT_EQ(shell.says("wait %5\r"), "wait %5\r\nsh: wait: %5: no such job\r\n" + kPrompt);
}

TEST(JobControl, CtrlCReachesOnlyTheGroupInFront) {
  Typing shell;
  shell.says("sleep 100 &\r");
  shell.says("sleep 200\r");
  EXPECT_EQ(shell.says("\x03"), "^C\r\n" + kPrompt);
  EXPECT_EQ(shell.says("jobs\r"),
            "jobs\r\n[1]+  Running                    sleep 100\r\n" + kPrompt);
  EXPECT_EQ(shell.says("wait %1\r"), "wait %1\r\n");
  EXPECT_EQ(shell.says("\x03"), "^C\r\n" + kPrompt);
  EXPECT_EQ(shell.says("abc\x03"), "abc^C\r\n" + kPrompt);
}

TEST(JobControl, TheBackgroundMayWriteButNotRead) {
  Typing shell;
  EXPECT_EQ(shell.says("sleep 1 && echo hi &\r", 0), "sleep 1 && echo hi &\r\n" + kPrompt);
  shell.pass(kSecond);
  EXPECT_EQ(shell.says("\r"),
            "hi\r\n\r\n[1]+  Done                       sleep 1 && echo hi\r\n" + kPrompt);
  EXPECT_EQ(shell.says("cat &\r"), "cat &\r\n" + kPrompt);
  EXPECT_EQ(shell.says("jobs\r"), "jobs\r\n[1]+  Stopped (tty input)        cat\r\n" + kPrompt);
  EXPECT_EQ(shell.says("fg\r"), "fg\r\ncat\r\n");
  EXPECT_EQ(shell.says("a\r"), "a\r\na\r\n");
  EXPECT_EQ(shell.says("\x04"), kPrompt);
}

TEST(JobControl, SignalsOfJobs) {
  Typing shell;
  shell.says("sleep 100 | sleep 200 &\r");
  EXPECT_EQ(shell.says("kill %1\r"), "kill %1\r\n" + kPrompt);
  EXPECT_EQ(shell.says("\r"),
            "\r\n[1]+  Terminated                 sleep 100 | sleep 200\r\n" + kPrompt);
  shell.says("sleep 50 &\r");
  shell.says("sleep 60\r");
  EXPECT_EQ(shell.says("\x1a"), "^Z[2]+  Stopped                    sleep 60\r\n" + kPrompt);
  EXPECT_EQ(shell.says("kill %2; fg\r"), "kill %2; fg\r\nsleep 60\r\nTerminated\r\n" + kPrompt);
  EXPECT_EQ(shell.says("kill -STOP %1\r"), "kill -STOP %1\r\n" + kPrompt);
  EXPECT_EQ(shell.says("\r"), "\r\n[1]+  Stopped (signal)           sleep 50\r\n" + kPrompt);
  EXPECT_EQ(shell.says("kill -9 %1\r"), "kill -9 %1\r\n" + kPrompt);
  EXPECT_EQ(shell.says("\r"), "\r\n[1]+  Killed                     sleep 50\r\n" + kPrompt);
}

TEST(JobControl, WhoLeavesIsToldOfStoppedJobsOnce) {
  Typing shell;
  shell.says("sleep 100\r");
  shell.says("\x1a");
  EXPECT_EQ(shell.says("exit\r"), "exit\r\nYou have stopped jobs.\r\n" + kPrompt);
  EXPECT_EQ(shell.says("exit\r"), "exit\r\n");
  EXPECT_TRUE(shell.command(shell.run()).done);
}

TEST(JobControl, CtrlDEndsTheShellOnALineOfItsOwn) {
  Typing shell;
  EXPECT_EQ(shell.says("\x04"), "\r\n");
  EXPECT_TRUE(shell.command(shell.run()).done);
  EXPECT_EQ(shell.command(shell.run()).exit, 0);
}

/// Processes of that name that still live.
std::size_t living(const World& world, const std::string& comm) {
  std::size_t count = 0;
  world.tasks.each([&](const Task& task) { count += task.comm == comm && !task.zombie() ? 1 : 0; });
  return count;
}

TEST(JobControl, StoppedJobsOfAShellThatIsGoneAreHungUp) {
  Window machine;
  machine.docker("run -d --name box busybox sleep 1000");
  const std::size_t run = machine.start("exec -it box sh");
  machine.type("sleep 100 &\r");
  machine.type("sleep 200\r");
  machine.type("\x1a");
  ASSERT_EQ(living(machine.world(), "sleep"), 3u) << machine.shown(run);
  machine.type("exit\r");
  machine.type("exit\r");
  EXPECT_EQ(living(machine.world(), "sh"), 0u);
  EXPECT_EQ(living(machine.world(), "sleep"), 2u) << machine.shown(run);  // the other runs on
}

TEST(JobControl, APidOneWithoutAShellIsNotStopped) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -it busybox sleep 100");
  window.type("\x1a");
  EXPECT_FALSE(window.command(run).done);
  EXPECT_EQ(window.shown(run), "^Z");
}

TEST(DetachKeys, LeaveAShellThatGoesOnAndCanBeEnteredAgain) {
  Typing shell;
  EXPECT_EQ(shell.says("X=7\r"), "X=7\r\n" + kPrompt);
  EXPECT_EQ(shell.says("\x10\x11"), "");
  EXPECT_TRUE(shell.command(shell.run()).done);
  EXPECT_EQ(shell.command(shell.run()).exit, 0);
  const std::size_t again = shell.start("attach --detach-keys ctrl-a,d box");
  ASSERT_FALSE(shell.command(again).done) << shell.shown(again);
  shell.type("echo $X\r");
  EXPECT_NE(shell.shown(again).find("\r\n7\r\n"), std::string::npos) << shell.shown(again);
  shell.type(
      "\x01"
      "d");
  EXPECT_TRUE(shell.command(again).done);
  EXPECT_EQ(shell.command(again).exit, 1);
  EXPECT_NE((shell.shown(again) + shell.command(again).stderr_text).find("read escape sequence"),
            std::string::npos);
}

TEST(JobControl, ScriptsMayWantIt) {
  Typing script("run -it busybox sh -c 'set -m; sleep 30; echo $?; sleep 2 & jobs; wait; echo b'");
  EXPECT_EQ(script.says("\x1a"),
            "^Z148\r\n[1]+  Stopped                    sleep 30\r\n"
            "[2]-  Running                    sleep 2\r\n");
  EXPECT_EQ(script.says(""), "b\r\n");
  EXPECT_TRUE(script.command(script.run()).done);
}

TEST(JobControl, WithoutATerminalThereIsNone) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run busybox sh -c 'set -m; echo $-'", "");
  window.pass(10 * kSecond);
  EXPECT_EQ(window.command(run).stderr_text,
            "sh: set: line 0: can't access tty; job control turned off\n");
  EXPECT_EQ(window.command(run).stdout_text, "c\n");
}

}  // namespace
}  // namespace cutaway::test
