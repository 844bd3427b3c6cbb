#include "real/engine/start.h"

#include <ctime>

#include "base/text.h"
#include "real/engine/cgroups.h"
#include "real/engine/plan_host.h"
#include "real/engine/reconcile.h"
#include "real/engine/root.h"
#include "real/engine/volumes.h"
#include "real/sys/rootless.h"
#include "spec/docker_messages.h"
#include "spec/plan/plan_input.h"

namespace cutaway::real {

namespace {

// The start failed: 127 when the program is not there, 126 when it cannot be run, else 128.
Status keep_failure(Machine& machine, ContainerRecord& record, const Error& error) {
  const int status = spec::run_status_of(error.message);
  record.exit_code = status == 125 ? 128 : status;
  record.error = error.message;
  if (machine.story != nullptr)
    machine.story->tell("container.exit", machine.story->number_of(record.id),
                        ContainerExited{record.exit_code, 0, false, record.error});
  return machine.state.save(record);
}

Result<ShimProcess> run_shim(Machine& machine, const ContainerRecord& record,
                             spec::ContainerConfig config, const MountedRoot& root) {
  TRY(settle_mounts(machine.state, root, config));
  TRY_ASSIGN(spec::PlanHost host, plan_host(root, machine.state.container(record.id)));
  add_mount_sources(machine.state, config, host);
  const spec::PlanInput input = plan_input_for(config, host);
  if (input.plain_user && (input.uid != 0 || input.gid != 0))
    return fail(ErrorCode::Cannot, "cannot " + other_user(config.user));
  ShimRequest request;
  request.mode = "shim";
  request.bundle = machine.state.bundle(record.id);
  request.container = record.id;
  request.open_stdin = config.open_stdin;
  request.tty = config.tty;
  TRY(write_bundle(machine, request.bundle, spec::run_plan(input), input));
  TRY_ASSIGN(ShimProcess shim, start_process(machine, request));
  if (shim.started()) return shim;
  reap(machine, shim);
  return fail(start_error(config.argv, shim.word));
}

// Files of other users belong to root in there: the one id that is mapped.
void tell_plain_user(Machine& machine, const ContainerRecord& record) {
  if (!is_rootless() || machine.story == nullptr) return;
  machine.story->tell("userns.clone", machine.story->number_of(record.id),
                      Note{"without root: one user is mapped, so all files belong to the "
                           "container's root; it gets no cgroup, no limits and no meters",
                           "rootless"});
}

void tell_start(Machine& machine, const ContainerRecord& record) {
  if (machine.story == nullptr) return;
  ContainerStarted started;
  machine.story->world().tasks.each([&](const Task& task) {
    if (task.pid() != record.init.pid || task.zombie()) return;
    started.init = task.id;
    started.cgroups = task.cgroups;
  });
  machine.story->tell("api.start", machine.story->number_of(record.id), started);
}

void set_running(ContainerRecord& record, const ShimProcess& shim) {
  record.shim = process_of(shim.pid);
  record.init = process_of(shim.first_pid());
  record.init.pid = shim.first_pid();  // it may have ended by now
  record.state = RunState::Running;
  record.started_s = ::time(nullptr);
  record.finished_s = 0;
  record.exit_code = 0;
  record.oom_killed = false;
}

}  // namespace

Result<Running> start_container(Machine& machine, ContainerRecord record) {
  Running running;
  TRY_ASSIGN(running.watched, machine.state.watch(record.id));
  record.error.clear();
  TRY_ASSIGN(running.config, config_of(record));
  TRY(write_etc(machine.state, record, running.config));
  about_to(machine.story, "rootfs.overlay", record.id);
  TRY_ASSIGN(Fd cgroups, hold_cgroups());
  TRY(unmount_root(machine.state, record.id));
  TRY_ASSIGN(const MountedRoot root, mount_root(machine, record, running.config.auto_remove));
  if (machine.story != nullptr) tell_root(*machine.story, record, root);
  tell_plain_user(machine, record);
  auto shim = run_shim(machine, record, running.config, root);
  cgroups.reset();
  if (!shim) {
    TRY(keep_failure(machine, record, shim.error()));
    TRY(clear_cgroups(record.id));
    TRY(unmount_root(machine.state, record.id));
    return fail(shim.error());
  }
  set_running(record, *shim);
  TRY(machine.state.save(record));
  tell_start(machine, record);
  running.record = std::move(record);
  running.shim = std::move(*shim);
  return running;
}

End parse_end(std::string_view line) {
  const std::vector<std::string> words = split(trim(line), ' ');
  std::int64_t code = 0;
  std::int64_t signal = 0;
  if (words.size() < 3 || words[0] != "exited" || !parse_decimal(words[1], code) ||
      !parse_decimal(words[2], signal))
    return {137, 9};  // the shim was killed: so is, by now, the container
  const bool oom = words.size() > 3 && words[3] == "oom";
  return {static_cast<int>(signal != 0 ? 128 + signal : code), static_cast<int>(signal), oom};
}

Status finish_container(Machine& machine, ContainerRecord& record, const End& end, bool remove) {
  record.state = RunState::Exited;
  record.exit_code = end.code;
  record.oom_killed = record.oom_killed || end.oom;
  record.finished_s = ::time(nullptr);
  if (machine.story != nullptr)
    machine.story->tell("container.exit", machine.story->number_of(record.id),
                        ContainerExited{end.code, end.signal, record.oom_killed, ""});
  TRY(clear_cgroups(record.id));
  TRY(unmount_root(machine.state, record.id));
  if (!remove) {
    // Who watches it has the record of its start; it may have been updated since.
    if (auto now = machine.state.find(record.id)) record.updates = std::move(now->updates);
    return machine.state.save(record);
  }
  about_to(machine.story, "container.remove", record.id);
  TRY(forget_record(machine, record, "--rm"));
  return remove_anonymous(machine.state, record);
}

}  // namespace cutaway::real
