// Litmus programs on the real kernel: what they expect holds, traced or not; and those that attack
// end in time and change nothing (tools/guard looks at the machine around each of these tests).
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/text.h"
#include "documents.h"
#include "real/engine/cgroups.h"
#include "real/litmus/cage.h"
#include "real/sys/files.h"
#include "sim/litmus.h"
#include "spec/plan/steps.h"
#include "trace/compare/compare.h"
#include "trace/world/invariants.h"

namespace cutaway::real {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

/// Cages that are there; none when no litmus program runs.
std::vector<std::string> cages() {
  std::vector<std::string> found;
  const auto driver = cgroup_driver();
  if (!driver) return found;
  for (const std::string& id : driver->list()) {
    if (starts_with(id, "litmus-" + decimal(::getpid()) + "-")) found.push_back(id);
  }
  return found;
}

class Litmus : public ::testing::TestWithParam<LitmusFile> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: a sandbox's ids are given by root";
    find_helper();
  }
  void TearDown() override { EXPECT_EQ(cages(), std::vector<std::string>()); }
};

std::string name_of(const ::testing::TestParamInfo<LitmusFile>& made) { return made.param.name; }

// ---- Programs

class Program : public Litmus {};

TEST_P(Program, Holds) {
  const LitmusResult result = run_file(GetParam(), false);
  EXPECT_EQ(result.failures(), "");
  EXPECT_GT(result.run.held, 0);
}

/// Every task that took part, and whether it is the one that the program began with.
std::size_t first_tasks(const World& world) {
  std::size_t count = 0;
  world.tasks.each([&count](const Task& task) {
    if (task.role == Role::Workload && task.pids.back() == 2) ++count;
  });
  return count;
}

/// What the World did not know, and /proc had to tell. Not links of descriptors: the World says
/// where a file was opened, /proc where it lies now (on a mount that hangs nowhere, under another
/// name).
std::string differences(const Trace& trace) {
  std::string text;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const Event event = trace.event(i);
    const auto* note = std::get_if<Note>(&event.body);
    if (note == nullptr || note->note_class != "check") continue;
    if (!starts_with(note->text, "compared") && note->text.find(": fd ") == std::string::npos)
      text += note->text + "\n";
  }
  return text;
}

TEST_P(Program, HoldsTraced) {
  const LitmusResult result = run_file(GetParam(), true);
  ASSERT_EQ(result.failures(), "");
  ASSERT_NE(result.run.trace, nullptr);
  const Trace& trace = *result.run.trace;
  ASSERT_GT(trace.size(), 1U);
  // It begins in the sandbox as it stands, and tells nothing of how that was made.
  EXPECT_TRUE(std::holds_alternative<Snapshot>(trace.event(0).body));
  EXPECT_EQ(first_tasks(trace.world_at(1)), 1U);
  EXPECT_EQ(trace.world_at(trace.size()), trace.head());
  EXPECT_EQ(broken_invariants(trace.head()), std::vector<std::string>());
  EXPECT_EQ(differences(trace), "");
}

INSTANTIATE_TEST_SUITE_P(Programs, Program,
                         ::testing::ValuesIn(litmus_files("tests/system/litmus/programs")),
                         name_of);

// ---- Bundled ones: the simulator's own tests expect the same of it

class Bundled : public Litmus {};

/// A difference counts when it comes three times of three (CONTRACT §5); in the guest everything
/// takes ten times as long, and what takes turns may be seen in between.
LitmusResult run_patiently(const LitmusFile& file) {
  LitmusResult result = run_file(file, false);
  for (int again = 0; again < 2 && in_guest() && !result.failures().empty(); ++again)
    result = run_file(file, false);
  return result;
}

TEST_P(Bundled, HoldsForReal) {
  const LitmusResult result = run_patiently(GetParam());
  if (starts_with(result.error, "run this litmus program: ")) GTEST_SKIP() << result.error;
  EXPECT_EQ(result.failures(), "");
}

/// Of the differences between the simulated and the traced run, those without a reason.
std::string open_differences(const LitmusFile& file) {
  const LitmusResult real = run_file(file, true);
  if (real.run.trace == nullptr) return real.error;
  const auto text = read_text(file.path);
  const auto document = JsonDocument::parse(file.path, text ? *text : std::string());
  const auto litmus = document ? spec::load_litmus(*document) : fail(document.error());
  if (!litmus) return litmus.error().message;
  sim::LitmusOptions options;
  options.machine = sim::litmus_machine(*litmus, real.run.trace->header.machine);
  const Trace simulated = sim::run_litmus(*litmus, options).trace;
  CompareOptions compared;
  compared.compared_steps = spec::compared_steps();
  std::string open;
  for (const CompareRow& row : compare(simulated, *real.run.trace, compared).rows) {
    if (is_open(row.row_class)) open += row.step + ": " + row.name + ": " + row.why + "\n";
  }
  return open;
}

// Counts when it comes 3 of 3 times (DESIGN §7): the real side waits by clocks.
TEST_P(Bundled, IsExplainedBesideTheSimulatedRun) {
  if (starts_with(run_file(GetParam(), false).error, "run this litmus program: ")) GTEST_SKIP();
  std::string open;
  for (int tries = 0; tries < 3; ++tries) {
    open = open_differences(GetParam());
    if (open.empty()) break;
  }
  EXPECT_EQ(open, "");
}

INSTANTIATE_TEST_SUITE_P(Documents, Bundled, ::testing::ValuesIn(bundled_files(false)), name_of);

/// Tier R: in the guest (vm.litmus) they run; here each is refused, in words.
class WholeMachine : public Litmus {};

TEST_P(WholeMachine, HoldsWhereItMayRun) {
  const LitmusResult result = run_patiently(GetParam());
  if (in_guest()) {
    EXPECT_EQ(result.failures(), "");
    EXPECT_GT(result.run.held, 0);
  } else {
    EXPECT_TRUE(starts_with(result.error, "run this litmus program: it is of tier R: "))
        << result.failures();
    EXPECT_EQ(result.run.held, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Documents, WholeMachine, ::testing::ValuesIn(bundled_files(true)),
                         name_of);

// ---- Attacks

class Hostile : public Litmus {};

struct DeviceState {
  mode_t mode;
  uid_t uid;
  gid_t gid;
  bool operator==(const DeviceState&) const = default;
};
DeviceState null_device() {
  struct stat status {};
  EXPECT_EQ(::stat("/dev/null", &status), 0);
  return {status.st_mode, status.st_uid, status.st_gid};
}

void expect_harmless(const LitmusResult& result) {
  EXPECT_EQ(result.error, "");
  EXPECT_LT(result.took_ns, 20 * kSecondNs);  // 5 for the program, the rest for a busy machine
  for (const spec::LitmusFailure& each : result.run.failed) {
    // Out of time, or (a quick machine's fork bomb) out of the slots that a sandbox has.
    const bool gone = each.text == "it had not returned after 5 seconds" ||
                      each.text == "never reached" ||
                      each.text == "a program has at most 254 tasks";
    EXPECT_TRUE(gone) << each.pointer << ": " << each.text;
  }
}

TEST_P(Hostile, EndsInTimeAndChangesNothing) {
  const DeviceState before = null_device();
  expect_harmless(run_file(GetParam(), false));
  EXPECT_EQ(null_device(), before);
}

TEST_P(Hostile, EndsInTimeTraced) { expect_harmless(run_file(GetParam(), true)); }

INSTANTIATE_TEST_SUITE_P(Attacks, Hostile,
                         ::testing::ValuesIn(litmus_files("tests/system/litmus/hostile")), name_of);

// ---- What may go wrong outside

class Supervisor : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: a sandbox's ids are given by root";
    find_helper();
  }
};

constexpr const char* kForEver =
    R"({"cutaway_litmus":1,"title":"t","program":[{"call":"fork","child":[{"call":"pause"}]},{"call":"pause"}]})";

/// Kills a supervisor at some moment of its work; what is left is found and removed.
void kill_after(std::int64_t ms) {
  const pid_t child = ::fork();
  if (child == 0) {
    (void)run_text(kForEver, false);
    ::_exit(0);
  }
  ::usleep(static_cast<useconds_t>(ms * 1000));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  (void)prune_cages();
  (void)release_cgroups();
  const auto driver = cgroup_driver();
  ASSERT_TRUE(driver);
  for (const std::string& id : driver->list())
    EXPECT_FALSE(starts_with(id, "litmus-" + decimal(child) + "-")) << id;
}

TEST_F(Supervisor, LeavesNothingWhenItIsKilled) {
  for (const std::int64_t ms : {0, 3, 10, 20, 30, 50, 80, 200, 500}) kill_after(ms);
}

TEST_F(Supervisor, RunsOneProgramAfterTheOther) {
  const auto real = RealLitmus::make();
  ASSERT_TRUE(real) << real.error().message;
  const auto document =
      JsonDocument::parse("t",
                          R"({"cutaway_litmus":1,"title":"t","files":{"/f":{"text":"x"}},"program":[
        {"call":"getpid","expect":{"ret":2}},{"call":"unlink","pathname":"/f","expect":{"ret":0}},
        {"call":"fork","as":"c","expect":{"ret":3}},{"call":"wait4","pid":"$c","expect":{"exited":0}}]})");
  const auto litmus = spec::load_litmus(*document);
  ASSERT_TRUE(litmus);
  for (int i = 0; i < 30; ++i) {
    const auto run = (*real)->run(*litmus, {false, ""});
    ASSERT_TRUE(run) << run.error().message;
    ASSERT_EQ(run->held, 4) << "in run " << i;
  }
}

TEST_F(Supervisor, RefusesTierRAndOtherMachines) {
  const LitmusResult r = run_text(
      R"({"cutaway_litmus":1,"title":"t","tier":"R","program":[{"call":"getpid"}]})", false);
  EXPECT_NE(r.error.find("it is of tier R: "), std::string::npos) << r.error;
  EXPECT_NE(r.error.find("(it is not said to be thrown away)"), std::string::npos) << r.error;
  const LitmusResult cpus = run_text(
      R"({"cutaway_litmus":1,"title":"t","machine":{"cpus":999},"program":[{"call":"getpid"}]})",
      false);
  EXPECT_NE(cpus.error.find("999 cpus"), std::string::npos) << cpus.error;
}

TEST_F(Supervisor, SaysWhatWasNotAsExpected) {
  const LitmusResult r = run_text(
      R"({"cutaway_litmus":1,"title":"t","program":[{"call":"getpid","expect":{"ret":3}},
          {"block":{"call":"getpid"}},{"call":"close","fd":77,"expect":{"ret":0}}]})",
      false);
  EXPECT_EQ(r.run.held, 0);
  EXPECT_EQ(r.run.failed.size(), 3U) << r.failures();
  EXPECT_NE(r.failures().find("/program/0/expect: expected ret 3, got ret 2"), std::string::npos);
  EXPECT_NE(r.failures().find("EBADF"), std::string::npos) << r.failures();
}

}  // namespace
}  // namespace cutaway::real
