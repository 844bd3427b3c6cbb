// The plan as data: order, reasons, and that the simulation does just that.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "run_echo.h"
#include "spec/plan/plan.h"
#include "spec/words.h"

namespace cutaway::test {
namespace {

spec::PlanInput an_input() {
  spec::PlanInput input;
  input.container_id = std::string(64, 'a');
  input.rootfs = "/r";
  input.argv = {"echo", "hi"};
  input.env = {"PATH=/usr/bin:/bin"};
  input.hostname = "aaaa";
  input.cgroup_mounts = {{"unified", "/sys/fs/cgroup"}};
  input.cgroup_path = "/docker/a";
  input.capabilities = spec::kDockerCapabilities;
  return input;
}

std::vector<std::string> ids(const spec::Plan& plan) {
  std::vector<std::string> names;
  for (const spec::PlanStep& step : plan.steps) names.push_back(step.id);
  return names;
}

TEST(Plan, EveryStepIsKnownAndHasASentence) {
  for (const spec::StepRow& row : spec::step_rows()) {
    EXPECT_FALSE(spec::Words::of()["step." + std::string(row.id)].what.empty()) << row.id;
  }
  for (const std::string& id : ids(spec::run_plan(an_input())))
    EXPECT_NE(spec::find_step(id), nullptr) << id;
}

TEST(Plan, TheFilterComesBeforeTheCapabilitiesGoUnlessNoNewPrivileges) {
  const auto place = [](const std::vector<std::string>& all, const char* id) {
    return std::find(all.begin(), all.end(), id) - all.begin();
  };
  const auto usual = ids(spec::run_plan(an_input()));
  EXPECT_LT(place(usual, "seccomp.load"), place(usual, "cap.bound"));
  spec::PlanInput input = an_input();
  input.no_new_privileges = true;
  const auto strict = ids(spec::run_plan(input));
  EXPECT_LT(place(strict, "nnp"), place(strict, "seccomp.load"));
  EXPECT_GT(place(strict, "seccomp.load"), place(strict, "cap.set"));
}

TEST(Plan, RemountsAreAlwaysOfTheBindAlone) {
  spec::PlanInput input = an_input();
  input.read_only_root = true;
  input.binds = {{"/a", "/b", true}};
  for (const spec::PlanStep& step : spec::run_plan(input).steps) {
    for (const spec::PlanCall& call : step.calls) {
      if (call.sys != abi::Sys::mount) continue;
      const auto flags = static_cast<std::uint64_t>(call.args[3].value);
      if ((flags & abi::ms::kRemount) != 0) {
        EXPECT_NE(flags & abi::ms::kBind, 0U) << step.id;
      }
    }
  }
}

TEST(Plan, FourteenCapabilitiesStay) {
  int dropped = 0;
  for (const spec::PlanStep& step : spec::run_plan(an_input()).steps) {
    if (step.id == "cap.bound") dropped += static_cast<int>(step.calls.size());
  }
  EXPECT_EQ(dropped, abi::kCapabilityCount - 14);
}

TEST(Plan, InputSurvivesTheBundle) {
  spec::PlanInput input = an_input();
  input.binds = {{"/a", "/b", true}};
  input.memory_bytes = 64 << 20;
  const Json json = spec::plan_input_to_json(input);
  const auto read = spec::plan_input_from_json(json);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(spec::plan_input_to_json(*read), json);
  Json broken = json;
  broken["argv"] = 7;
  EXPECT_FALSE(spec::plan_input_from_json(broken).has_value());
}

TEST(Plan, TheSimulationTakesTheStepsInThisOrder) {
  const Outcome outcome = run_docker({"run busybox echo hi"});
  const Trace& trace = outcome.simulator->trace();
  std::vector<std::string> seen;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (trace.record(n).sys == 0xffff || trace.record(n).step == 0) continue;
    const std::string step(trace.step_name(StepId(trace.record(n).step)));
    const spec::StepRow* row = spec::find_step(step);
    ASSERT_NE(row, nullptr) << step;
    if (!row->compared || row->who != spec::Who::Init) continue;
    if (std::find(seen.begin(), seen.end(), step) == seen.end()) seen.push_back(step);
  }
  std::vector<std::string> planned;
  for (const spec::PlanStep& step : spec::run_plan(an_input()).steps) {
    const spec::StepRow* row = spec::find_step(step.id);
    if (row->who != spec::Who::Init || step.calls.empty()) continue;
    if (std::find(planned.begin(), planned.end(), step.id) == planned.end())
      planned.push_back(step.id);
  }
  planned.erase(std::remove(planned.begin(), planned.end(), "mnt.bind"), planned.end());
  seen.erase(std::remove(seen.begin(), seen.end(), "mnt.bind"),
             seen.end());  // an_input() binds nothing
  EXPECT_EQ(seen, planned);
}

}  // namespace
}  // namespace cutaway::test
