// The plan as data: order, reasons, and that the simulation does just that.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json_value.h"
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
  input.mounts = {{"bind", "/a", "/b", abi::ms::kRdonly, "", true}};
  input.shared = {{"pid", "/proc/7/ns/pid"}, {"uts", ""}};
  input.memory_bytes = 64 << 20;
  input.init_mounts = "lowerdir=/l";
  input.plain_user = spec::PlainUser{1000, 100};
  const Json json = spec::plan_input_to_json(input);
  const auto read = spec::plan_input_from_json(json);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(spec::plan_input_to_json(*read), json);
  Json broken = json;
  broken["argv"] = 7;
  EXPECT_FALSE(spec::plan_input_from_json(broken).has_value());
  broken = json;
  broken["plain_user"] = 1000;
  EXPECT_FALSE(spec::plan_input_from_json(broken).has_value());
}

/// The texts that a step writes, each as "path=text".
std::vector<std::string> writes_of(const spec::Plan& plan, const char* id) {
  std::vector<std::string> all;
  std::string path;
  for (const spec::PlanStep& step : plan.steps) {
    if (step.id != id) continue;
    for (const spec::PlanCall& call : step.calls) {
      if (call.sys == abi::Sys::openat) path = call.args[1].text;
      if (call.sys == abi::Sys::write) all.push_back(path + "=" + call.args[1].text);
    }
  }
  return all;
}

spec::PlanInput an_old_input() {
  spec::PlanInput input = an_input();
  input.cgroup_version = 1;
  input.cgroup_mounts = {{"cpu,cpuacct", "/c/cpu,cpuacct"},
                         {"cpuset", "/c/cpuset"},
                         {"devices", "/c/devices"},
                         {"memory", "/c/memory"},
                         {"name=systemd", "/c/systemd"}};
  return input;
}

TEST(Plan, OnCgroupsV1TheCpusetIsFilledAndDevicesAreFew) {
  const spec::Plan plan = spec::run_plan(an_old_input());
  EXPECT_EQ(writes_of(plan, "cg.create"),
            (std::vector<std::string>{"/c/cpuset/docker/a/cpuset.cpus=${copy.data}",
                                      "/c/cpuset/docker/a/cpuset.mems=${copy.data}"}));
  const std::vector<std::string> limits = writes_of(plan, "cg.limit");
  ASSERT_EQ(limits.size(), 13U);
  EXPECT_EQ(limits[0], "/c/devices/docker/a/devices.deny=a");
  EXPECT_EQ(limits[3], "/c/devices/docker/a/devices.allow=c 1:3 rwm");
  spec::PlanInput privileged = an_old_input();
  privileged.privileged = true;
  EXPECT_TRUE(writes_of(spec::run_plan(privileged), "cg.limit").empty());
  EXPECT_TRUE(writes_of(spec::run_plan(an_input()), "cg.limit").empty());  // v2
}

TEST(Plan, ControllersThatAreMountedTogetherHaveNamesOfTheirOwn) {
  std::vector<std::string> links;
  for (const spec::PlanStep& step : spec::run_plan(an_old_input()).steps) {
    for (const spec::PlanCall& call : step.calls) {
      if (step.id == "mnt.cgroup" && call.sys == abi::Sys::symlink)
        links.push_back(call.args[1].text + " -> " + call.args[0].text);
    }
  }
  const std::string folder = an_old_input().rootfs + "/sys/fs/cgroup/";
  EXPECT_EQ(links, (std::vector<std::string>{folder + "cpu -> cpu,cpuacct",
                                             folder + "cpuacct -> cpu,cpuacct"}));
}

TEST(Plan, LimitsFindTheirControllerAlsoWhereTwoShareAHierarchy) {
  spec::PlanInput input = an_old_input();
  input.privileged = true;
  input.cpu_quota_us = 50000;
  input.cpu_period_us = 100000;
  input.memory_bytes = 64 << 20;
  EXPECT_EQ(writes_of(spec::run_plan(input), "cg.limit"),
            (std::vector<std::string>{"/c/memory/docker/a/memory.limit_in_bytes=67108864",
                                      "/c/memory/docker/a/memory.memsw.limit_in_bytes=134217728",
                                      "/c/cpu,cpuacct/docker/a/cpu.cfs_period_us=100000",
                                      "/c/cpu,cpuacct/docker/a/cpu.cfs_quota_us=50000"}));
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
