// exec: a process that joins a running container.
#include <atomic>

#include "base/text.h"
#include "real/engine/engine.h"
#include "real/engine/monitor.h"
#include "real/engine/plan_host.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/sys/files.h"
#include "spec/docker_messages.h"
#include "spec/plan/plan.h"

namespace cutaway::real {

namespace {

std::atomic<int> exec_count = 0;

// The container's own input, with what exec asks for.
spec::PlanInput exec_input(const Doing& doing, const spec::ContainerConfig& config,
                           const spec::PlanHost& host) {
  const spec::ContainerConfig own =
      spec::exec_config(config, doing.command.get<spec::ExecOptions>(), doing.command.args);
  return plan_input_for(own, host);
}

Result<ShimProcess> start_exec(const Doing& doing, const ContainerRecord& record) {
  Machine& machine = doing.machine;
  TRY_ASSIGN(const spec::ContainerConfig config, config_of(record));
  TRY_ASSIGN(const spec::PlanHost host, plan_host({}, machine.state.container(record.id)));
  const spec::PlanInput input = exec_input(doing, config, host);
  ShimRequest request;
  request.mode = "exec";
  request.bundle = machine.state.bundle(record.id) + "/exec-" + decimal(record.init.pid) + "-" +
                   decimal(monotonic_ns()) + "-" + decimal(++exec_count);
  request.container = record.id;
  request.open_stdin = doing.command.get<spec::ExecOptions>().interactive;
  request.tty = doing.command.get<spec::ExecOptions>().tty;
  request.detached = doing.command.get<spec::ExecOptions>().detach;
  // Held open while the helper joins by its number, so that the number stays this process's.
  TRY_ASSIGN(const Fd init, open_process(record.init));
  TRY(write_bundle(machine, request.bundle, spec::exec_plan(input, record.init.pid), input));
  auto started = start_process(machine, request);
  TRY(remove_tree(request.bundle));
  return started;
}

int exec_failure(const Doing& doing, const ShimProcess& process) {
  const std::vector<std::string> words = split(process.word, ' ');
  const auto& argv = doing.command.args;
  if (words.size() < 3 || words[1] != "exec") return doing.refuse(start_error(argv, process.word));
  const bool denied = words[2] == "EACCES";
  const bool path = argv.front().find('/') != std::string::npos;
  const auto error = denied ? spec::say::ExecError::PermissionDenied
                     : path ? spec::say::ExecError::NoSuchFile
                            : spec::say::ExecError::NotInPath;
  doing.streams.out(spec::say::exec_failed(argv.front(), error));
  return spec::say::exec_status(error);
}

}  // namespace

int do_exec(const Doing& doing) {
  const auto record = find_current(doing.machine, doing.command.names.at(0));
  if (!record) return doing.refuse(record.error());
  if (record->state == RunState::Paused)
    return doing.refuse(spec::say::exec_while_paused(record->id));
  if (record->state != RunState::Running) return doing.refuse(spec::say::not_running(record->id));
  auto process = start_exec(doing, *record);
  if (!process) return doing.refuse(process.error());
  if (!process->started()) {
    reap(doing.machine, *process);
    return exec_failure(doing, *process);
  }
  if (doing.command.get<spec::ExecOptions>().detach) return 0;
  Streams streams = doing.streams;
  if (!doing.command.get<spec::ExecOptions>().interactive) streams.in = -1;
  MonitorOptions options;
  options.attached = &streams;
  const auto end = watch_process(doing.machine, *process, options);
  // It goes on without its client; the daemon's part ends with this process.
  if (end && !end->ended) return 128 + end->client_signal;
  reap(doing.machine, *process);
  return end ? end->end.code : doing.refuse(end.error());
}

}  // namespace cutaway::real
