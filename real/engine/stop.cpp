// stop, kill, wait: signals to the container's first process, and its end.
#include <unistd.h>

#include <csignal>

#include "base/text.h"
#include "real/engine/detached.h"
#include "real/engine/engine.h"
#include "real/engine/pause.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/sys/signal_pipe.h"
#include "spec/docker_messages.h"
#include "trace/abi/abi.h"

namespace cutaway::real {

namespace {

constexpr int kEndTries = 500;

// Until whoever watches the container has written down its end.
Result<ContainerRecord> await_record(const Doing& doing, const std::string& id) {
  for (int tries = 0; tries < kEndTries; ++tries) {
    auto record = find_current(doing.machine, id);
    if (!record || !record->lives()) return record;
    ::usleep(kLookAgainUs);
  }
  return fail(ErrorCode::Failed, "the end of " + id.substr(0, 12) + " was never written down");
}

// The stop sequence: the stop signal, patience, SIGKILL (docker stop, "Description"). A signal to
// the client ends it without the rest: here the client is the daemon as well.
Status stop_one(const Doing& doing, const ContainerRecord& record) {
  const auto& options = doing.command.get<spec::StopOptions>();
  TRY_ASSIGN(const spec::ContainerConfig config, config_of(record));
  std::string name = config.stop_signal;
  if (!options.signal.empty() && !spec::normalize_signal(options.signal, name))
    return fail(ErrorCode::Failed, spec::say::invalid_signal(options.signal));
  const std::int64_t patience_s = options.timeout_s.value_or(config.stop_timeout_s);
  static_cast<void>(send_signal(doing.machine, record, abi::signal_of(name)));
  TRY(resume_if_paused(doing.machine, record));
  const int patience_ms = patience_s < 0 ? -1 : static_cast<int>(patience_s * 1000);
  const int signals = doing.streams.signals;
  const bool ended = wait_for_end(record.init, patience_ms, signals);
  if (!ended && signal_waits(signals)) return {};
  if (!ended) static_cast<void>(send_signal(doing.machine, record, SIGKILL));
  wait_for_end(record.init, -1);
  TRY(await_record(doing, record.id));
  return {};
}

Status kill_one(const Doing& doing, const ContainerRecord& record, const std::string& typed) {
  if (!record.lives())
    return fail(ErrorCode::Failed, spec::say::cannot_kill_not_running(typed, record.id));
  const std::string& asked = doing.command.get<spec::KillOptions>().signal;
  std::string name = "SIGKILL";
  if (!asked.empty() && !spec::normalize_signal(asked, name))
    return fail(ErrorCode::Failed, spec::say::invalid_signal(asked));
  TRY(send_signal(doing.machine, record, abi::signal_of(name)));
  TRY(resume_if_paused(doing.machine, record));
  // Of SIGKILL docker sees the end (Kill in daemon/kill.go); what another signal does, nobody
  // knows.
  if (abi::signal_of(name) == SIGKILL) TRY(await_record(doing, record.id));
  return {};
}

}  // namespace

int do_stop(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) -> Status {
    TRY_ASSIGN(const ContainerRecord record, find_current(doing.machine, name));
    return record.lives() ? stop_one(doing, record) : Status{};
  });
}

int do_restart(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) -> Status {
    TRY_ASSIGN(const ContainerRecord record, find_current(doing.machine, name));
    if (record.lives()) TRY(stop_one(doing, record));
    TRY_ASSIGN(ContainerRecord stopped, find_current(doing.machine, record.id));
    TRY_ASSIGN(Running running, start_container(doing.machine, std::move(stopped)));
    running.shim.in.reset();
    return doing.detached.watch(doing.machine, std::move(running));
  });
}

int do_kill(const Doing& doing) {
  return doing.for_each_name([&doing](const std::string& name) -> Status {
    TRY_ASSIGN(const ContainerRecord record, find_current(doing.machine, name));
    return kill_one(doing, record, name);
  });
}

int do_wait(const Doing& doing) {
  for (const std::string& name : doing.command.names) {
    auto record = find_current(doing.machine, name);
    if (!record) return doing.refuse(record.error());
    if (record->lives()) {
      if (!wait_for_end(record->init, -1, doing.streams.signals)) return doing.ended_by_signal();
      record = await_record(doing, record->id);
      if (!record) return doing.refuse(record.error());
    }
    doing.streams.out(decimal(record->exit_code) + "\n");
  }
  return 0;
}

}  // namespace cutaway::real
