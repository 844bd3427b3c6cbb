// pause and unpause: the freezer of the container's cgroup. No signal, nothing that the processes
// could notice.
#include "real/engine/pause.h"
#include "real/engine/cgroups.h"
#include "real/engine/engine.h"
#include "real/engine/reconcile.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

Status note_state(Machine& machine, const std::string& id, RunState state) {
  TRY_ASSIGN(const Fd lock, machine.state.lock());
  TRY_ASSIGN(ContainerRecord record, machine.state.find(id));  // as it is by now
  record.state = state;
  return machine.state.save(record);
}

Status pause_one(Machine& machine, const ContainerRecord& record) {
  if (record.state == RunState::Paused)
    return fail(ErrorCode::Failed, spec::say::already_paused(record.id));
  if (record.state != RunState::Running)
    return fail(ErrorCode::Failed, spec::say::not_running(record.id));
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  TRY(driver.freeze(record.id));
  TRY(note_state(machine, record.id, RunState::Paused));
  if (machine.story != nullptr)
    machine.story->tell("container.pause", machine.story->number_of(record.id), ContainerPaused{});
  return {};
}

Status unpause_one(Machine& machine, const ContainerRecord& record) {
  if (record.state != RunState::Paused)
    return fail(ErrorCode::Failed, spec::say::not_paused(record.id));
  return resume_if_paused(machine, record);
}

int for_each_name(const Doing& doing, Status (*one)(Machine&, const ContainerRecord&)) {
  int exit = 0;
  for (const std::string& name : doing.command.names) {
    const auto record = find_current(doing.machine, name);
    const Status done = record ? one(doing.machine, *record) : fail(record.error());
    if (done)
      doing.streams.out(name + "\n");
    else
      exit = doing.refuse(done.error());
  }
  return exit;
}

}  // namespace

// The story is told first: what the container does next, a tracer may see before we go on.
Status resume_if_paused(Machine& machine, const ContainerRecord& record) {
  if (record.state != RunState::Paused) return {};
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  TRY(note_state(machine, record.id, RunState::Running));
  if (machine.story != nullptr)
    machine.story->tell("container.unpause", machine.story->number_of(record.id),
                        ContainerUnpaused{});
  return driver.thaw(record.id);
}

int do_pause(const Doing& doing) { return for_each_name(doing, pause_one); }
int do_unpause(const Doing& doing) { return for_each_name(doing, unpause_one); }

}  // namespace cutaway::real
