// The plan as data: what undoes each step, and what an exec does not do.
#include "spec/plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "spec/plan/plan_input.h"
#include "spec/words.h"

namespace cutaway::spec {
namespace {

PlanInput limited() {
  PlanInput input;
  input.container_id = std::string(64, 'a');
  input.rootfs = "/merged";
  input.argv = {"echo", "hi"};
  input.env = {"PATH=/bin"};
  input.cgroup_mounts = {{"unified", "/sys/fs/cgroup"}};
  input.cgroup_path = "/docker/a";
  input.memory_bytes = 64 << 20;
  return input;
}

bool has(const Plan& plan, std::string_view id) {
  return std::any_of(plan.steps.begin(), plan.steps.end(),
                     [id](const PlanStep& step) { return step.id == id; });
}

TEST(Plan, EveryStepThatChangesSomethingSaysHowItIsUndone) {
  const std::vector<std::string> change_nothing = {"rt.start", "work",      "io.write",     "exit",
                                                   "reap",     "cg.remove", "rootfs.umount"};
  for (const Plan& plan : {run_plan(limited()), exec_plan(limited(), 42)}) {
    for (const PlanStep& step : plan.steps) {
      const std::string undo(undo_of(step.id));
      const bool free =
          std::find(change_nothing.begin(), change_nothing.end(), step.id) != change_nothing.end();
      EXPECT_EQ(undo.empty(), free) << step.id;
      if (undo.empty()) continue;
      EXPECT_TRUE(find_step(undo) != nullptr || !Words::of()[undo].what.empty()) << undo;
    }
  }
}

TEST(Plan, StepsAreRowsOfTheTableAndHaveWords) {
  for (const Plan& plan : {run_plan(limited()), exec_plan(limited(), 42)}) {
    for (const PlanStep& step : plan.steps) {
      EXPECT_NE(find_step(step.id), nullptr) << step.id;
      EXPECT_FALSE(Words::of()["step." + step.id].what.empty()) << step.id;
    }
  }
}

TEST(Plan, TextTellsHowAStepIsUndone) {
  const std::string text = plan_text(run_plan(limited()), 80);
  EXPECT_NE(text.find("↶ Undone by cg.remove."), std::string::npos);
  EXPECT_NE(text.find("↶ Ends with the container's namespaces"), std::string::npos);
}

TEST(Plan, AnExecMakesNoNamespaceAndNoMount) {
  const Plan plan = exec_plan(limited(), 42);
  for (const char* step :
       {"ns.join", "fork", "cg.attach", "session", "seccomp.load", "cap.set", "exec"})
    EXPECT_TRUE(has(plan, step)) << step;
  for (const PlanStep& step : plan.steps) {
    for (const PlanCall& call : step.calls) {
      EXPECT_NE(call.sys, abi::Sys::mount) << step.id;
      EXPECT_NE(call.sys, abi::Sys::pivot_root) << step.id;
      if (call.sys == abi::Sys::clone) {
        EXPECT_EQ(call.args.at(0).value, 17);  // SIGCHLD alone
      }
    }
  }
}

TEST(Plan, TheCgroupIsEnteredBeforeItsFolderIsOutOfSight) {
  const Plan plan = exec_plan(limited(), 42);
  EXPECT_EQ(plan.steps.at(0).id, "cg.attach");
  EXPECT_EQ(plan.steps.at(1).id, "ns.join");
}

TEST(Plan, OnlyAMemoryLimitAsksForAnOom) {
  const auto reap_calls = [](const PlanInput& input) {
    const Plan plan = run_plan(input);
    const auto reap = std::find_if(plan.steps.begin(), plan.steps.end(),
                                   [](const PlanStep& step) { return step.id == "reap"; });
    return reap->calls.size();
  };
  PlanInput input = limited();
  EXPECT_EQ(reap_calls(input), 3U);
  input.memory_bytes = 0;
  EXPECT_EQ(reap_calls(input), 0U);
}

TEST(Plan, ARootThatIsACopyIsNotUnmounted) {
  PlanInput input = limited();
  EXPECT_TRUE(has(run_plan(input), "rootfs.umount"));
  input.root_is_mount = false;
  EXPECT_FALSE(has(run_plan(input), "rootfs.umount"));
}

TEST(Plan, LoGoesUp) {
  const Plan plan = run_plan(limited());
  for (const PlanStep& step : plan.steps) {
    if (step.id != "net.setup") continue;
    const Arg& request = step.calls.at(1).args.at(2);
    EXPECT_EQ(request.items.at(0).text, "lo");
    EXPECT_EQ(request.items.at(1).value, 1);  // IFF_UP
  }
}

}  // namespace
}  // namespace cutaway::spec
