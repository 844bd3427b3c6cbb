// `docker update`: the record, and, where the container runs, the files of its own cgroup. The
// kernel does the rest (what is too much is given back, or somebody is ended for it).
#include <algorithm>

#include "base/text.h"
#include "real/cgroup/control_file.h"
#include "real/engine/cgroups.h"
#include "real/engine/engine.h"
#include "real/engine/plan_host.h"
#include "real/engine/reconcile.h"
#include "real/sys/rootless.h"
#include "spec/docker_messages.h"
#include "spec/plan/limits.h"
#include "spec/plan/plan_input.h"
#include "trace/world/lookup.h"

namespace cutaway::real {

namespace {

std::string asked_flags(const spec::Command& command) {
  std::string text;
  for (const spec::FlagGiven& flag : command.flags)
    text += (text.empty() ? "--" : " --") + flag.name + " " + flag.value;
  return text;
}

// The trace is told what the file says afterwards: the kernel rounds (memory to pages).
void tell_limit(Story& story, const std::string& id, const spec::CgroupSetting& setting,
                const std::string& says) {
  const World world = story.world();
  const std::string path = std::string(kCgroupFolder) + "/" + id;
  const Cgroup* cgroup = world.cgroups.first([&](const Cgroup& each) {
    const Hierarchy* hierarchy = world.hierarchies.find(each.hierarchy);
    if (each.path != path || hierarchy == nullptr) return false;
    const auto& all = hierarchy->controllers;
    return std::find(all.begin(), all.end(), setting.controller) != all.end();
  });
  if (cgroup == nullptr) return;
  CgroupLimited limited;
  limited.id = cgroup->id;
  limited.path = path;
  limited.controller = setting.controller;
  limited.file = setting.file;
  limited.value = says;
  story.tell_read("limit.update", story.number_of(id), limited);
}

Status write_limits(Machine& machine, const ContainerRecord& record,
                    const std::vector<spec::CgroupSetting>& settings) {
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  for (const spec::CgroupSetting& setting : settings) {
    TRY_ASSIGN(const std::string says, driver.set_limit(record.id, setting));
    if (machine.story != nullptr && !says.empty())
      tell_limit(*machine.story, record.id, setting, says);
  }
  return {};
}

Result<std::vector<spec::CgroupSetting>> changes(const Machine& machine,
                                                 const ContainerRecord& record,
                                                 const spec::ContainerConfig& before,
                                                 const spec::ContainerConfig& after) {
  TRY_ASSIGN(const spec::PlanHost host, plan_host({}, machine.state.container(record.id)));
  return spec::changed_settings(plan_input_for(before, host), plan_input_for(after, host));
}

Status update_one(const Doing& doing, ContainerRecord record) {
  const auto& asked = doing.command.get<spec::UpdateOptions>();
  TRY_ASSIGN(const spec::ContainerConfig before, config_of(record));
  spec::ContainerConfig after = before;
  const std::string refused = spec::update_config(after, asked);
  if (!refused.empty()) return fail(ErrorCode::Failed, refused);
  if (record.lives()) {
    TRY_ASSIGN(const auto settings, changes(doing.machine, record, before, after));
    TRY(write_limits(doing.machine, record, settings));
  }
  TRY_ASSIGN(const Fd lock, doing.machine.state.lock());
  TRY_ASSIGN(record, doing.machine.state.find(record.id));  // as it is by now
  record.updates.push_back(doing.words);
  TRY(doing.machine.state.save(record));
  Story* story = doing.machine.story;
  if (story != nullptr)
    story->tell(
        "api.update", story->number_of(record.id),
        Note{"the record of " + record.name + " says: " + asked_flags(doing.command), "updated"});
  return {};
}

}  // namespace

int do_update(const Doing& doing) {
  const std::string wrong =
      spec::check_update(doing.command.get<spec::UpdateOptions>(), daemon_facts());
  if (!wrong.empty()) return doing.refuse(wrong);
  int exit = 0;
  for (const std::string& name : doing.command.names) {
    const auto record = find_current(doing.machine, name);
    const Status done = record ? update_one(doing, *record) : fail(record.error());
    if (done)
      doing.streams.out(name + "\n");
    else
      exit = doing.refuse(record ? spec::say::cannot_update(record->id, done.error().message)
                                 : done.error().message);
  }
  return exit;
}

}  // namespace cutaway::real
