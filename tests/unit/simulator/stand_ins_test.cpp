// Programs that stand in for real ones, in the images that only the simulated hub has.
#include <gtest/gtest.h>

#include <algorithm>

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

std::vector<std::string> told_of_memory(const Trace& trace) {
  std::vector<std::string> told;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    if (std::holds_alternative<CgroupRefused>(event.body)) told.emplace_back("refused");
    if (std::holds_alternative<CgroupReclaimed>(event.body)) told.emplace_back("reclaim");
    if (std::holds_alternative<CgroupOom>(event.body)) told.emplace_back("oom");
  }
  return told;
}

std::int64_t most_used(const Trace& trace, CgroupVersion version) {
  const char* file = version == CgroupVersion::V2 ? "memory.current" : "memory.usage_in_bytes";
  std::int64_t most = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* usage = std::get_if<CgroupUsage>(&event.body);
    const bool its_own = usage != nullptr && usage->path.find("/docker/") != std::string::npos;
    if (its_own && usage->file == file) most = std::max(most, usage->value);
  }
  return most;
}

// page_counter_try_charge: what is charged never exceeds the limit; the page that finds no room is
// refused, and the kernel looks for what it can take back before it ends somebody.
TEST(StandIn, NoPageIsChargedBeyondTheLimit) {
  for (const CgroupVersion version : {CgroupVersion::V2, CgroupVersion::V1}) {
    const Outcome outcome = run_docker({"run --name hog -m 32m stress memhog 64m"}, 1, version);
    const Trace& trace = outcome.simulator->trace();
    EXPECT_EQ(most_used(trace, version), std::int64_t{32} << 20);
    EXPECT_EQ(told_of_memory(trace), (std::vector<std::string>{"refused", "reclaim", "oom"}));
  }
}

TEST(StandIn, WhoeverIsLargestEndsAndTheOtherGoesOn) {
  const Outcome outcome = run_docker(
      {"run -m 16m stress sh -c 'memhog 10m 5 & sleep 1; memhog 8m; echo $?; wait $!; echo $?'"});
  EXPECT_EQ(outcome.last().exit, 0);
  EXPECT_EQ(outcome.last().stdout_text, "touched 10 MiB\ntouched 8 MiB\n0\n137\n");
  EXPECT_LE(most_used(outcome.simulator->trace(), CgroupVersion::V2), std::int64_t{16} << 20);
}

// MEM-06: files in memory count like memory, and cannot be given back.
TEST(StandIn, FillingATmpfsBeyondTheLimitEndsTheWriter) {
  for (const CgroupVersion version : {CgroupVersion::V2, CgroupVersion::V1}) {
    const Outcome outcome = run_docker(
        {"run --name filler -m 16m --tmpfs /t busybox dd if=/dev/zero of=/t/x bs=1M count=64"}, 1,
        version);
    EXPECT_EQ(outcome.last().exit, 137);
    const Trace& trace = outcome.simulator->trace();
    EXPECT_LE(most_used(trace, version), std::int64_t{16} << 20);
    EXPECT_TRUE(container_by_name(trace.head(), "filler")->oom_killed);
  }
  const Outcome fits =
      run_docker({"run -m 16m --tmpfs /t busybox dd if=/dev/zero of=/t/x bs=1M count=8"});
  EXPECT_EQ(fits.last().exit, 0);
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
