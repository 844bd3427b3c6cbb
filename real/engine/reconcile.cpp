#include "real/engine/reconcile.h"

#include "real/engine/cgroups.h"
#include "real/engine/process.h"
#include "real/engine/root.h"
#include "real/engine/start.h"
#include "real/sys/files.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

// A shim that ended leaves its word in the bundle; one that was killed leaves none.
void put_right(Machine& machine, ContainerRecord& record) {
  const auto word = read_text(machine.state.bundle(record.id) + "/exit");
  const End end = parse_end(word ? *word : std::string());
  static_cast<void>(clear_cgroups(record.id));
  const auto config = config_of(record);
  static_cast<void>(finish_container(machine, record, end, false));
  if (config && config->auto_remove) static_cast<void>(remove_record(machine, record, "--rm"));
}

// Its end is about to be written by whoever watches it, or nobody will.
bool has_ended_unseen(const ContainerRecord& record) {
  return record.state == RunState::Running && !is_alive(record.shim);
}

}  // namespace

std::vector<ContainerRecord> current_records(Machine& machine) {
  std::vector<ContainerRecord> records = machine.state.records();
  for (ContainerRecord& record : records) {
    if (has_ended_unseen(record)) put_right(machine, record);
  }
  return machine.state.records();
}

Result<ContainerRecord> find_current(Machine& machine, std::string_view target) {
  current_records(machine);
  auto found = machine.state.find(target);
  if (!found) return fail(ErrorCode::Failed, spec::say::no_such_container(target));
  return found;
}

Status remove_record(Machine& machine, const ContainerRecord& record, std::string_view reason) {
  TRY(clear_cgroups(record.id));
  TRY(unmount_root(machine.state, record.id));
  return forget_record(machine, record, reason);
}

Status forget_record(Machine& machine, const ContainerRecord& record, std::string_view reason) {
  TRY(machine.state.forget(record.id));
  TRY(machine.images.release(record.id));
  if (machine.story != nullptr)
    machine.story->tell("container.remove", machine.story->number_of(record.id),
                        ContainerRemoved{std::string(reason)});
  return {};
}

}  // namespace cutaway::real
