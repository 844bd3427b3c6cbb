// docker -t: terminals of containers, typed at in a window.
#include "tests/unit/simulator/window.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

TEST(Terminal, OutputComesOutWithCarriageReturns) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -t busybox echo hi");
  EXPECT_TRUE(window.command(run).done);
  EXPECT_EQ(window.command(run).exit, 0);
  EXPECT_NE(window.shown(run).find("hi\r"), std::string::npos) << window.shown(run);
}

TEST(Terminal, WithoutOneOfOurOwnATtyIsGivenNevertheless) {
  Window window;
  const std::size_t run = window.start("run -t busybox echo hi", "");
  window.pass(10 * kSecond);
  ASSERT_TRUE(window.command(run).done);
  EXPECT_EQ(window.command(run).stdout_text, "hi\r\n");
}

TEST(Terminal, TypedLinesAreEchoedAndRead) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -it --name box busybox cat");
  ASSERT_FALSE(window.command(run).done) << window.shown(run);
  window.type("hello\r");
  EXPECT_EQ(window.shown(run), "hello\r\nhello\r\n");
  window.type("abc\x7f\x7fx\r");
  EXPECT_EQ(window.shown(run), "hello\r\nhello\r\nabc\b \b\b \bx\r\nax\r\n");
  window.type("\x04");
  EXPECT_TRUE(window.command(run).done);
  EXPECT_EQ(window.command(run).exit, 0);
}

TEST(Terminal, ControlCIsSigintForTheGroupInFront) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -it busybox sh -c 'sleep 100; echo no'");
  ASSERT_FALSE(window.command(run).done);
  window.type("\x03");
  EXPECT_TRUE(window.command(run).done);
  EXPECT_EQ(window.command(run).exit, 130);
  EXPECT_NE(window.shown(run).find("^C"), std::string::npos);
}

TEST(Terminal, Pid1IsSparedControlC) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -it busybox sleep 100");
  window.type("\x03");
  EXPECT_FALSE(window.command(run).done);
}

TEST(Terminal, ExecHasATerminalOfItsOwn) {
  Window window;
  window.docker("run -d --name box busybox sleep 1000");
  const std::size_t first = window.start("exec -it box cat");
  window.type("one\r");
  EXPECT_EQ(window.shown(first), "one\r\none\r\n");
  window.type("\x04");
  EXPECT_TRUE(window.command(first).done);
}

TEST(Terminal, IsAsLargeAsTheWindow) {
  Window window;
  window.docker("run -d --name box busybox sleep 1000");
  window.start("exec -it box cat");
  const Terminal* inner = window.world().terminals.first(
      [](const Terminal& each) { return each.devpts && each.session; });
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(inner->columns, 80);
  EXPECT_EQ(inner->rows, 24);
  EXPECT_EQ(inner->name, "/dev/pts/0");
}

TEST(Terminal, AttachIsTheSameTerminalAgain) {
  Window window;
  window.docker("run -dit --name box busybox cat");
  const std::size_t attached = window.start("attach box");
  ASSERT_FALSE(window.command(attached).done) << window.shown(attached);
  window.type("hey\r");
  EXPECT_EQ(window.shown(attached), "hey\r\nhey\r\n");
  window.type("\x04");
  EXPECT_TRUE(window.command(attached).done);
}

TEST(Terminal, StartInteractiveRunsItAgain) {
  Window window;
  window.docker("create -it --name box busybox cat");
  const std::size_t run = window.start("start -ai box");
  window.type("x\r\x04");
  EXPECT_TRUE(window.command(run).done);
  EXPECT_EQ(window.shown(run), "x\r\nx\r\n");
}

TEST(Terminal, AttachLooksFirst) {
  Window window;
  window.docker("create --name box busybox true");
  const std::size_t attached = window.start("attach box", "");
  EXPECT_EQ(window.command(attached).stderr_text,
            "cannot attach to a stopped container, start it first\n");
  EXPECT_EQ(window.command(attached).exit, 1);
}

TEST(Terminal, TheWindowIsAsBeforeWhenTheClientGoes) {
  Window window;
  window.docker("pull busybox");
  const std::size_t run = window.start("run -it busybox cat");
  window.type("\x04");
  EXPECT_TRUE(window.command(run).done);
  const Terminal* outer =
      window.world().terminals.first([](const Terminal& each) { return each.tty; });
  ASSERT_NE(outer, nullptr);
  EXPECT_NE(outer->mode.local, 0u);
}

}  // namespace
}  // namespace cutaway::test
