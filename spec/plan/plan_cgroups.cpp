// The container's cgroup: made, entered, limited, looked at in the end, removed. Nothing of it
// where there is none for us (no root, and nothing delegated: cgroups(7)).
#include <utility>

#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

using abi::Errno;
using abi::Sys;

namespace {

PlanStep cg_create(const PlanInput& input) {
  PlanStep step{"cg.create", Who::Runtime, {}};
  for (const std::string& folder : cgroup_folders(input)) {
    step.calls.push_back(
        tolerate(call(Sys::mkdir, {text(folder), integer(0755)}), {Errno::kEEXIST}));
  }
  const std::string* cpuset = input.cgroup_version == 1 ? cgroup_mount(input, "cpuset") : nullptr;
  if (cpuset == nullptr) return step;
  // A new cpuset of v1 has no cpus and no memory nodes, and takes no member (cpuset(7): ENOSPC).
  const std::string folder = *cpuset + input.cgroup_path;
  const std::string parent = folder.substr(0, folder.rfind('/'));
  for (const char* file : {"/cpuset.cpus", "/cpuset.mems"})
    append(step, copy_file(parent + file, folder + file));
  return step;
}

PlanStep cg_attach(const PlanInput& input) {
  PlanStep step{"cg.attach", Who::Runtime, {}};
  for (const std::string& folder : cgroup_folders(input)) {
    append(step, write_file(folder + "/cgroup.procs", "${child}"));
  }
  return step;
}

PlanStep cg_limit(const PlanInput& input) {
  PlanStep step{"cg.limit", Who::Runtime, {}};
  std::vector<CgroupSetting> settings = device_settings(input);
  for (CgroupSetting& setting : cgroup_settings(input)) settings.push_back(std::move(setting));
  std::int32_t group = 0;
  for (const CgroupSetting& setting : settings) {
    const std::string* mounted = cgroup_mount(input, setting.controller);
    if (mounted == nullptr) continue;
    auto writing = write_file(*mounted + input.cgroup_path + "/" + setting.file, setting.value);
    ++group;
    for (PlanCall& made : writing) made.group = group;
    if (setting.optional) {  // without swap accounting there is nothing to limit
      writing.front().tolerated = {Errno::kENOENT};
      writing.front().skip_rest = true;
    }
    append(step, std::move(writing));
  }
  return step;
}

}  // namespace

void add_cgroup_steps(const PlanInput& input, Plan& plan) {
  if (input.cgroup_mounts.empty()) return;
  plan.steps.push_back(cg_create(input));
  plan.steps.push_back(cg_attach(input));
  plan.steps.push_back(cg_limit(input));
}

// The end is waited for by the program of the shim itself; these calls come behind it. Whether the
// kernel ended somebody for want of memory is known only as long as the cgroup is there.
PlanStep reap(const PlanInput& input) {
  PlanStep step{"reap", Who::Shim, {}};
  const auto mounted = input.cgroup_mounts.find(input.cgroup_version == 2 ? "unified" : "memory");
  if (input.memory_bytes == 0 || mounted == input.cgroup_mounts.end()) return step;
  const char* file = input.cgroup_version == 2 ? "/memory.events" : "/memory.oom_control";
  step.calls = {keep(open(mounted->second + input.cgroup_path + file, abi::o::kCloexec), "file"),
                keep(call(Sys::read, {text("$file"), Arg{}, integer(256)}), "oom"),
                call(Sys::close, {text("$file")})};
  return step;
}

PlanStep cg_remove(const PlanInput& input) {
  PlanStep step{"cg.remove", Who::Shim, {}};
  for (const std::string& folder : cgroup_folders(input))
    step.calls.push_back(tolerate(call(Sys::rmdir, {text(folder)}), {Errno::kENOENT}));
  return step;
}

}  // namespace cutaway::spec
