// docker exec (canonical steps (iii)): no new namespaces, no mounts, no root to change; a process
// that joins those that are there.
#include <utility>

#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

namespace {

using abi::Sys;

struct Joined {
  const char* name;
  std::uint64_t kind;
};

// user first: the rights to join the others come from it. mnt last: what needs the host's paths
// must be open by then. The pid namespace is that of children to come (setns(2)), hence the fork
// behind it.
std::vector<Joined> joined(const PlanInput& input) {
  std::vector<Joined> kinds;
  if (input.plain_user) kinds.push_back({"user", abi::clone::kNewUser});
  kinds.push_back({"ipc", abi::clone::kNewIpc});
  kinds.push_back({"uts", abi::clone::kNewUts});
  if (input.own_network || !input.network_path.empty())
    kinds.push_back({"net", abi::clone::kNewNet});
  if (input.cgroup_version == 2) kinds.push_back({"cgroup", abi::clone::kNewCgroup});
  kinds.push_back({"pid", abi::clone::kNewPid});
  kinds.push_back({"mnt", abi::clone::kNewNs});
  return kinds;
}

// The joining process goes into the cgroups itself, before it loses sight of their folders; its
// child is born there. "0" is whoever writes it (cgroups(7)).
PlanStep cg_enter(const PlanInput& input) {
  PlanStep step{"cg.attach", Who::Runtime, {}};
  for (const std::string& folder : cgroup_folders(input))
    append(step, write_file(folder + "/cgroup.procs", "0"));
  return step;
}

PlanStep ns_join(const PlanInput& input, std::int32_t init_pid) {
  PlanStep step{"ns.join", Who::Runtime, {}};
  const std::string folder = "/proc/" + decimal(init_pid) + "/ns/";
  const std::vector<Joined> kinds = joined(input);
  for (const Joined& kind : kinds)
    step.calls.push_back(
        keep(open(folder + kind.name, abi::o::kCloexec), std::string("ns_") + kind.name));
  for (const Joined& kind : kinds) {
    const std::string fd = std::string("$ns_") + kind.name;
    step.calls.push_back(call(Sys::setns, {text(fd), integer(kind.kind)}));
    step.calls.push_back(call(Sys::close, {text(fd)}));
  }
  return step;
}

PlanStep fork(const PlanInput&) {
  return {"fork",
          Who::Runtime,
          {keep(call(Sys::pipe2, {Arg{}, integer(abi::o::kCloexec)}), "report"),
           keep(call(Sys::clone, {integer(std::uint64_t{abi::sig::kChld})}), "child"),
           call(Sys::close, {text("$report.1")})}};
}

}  // namespace

Plan exec_plan(const PlanInput& input, std::int32_t init_pid) {
  Plan plan;
  if (!input.cgroup_mounts.empty()) plan.steps.push_back(cg_enter(input));
  plan.steps.push_back(ns_join(input, init_pid));
  plan.steps.push_back(fork(input));
  add_process_steps(input, false, plan);
  plan.steps.push_back(exec_wait());
  return plan;
}

}  // namespace cutaway::spec
