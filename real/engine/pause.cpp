// pause and unpause: the freezer of the container's cgroup. No signal, nothing that the processes
// could notice.
#include "real/engine/pause.h"
#include "real/engine/cgroups.h"
#include "real/engine/engine.h"
#include "real/engine/reconcile.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

Status check_pausable(const ContainerRecord& record) {
  if (record.state == RunState::Paused)
    return fail(ErrorCode::Failed, spec::say::already_paused(record.id));
  if (record.state != RunState::Running)
    return fail(ErrorCode::Failed, spec::say::not_running(record.id));
  return {};
}

// Under the lock, by the record as it is by now: whoever writes down its end waits meanwhile.
Status pause_one(Machine& machine, const std::string& id) {
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  {
    TRY_ASSIGN(const Fd lock, machine.state.lock());
    TRY_ASSIGN(ContainerRecord record, machine.state.find(id));
    TRY(check_pausable(record));
    TRY(driver.freeze(id));
    record.state = RunState::Paused;
    if (Status saved = machine.state.save(record); !saved) {
      static_cast<void>(driver.thaw(id));  // frozen is only what a record calls so
      return saved;
    }
  }
  if (machine.story != nullptr)
    machine.story->tell("container.pause", machine.story->number_of(id), ContainerPaused{});
  return {};
}

// False: by now it does not stand still.
Result<bool> note_running(Machine& machine, const std::string& id) {
  TRY_ASSIGN(const Fd lock, machine.state.lock());
  TRY_ASSIGN(ContainerRecord record, machine.state.find(id));
  if (record.state != RunState::Paused) return false;
  record.state = RunState::Running;
  TRY(machine.state.save(record));
  return true;
}

Status unpause_one(Machine& machine, const ContainerRecord& record) {
  if (record.state != RunState::Paused)
    return fail(ErrorCode::Failed, spec::say::not_paused(record.id));
  return resume_if_paused(machine, record);
}

}  // namespace

// The story is told first: what the container does next, a tracer may see before we go on.
Status resume_if_paused(Machine& machine, const ContainerRecord& record) {
  if (record.state != RunState::Paused) return {};
  TRY_ASSIGN(const CgroupDriver driver, cgroup_driver());
  TRY_ASSIGN(const bool stood_still, note_running(machine, record.id));
  if (!stood_still) return {};
  if (machine.story != nullptr)
    machine.story->tell("container.unpause", machine.story->number_of(record.id),
                        ContainerUnpaused{});
  return driver.thaw(record.id);
}

int do_pause(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) -> Status {
    TRY_ASSIGN(const ContainerRecord record, find_current(doing.machine, name));
    return pause_one(doing.machine, record.id);
  });
}

int do_unpause(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) -> Status {
    TRY_ASSIGN(const ContainerRecord record, find_current(doing.machine, name));
    return unpause_one(doing.machine, record);
  });
}

}  // namespace cutaway::real
