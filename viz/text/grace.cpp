#include "viz/text/grace.h"

#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "spec/docker_line.h"
#include "viz/player/event_class.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr std::int64_t kDefaultPatience = 10;  // seconds: docker stop, "--time"
constexpr std::string_view kDocker = "docker ";

std::optional<spec::Command> docker_command(std::string_view line) {
  if (starts_with(line, kDocker)) line.remove_prefix(kDocker.size());
  spec::Parsed parsed = spec::parse_docker_line(line);
  auto* command = std::get_if<spec::Command>(&parsed);
  return command == nullptr ? std::nullopt : std::optional(std::move(*command));
}

std::optional<spec::Command> stop_command(std::string_view line) {
  std::optional<spec::Command> command = docker_command(line);
  const bool stops =
      command && (command->verb == spec::Verb::Stop || command->verb == spec::Verb::Restart);
  return stops ? std::move(command) : std::nullopt;
}

std::optional<std::int64_t> stop_timeout_of(const spec::Command& command) {
  const bool makes = command.verb == spec::Verb::Run || command.verb == spec::Verb::Create;
  return makes ? command.run().stop_timeout_s : std::nullopt;
}

/// The words with which it was created: the daemon's record has them; where it has none, the line
/// that was typed for this name.
std::optional<spec::Command> creation_of(const World& world, const cutaway::Container& container) {
  if (const auto record = parse_json(container.config); record && record->is_object()) {
    const auto words = record->find("Words");
    if (words != record->end() && words->is_array()) {
      spec::Parsed parsed = spec::parse_docker(words->get<std::vector<std::string>>());
      if (auto* command = std::get_if<spec::Command>(&parsed)) return std::move(*command);
    }
  }
  for (const CommandRecord& typed : world.engine->commands) {
    std::optional<spec::Command> command = docker_command(typed.line);
    const bool makes =
        command && (command->verb == spec::Verb::Run || command->verb == spec::Verb::Create);
    if (makes && !container.name.empty() && command->run().name == container.name) return command;
  }
  return std::nullopt;
}

/// Reads the events of a stop, one after the other.
class StopReader {
 public:
  StopReader(const Trace& trace, const World& world, std::string line)
      : trace_(trace), world_(world), line_(std::move(line)) {}

  void read(std::size_t n) {
    const Record& record = trace_.record(n);
    if (is<SignalSent>(record)) {
      sent(n, std::get<SignalSent>(trace_.event(n).body));
    } else if (is<SignalIgnored>(record)) {
      dropped(std::get<SignalIgnored>(trace_.event(n).body));
    } else if (is<TaskExited>(record)) {
      ended(n, TaskId(record.task));
    }
  }
  std::vector<StopWait> take() { return std::move(waits_); }

 private:
  StopWait* open_wait(TaskId init) {
    for (StopWait& wait : waits_) {
      if (wait.init == init && wait.end == GraceEnd::Waits) return &wait;
    }
    return nullptr;
  }

  void close(StopWait& wait, std::size_t n, GraceEnd end) const {
    wait.end = end;
    wait.over = n;
    wait.until = trace_.record(n).t;
  }

  void sent(std::size_t n, const SignalSent& body) {
    StopWait* open = open_wait(body.to);
    if (open != nullptr && body.sig == abi::sig::kKill) return close(*open, n, GraceEnd::Killed);
    if (open != nullptr || body.sig == abi::sig::kKill || body.sig == abi::sig::kChld) return;
    // The receiver may be gone at the moment that is looked at.
    if (world_.tasks.contains(body.to)) return begin(n, body, world_);
    begin(n, body, trace_.world_at(n + 1));
  }

  void begin(std::size_t n, const SignalSent& body, const World& then) {
    const cutaway::Task* to = then.tasks.find(body.to);
    const cutaway::Container* home = to == nullptr ? nullptr : home_of(then, *to);
    if (home == nullptr || home->init != body.to) return;
    const cutaway::Task* from = then.tasks.find(body.from);
    if (from != nullptr && home_of(then, *from) != nullptr) return;
    StopWait wait;
    wait.container = home->number;
    wait.init = body.to;
    wait.from = body.from;
    wait.rule = body.rule;
    wait.sent = n;
    wait.signal = body.sig;
    wait.since = trace_.record(n).t;
    wait.until = std::max(world_.now, wait.since);
    wait.patience = patience_ns(then, *home, line_);
    waits_.push_back(wait);
  }

  void dropped(const SignalIgnored& body) {
    StopWait* open = open_wait(body.to);
    if (open != nullptr && open->signal == body.sig) open->dropped = true;
  }

  void ended(std::size_t n, TaskId task) {
    StopWait* open = open_wait(task);
    if (open != nullptr) close(*open, n, GraceEnd::Ended);
  }

  const Trace& trace_;
  const World& world_;
  std::string line_;
  std::vector<StopWait> waits_;
};

}  // namespace

std::int64_t patience_ns(const World& world, const cutaway::Container& container,
                         std::string_view stop_line) {
  std::optional<std::int64_t> seconds;
  if (const auto stop = stop_command(stop_line)) seconds = stop->get<spec::StopOptions>().timeout_s;
  const auto creation = creation_of(world, container);
  if (!seconds && creation) seconds = stop_timeout_of(*creation);
  const std::int64_t patience = seconds.value_or(kDefaultPatience);
  return patience < 0 ? -1 : patience * kSecondNs;
}

std::vector<StopWait> stop_waits(const Trace& trace, const World& world, std::size_t position,
                                 std::size_t typed_at) {
  const auto& commands = world.engine->commands;
  if (typed_at == kNowhere || commands.empty() || commands.back().done) return {};
  if (!stop_command(commands.back().line)) return {};
  StopReader reader(trace, world, commands.back().line);
  for (std::size_t n = typed_at; n < position; ++n) reader.read(n);
  return reader.take();
}

std::optional<StopWait> stop_wait_at(const Trace& trace, const World& world, std::size_t position,
                                     std::size_t typed_at) {
  const std::vector<StopWait> waits = stop_waits(trace, world, position, typed_at);
  if (waits.empty()) return std::nullopt;
  for (const StopWait& wait : waits) {
    if (wait.end == GraceEnd::Waits) return wait;
  }
  return waits.back();
}

Grace grace_of(const World& world, const StopWait& wait) {
  Grace grace;
  if (const cutaway::Container* container = world.containers.find(wait.container)) {
    grace.slot = container->slot;
    grace.id = container_name(world, *container);
  }
  if (const cutaway::Task* task = world.tasks.find(wait.init))
    grace.task = "task:" + decimal(task->pid());
  grace.signal = abi::signal_name(wait.signal);
  grace.next = abi::signal_name(abi::sig::kKill);
  grace.dropped = wait.dropped;
  grace.waited_ns = wait.until - wait.since;
  grace.patience_ns = wait.patience;
  grace.end = wait.end;
  return grace;
}

std::vector<GraceStretch> grace_stretches(const Trace& trace, std::size_t from, std::size_t to,
                                          std::string_view line) {
  std::vector<GraceStretch> stretches;
  if (!stop_command(line) || from >= to) return stretches;
  // The command's own end tells nothing more of its waits.
  const std::size_t end = is<CliDone>(trace.record(to - 1)) ? to - 1 : to;
  const World world = trace.world_at(end);
  for (const StopWait& wait : stop_waits(trace, world, end, from)) {
    const std::size_t until = wait.over == kNowhere ? end : wait.over;
    const Grace grace = grace_of(world, wait);
    stretches.push_back(
        {wait.sent + 1, until, grace.waited_ns, grace.patience_ns, grace.slot, grace.end});
  }
  return stretches;
}

}  // namespace cutaway::viz
