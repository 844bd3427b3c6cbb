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

/// As an ordinary user starts it: a user namespace, no cgroup.
PlanInput without_root() {
  PlanInput input = limited();
  input.plain_user = PlainUser{1000, 100};
  input.root_is_mount = false;
  input.init_mounts = "lowerdir=/l,upperdir=/u,workdir=/w,userxattr";
  input.cgroup_mounts.clear();
  input.memory_bytes = 0;
  return input;
}

std::vector<PlanCall> calls_of(const Plan& plan, std::string_view id) {
  std::vector<PlanCall> calls;
  for (const PlanStep& step : plan.steps) {
    if (step.id == id) calls.insert(calls.end(), step.calls.begin(), step.calls.end());
  }
  return calls;
}

bool has(const Plan& plan, std::string_view id) {
  return std::any_of(plan.steps.begin(), plan.steps.end(),
                     [id](const PlanStep& step) { return step.id == id; });
}

PlanInput with_mounts(const ContainerConfig& config) {
  PlanHost host;
  host.rootfs = "/merged";
  host.volumes_folder = "/volumes";
  host.file_sources = {"/f"};
  return plan_input(config, host);
}

TEST(Plan, MountsOfTheUserComeShorterPathsFirstAndMakeTheirMountPoints) {
  ContainerConfig config;
  config.mounts = {{"volume", "data", "/a/b", true, "ro", false, false},
                   {"bind", "/f", "/a", false, "", false, false},
                   {"tmpfs", "", "/t", false, "size=1m,exec", false, false}};
  const PlanInput input = with_mounts(config);
  ASSERT_EQ(input.mounts.size(), 3U);
  EXPECT_EQ(input.mounts[0].target, "/a");
  EXPECT_TRUE(input.mounts[0].file);
  EXPECT_EQ(input.mounts[2].source, "/volumes/data/_data");
  EXPECT_EQ(input.mounts[2].flags, abi::ms::kRdonly);
  EXPECT_EQ(input.mounts[1].data, "size=1m");
  EXPECT_EQ(input.mounts[1].flags, abi::ms::kNosuid | abi::ms::kNodev);
  const std::vector<PlanCall> calls = calls_of(run_plan(input), "mnt.volume");
  ASSERT_EQ(calls.size(), 8U);  // a node and two mounts; two folders and three mounts
  EXPECT_EQ(calls[0].sys, abi::Sys::mknod);
  EXPECT_EQ(calls[0].args[0].text, "/merged/a");
  EXPECT_EQ(calls[4].args[0].text, "/merged/a/b");
  EXPECT_EQ(calls_of(run_plan(input), "mnt.tmpfs").size(), 2U);
  EXPECT_FALSE(has(run_plan(limited()), "mnt.volume"));
}

TEST(Plan, InitStandsInFrontOfTheCommand) {
  ContainerConfig config;
  config.argv = {"sleep", "1"};
  config.init = true;
  EXPECT_EQ(with_mounts(config).argv,
            (std::vector<std::string>{"/sbin/docker-init", "--", "sleep", "1"}));
  EXPECT_FALSE(exec_config(config, {}, {"ls"}).init);
}

TEST(Plan, ASharedNamespaceIsJoinedOrLeftAndNotMade) {
  PlanInput input = limited();
  input.shared = {{"pid", "/proc/7/ns/pid"}, {"uts", ""}};
  const Plan plan = run_plan(input);
  const std::vector<PlanCall> joins = calls_of(plan, "ns.join");
  ASSERT_EQ(joins.size(), 3U);
  EXPECT_EQ(joins[0].args[1].text, "/proc/7/ns/pid");
  for (const PlanCall& call : calls_of(plan, "ns.clone")) {
    if (call.sys != abi::Sys::clone) continue;
    const auto flags = static_cast<std::uint64_t>(call.args[0].value);
    EXPECT_EQ(flags & (abi::clone::kNewPid | abi::clone::kNewUts), 0U);
    EXPECT_NE(flags & abi::clone::kNewIpc, 0U);
  }
  EXPECT_FALSE(has(plan, "uts.hostname"));
  EXPECT_FALSE(has(run_plan(limited()), "ns.join"));
}

TEST(Plan, EveryStepThatChangesSomethingSaysHowItIsUndone) {
  const std::vector<std::string> change_nothing = {"rt.start", "work",      "io.write",     "exit",
                                                   "reap",     "cg.remove", "rootfs.umount"};
  for (const Plan& plan :
       {run_plan(limited()), exec_plan(limited(), 42), run_plan(without_root())}) {
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
  for (const Plan& plan :
       {run_plan(limited()), exec_plan(limited(), 42), run_plan(without_root())}) {
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

TEST(Plan, WithoutRootTheProcessMapsItselfAndMountsItsRoot) {
  const Plan plan = run_plan(without_root());
  for (const char* step : {"ns.clone", "cg.create", "cg.attach", "cg.limit", "mnt.cgroup",
                           "cg.remove", "rootfs.umount"})
    EXPECT_FALSE(has(plan, step)) << step;
  for (const PlanCall& call : calls_of(plan, "userns.clone")) {
    if (call.sys == abi::Sys::clone) {
      EXPECT_NE(static_cast<std::uint64_t>(call.args.at(0).value) & abi::clone::kNewUser, 0U);
    }
  }
  EXPECT_EQ(calls_of(plan, "map.setgroups").at(1).args.at(1).text, "deny");
  EXPECT_EQ(calls_of(plan, "map.gid").at(1).args.at(1).text, "0 100 1");
  EXPECT_EQ(calls_of(plan, "map.uid").at(1).args.at(1).text, "0 1000 1");
  std::vector<std::string> order;
  for (const PlanStep& step : plan.steps) order.push_back(step.id);
  const auto place = [&order](const char* id) {
    return std::find(order.begin(), order.end(), id) - order.begin();
  };
  EXPECT_LT(place("map.setgroups"), place("map.gid"));  // else the group is refused
  EXPECT_LT(place("mnt.private"), place("mnt.overlay"));
  EXPECT_LT(place("mnt.overlay"), place("mnt.rootfs"));
}

TEST(Plan, WithoutRootNothingIsAskedForThatOnlyRootMayDo) {
  const Plan plan = run_plan(without_root());
  for (const PlanStep& step : plan.steps) {
    for (const PlanCall& call : step.calls) {
      EXPECT_NE(call.sys, abi::Sys::setgroups) << step.id;
      if (call.sys == abi::Sys::mknod) {
        EXPECT_EQ(static_cast<std::uint32_t>(call.args.at(1).value) & 0170000U,
                  abi::mode::kRegular);
      }
      if (call.sys == abi::Sys::write) {
        EXPECT_NE(call.args.at(1).text, "0 2147483647");
      }
    }
  }
  EXPECT_EQ(calls_of(plan, "mnt.devpts").at(1).args.at(4).text,
            "newinstance,ptmxmode=0666,mode=0620");
}

TEST(Plan, WithoutRootTheHostsNetworkComesWithTheHostsSys) {
  PlanInput input = without_root();
  EXPECT_EQ(calls_of(run_plan(input), "mnt.sysfs").at(1).args.at(2).text, "sysfs");
  input.own_network = false;
  const PlanCall bind = calls_of(run_plan(input), "mnt.sysfs").at(1);
  EXPECT_EQ(bind.args.at(0).text, "/sys");
  EXPECT_EQ(static_cast<std::uint64_t>(bind.args.at(3).value), abi::ms::kBind | abi::ms::kRec);
}

TEST(Plan, AnExecWithoutRootJoinsTheUserNamespaceFirst) {
  const Plan plan = exec_plan(without_root(), 42);
  EXPECT_FALSE(has(plan, "cg.attach"));
  const std::vector<PlanCall> joins = calls_of(plan, "ns.join");
  const auto first = std::find_if(joins.begin(), joins.end(),
                                  [](const PlanCall& call) { return call.sys == abi::Sys::setns; });
  ASSERT_NE(first, joins.end());
  EXPECT_EQ(static_cast<std::uint64_t>(first->args.at(1).value), abi::clone::kNewUser);
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
