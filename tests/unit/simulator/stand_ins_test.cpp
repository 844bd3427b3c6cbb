// Programs that stand in for real ones, in the images that only the simulated hub has.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "sim/simulator.h"
#include "spec/bundled_images.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

class StandIns : public testing::TestWithParam<Case> {};

TEST_P(StandIns, SayWhatTheRealOnesSay) { expect_answer(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Run, StandIns,
    testing::Values(
        Case{"run python:2 python -c 'print 7/2'", 0, "3\n", ""},
        Case{"run python:3 python -c 'print(7/2)'", 0, "3.5\n", ""},
        Case{"run python:3 python -c 'print 7/2'", 1, "",
             "  File \"<string>\", line 1\n    print 7/2\n    ^^^^^^^^^\nSyntaxError: Missing "
             "parentheses in call to 'print'. Did you mean print(...)?\n"},
        Case{"run python:2 sh -c 'echo \"print(f\\\"hi\\\")\" > /tmp/a; python /tmp/a'", 1, "",
             "  File \"/tmp/a\", line 1\n    print(f\"hi\")\n              ^\nSyntaxError: invalid "
             "syntax\n"},
        Case{"run python:3 python --version", 0, "Python 3.11.2\n", ""},
        Case{"run python:2 python --version", 0, "", "Python 2.7.18\n"},
        Case{"run python:3 python -c 'import sys; sys.exit(3)'", 3, "", ""},
        Case{"run python:3 python /nosuch", 2, "",
             "python: can't open file '/nosuch': [Errno 2] No such file or directory\n"},
        Case{"run python:3 python -c 'x = 1'", 1, "", "this stand-in for python knows"},
        Case{"run node:20 node -e 'console.log(\"hi\"); process.exit(4)'", 4, "hi\n", ""},
        Case{
            "run foo-app:broken", 127, "",
            "foo-app: error while loading shared libraries: libfoo.so.1: cannot open shared object "
            "file: No such file or directory\n"},
        Case{"run foo-app", 0, "using libfoo 1.0\n", ""},
        Case{"run stress memhog 20m", 0, "touched 16 MiB\ntouched 20 MiB\n", ""},
        Case{"run stress memhog much", 1, "", "usage: memhog"},
        Case{"run stress burn 5ms", 1, "", "usage: burn"}));

TEST(StandIn, ALibraryElsewhereIsFoundByItsFolder) {
  const Outcome outcome =
      run_docker({"run foo-app:broken sh -c 'mkdir /tmp/l; echo libfoo 2 > /tmp/l/libfoo.so.1; "
                  "LD_LIBRARY_PATH=/tmp/l foo-app'"});
  EXPECT_EQ(outcome.last().stdout_text, "using libfoo 2\n") << outcome.last().stderr_text;
}

TEST(StandIn, MemoryThatIsTouchedIsChargedToTheContainer) {
  const Outcome outcome = run_docker({"run -d --name hog stress memhog 32m 1000"});
  const World& world = outcome.simulator->trace().head();
  const Task* hog = world.tasks.first([](const Task& each) { return each.comm == "memhog"; });
  ASSERT_NE(hog, nullptr);
  const AddressSpace* space = world.address_spaces.find(hog->memory);
  ASSERT_NE(space, nullptr);
  EXPECT_GE(space->pages, 32 * 256);
}

TEST(StandIn, TooMuchForTheLimitEndsIt) {
  for (const CgroupVersion version : {CgroupVersion::V2, CgroupVersion::V1}) {
    const Outcome outcome = run_docker({"run --name hog -m 32m stress memhog 64m"}, 1, version);
    EXPECT_EQ(outcome.last().exit, 137);
    EXPECT_EQ(outcome.last().stdout_text, "touched 16 MiB\n");
    const Container* hog = container_by_name(outcome.simulator->trace().head(), "hog");
    ASSERT_NE(hog, nullptr);
    EXPECT_TRUE(hog->oom_killed);
  }
}

TEST(StandIn, WhatFitsIntoTheLimitGoesOn) {
  const Outcome outcome = run_docker({"run -m 64m stress memhog 48m"});
  EXPECT_EQ(outcome.last().exit, 0);
}

TEST(StandIn, BurningTakesTheCpuItself) {
  const Outcome outcome = run_docker({"run stress burn 0.05"});
  EXPECT_EQ(outcome.last().stdout_text.substr(0, 6), "burnt ");
  const std::int64_t burnt = std::stoll(outcome.last().stdout_text.substr(6));
  EXPECT_GE(burnt, 40);
  EXPECT_LE(burnt, 50);
}

TEST(StandIn, ABombIsRefusedAtTheLimitAndHarmsNobodyElse) {
  const Outcome outcome = run_docker(
      {"run -d --name bomb --pids-limit 6 stress forkbomb", "run busybox echo still here"});
  EXPECT_EQ(outcome.last().stdout_text, "still here\n");
  const World& world = outcome.simulator->trace().head();
  std::size_t bombs = 0;
  world.tasks.each([&](const Task& each) { bombs += each.comm == "forkbomb" ? 1 : 0; });
  EXPECT_EQ(bombs, 6U);
}

TEST(StandIn, TheRealHubHasNone) {
  for (const spec::ScenarioImage& image : spec::bundled_images()) {
    EXPECT_TRUE(image.ref == "busybox:latest" || image.ref == "hello-world:latest") << image.ref;
  }
  EXPECT_FALSE(spec::stand_in_images().empty());
}

}  // namespace
}  // namespace cutaway::test
