// run = create + start; start of what was created before.
#include "real/engine/detached.h"
#include "real/engine/engine.h"
#include "real/engine/monitor.h"
#include "real/engine/reconcile.h"
#include "real/engine/volumes.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

// The client was killed, or left by its keys. The container goes on, and is watched as if it had
// been started with -d.
int left_alone(const Doing& doing, Running running, int status) {
  running.shim.in.reset();
  const Status watched = doing.detached.watch(doing.machine, std::move(running));
  return watched ? status : doing.refuse(watched.error());
}

std::string detach_keys_of(const Doing& doing) {
  if (doing.command.verb == spec::Verb::Run) return doing.command.run().detach_keys;
  return doing.command.get<spec::StartOptions>().detach_keys;
}

// In the foreground: until the container has ended; its exit status.
int attend(const Doing& doing, Running running, bool interactive) {
  Streams streams = doing.streams;
  if (!interactive) streams.in = -1;
  MonitorOptions options{&streams, nullptr, streams.signals < 0, detach_keys_of(doing), -1};
  const auto end = monitor(doing.machine, running, std::move(options));
  if (!end) return doing.refuse(end.error());
  const int status = end->detached ? 0 : 128 + end->client_signal;
  if (!end->ended) return left_alone(doing, std::move(running), status);
  const Status finished =
      finish_container(doing.machine, running.record, end->end, running.config.auto_remove);
  if (!finished) streams.err("cutaway: " + finished.error().message + "\n");
  return end->end.code;
}

int start_in_background(const Doing& doing, Running running, const std::string& says) {
  running.shim.in.reset();
  const Status watched = doing.detached.watch(doing.machine, std::move(running));
  if (!watched) return doing.refuse(watched.error());
  doing.streams.out(says + "\n");
  return 0;
}

}  // namespace

int do_run(const Doing& doing) {
  const auto record = create_container(doing);
  if (!record) return doing.refuse(record.error());
  auto running = start_container(doing.machine, *record);
  if (!running) {
    if (doing.command.run().auto_remove) {
      static_cast<void>(remove_record(doing.machine, *record, "--rm"));
      static_cast<void>(remove_anonymous(doing.machine.state, *record));
    }
    // As docker's client, which prints the id beside the start.
    if (doing.command.run().detach) doing.streams.out(record->id + "\n");
    return doing.refuse(running.error());
  }
  if (doing.command.run().detach)
    return start_in_background(doing, std::move(*running), record->id);
  return attend(doing, std::move(*running), doing.command.run().interactive);
}

int do_start(const Doing& doing) {
  const auto& options = doing.command.get<spec::StartOptions>();
  std::vector<std::string> failed;
  for (const std::string& name : doing.command.names) {
    auto record = find_current(doing.machine, name);
    int status = 0;
    if (!record) {
      status = doing.refuse(record.error());
    } else if (record->lives()) {
      doing.streams.out(name + "\n");
    } else if (auto running = start_container(doing.machine, *record); !running) {
      status = doing.refuse(running.error());
    } else if (options.attach || options.interactive) {
      return attend(doing, std::move(*running), options.interactive);
    } else {
      status = start_in_background(doing, std::move(*running), name);
    }
    if (status != 0) failed.push_back(name);
  }
  if (failed.empty()) return 0;
  doing.streams.err(spec::failed_to_start(failed));
  return 1;
}

}  // namespace cutaway::real
