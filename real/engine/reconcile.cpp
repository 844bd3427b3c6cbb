#include "real/engine/reconcile.h"

#include "real/engine/cgroups.h"
#include "real/engine/process.h"
#include "real/engine/root.h"
#include "real/engine/start.h"
#include "real/engine/volumes.h"
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
  if (!config || !config->auto_remove) return;
  static_cast<void>(remove_record(machine, record, "--rm"));
  static_cast<void>(remove_anonymous(machine.state, record));
}

bool is_said_to_run(const ContainerRecord& record) {
  return record.lives() && !is_alive(record.shim);
}

// Whoever watches it copies its last output and then writes its end; only when nobody does (any
// more) do we.
void put_right_unwatched(Machine& machine, const std::string& id) {
  const auto held = machine.state.watch_unwatched(id);
  if (!held) return;
  auto record = machine.state.find(id);
  if (record && is_said_to_run(*record)) put_right(machine, *record);
}

}  // namespace

std::vector<ContainerRecord> current_records(Machine& machine) {
  for (const ContainerRecord& record : machine.state.records()) {
    if (is_said_to_run(record)) put_right_unwatched(machine, record.id);
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
