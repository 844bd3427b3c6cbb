#include "real/side.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/os/probe.h"
#include "base/text.h"
#include "real/engine/detached.h"
#include "real/engine/engine.h"
#include "real/engine/known.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/image/build.h"
#include "real/image/hub.h"
#include "real/observe/snapshot.h"
#include "real/session/commands.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"
#include "real/trace_story.h"

namespace cutaway::real {

namespace {

Result<std::unique_ptr<Trace>> begin(const RealOptions& options, Machine& machine) {
  SnapshotOptions asked;
  TRY_ASSIGN(World world, read_world(asked));
  TRY(add_known(machine, world));
  TraceHeader header = real_header(world, options.commands);
  header.scenario = options.scenario;
  auto trace = std::make_unique<Trace>(header);
  begin_trace(*trace, std::move(world));
  return trace;
}

// Ends and removes all containers, as a scenario's end does; no part of the trace.
Status remove_all(Machine& machine) {
  machine.story = nullptr;
  for (const ContainerRecord& record : current_records(machine)) {
    static_cast<void>(send_signal(machine, record, SIGKILL));
    wait_for_end(record.init, -1);
    wait_for_end(record.shim, -1);
    TRY(remove_record(machine, record, "end of the scenario"));
  }
  return {};
}

// Without root containers need a user namespace.
Status check_user() {
  if (!is_rootless()) return {};
  const os::Probe probe = os::probe_user_namespace();
  if (probe.ok) return {};
  return fail(ErrorCode::Cannot, "run containers on this Linux without root: " + probe.detail,
              "as root, or cutaway sim; --plan needs no rights");
}

/// Where the state lies, and what of it this run made.
struct StatePlace {
  std::string root;
  std::string made_above;  ///< the folder above, when it was not there; else empty
};
Result<StatePlace> state_place(const RealOptions& options) {
  StatePlace place;
  place.root = options.state.empty() ? default_state_folder() : options.state;
  if (!options.own_state) return place;
  if (!exists(place.root)) place.made_above = place.root;
  TRY(make_folders(place.root, 0700));
  place.root += "/scenario-XXXXXX";
  if (::mkdtemp(place.root.data()) == nullptr) return os_fail("make a folder", place.root, errno);
  return place;
}

}  // namespace

struct RealSide::Impl {
  Impl(RealOptions asked, Machine machine)
      : options(std::move(asked)), engine(std::move(machine), detached) {}

  RealOptions options;
  std::int64_t started = monotonic_ns();
  std::unique_ptr<Trace> trace = std::make_unique<Trace>();
  std::unique_ptr<TraceStory> story;
  DetachedContainers detached;
  Engine engine;
  std::string made_above;  ///< a folder that goes with ours
  // A scenario's commands find the end of the file at their stdin.
  Commands commands{engine, {options.pass_on, options.pass_on && !options.own_state, started}};
};

Result<cutaway::Machine> host_machine() {
  TRY_ASSIGN(const World world, read_world(SnapshotOptions{}));
  return world.machine;
}

RealSide::RealSide(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RealSide::~RealSide() {
  finish();
  if (!impl_->options.own_state) return;
  static_cast<void>(remove_all(impl_->engine.machine()));
  static_cast<void>(remove_tree(impl_->engine.machine().state.root()));
  if (!impl_->made_above.empty()) ::rmdir(impl_->made_above.c_str());  // unless others use it now
}

Result<std::unique_ptr<RealSide>> RealSide::make(RealOptions options) {
  TRY(check_user());
  TRY_ASSIGN(const StatePlace place, state_place(options));
  const std::string& root = place.root;
  TRY_ASSIGN(StateFolder state, StateFolder::open(root));
  TRY_ASSIGN(ImageStore images, ImageStore::open(root));
  Machine machine{std::move(state), std::move(images), {embedded_hub_folder()}, nullptr};
  if (!options.images.empty()) {
    const std::string shelf = root + "/hub";
    TRY_ASSIGN(const ProgramFiles programs, hub_programs());
    TRY(build_layout(options.images, programs, shelf));
    machine.hubs.insert(machine.hubs.begin(), shelf);
  }
  auto impl = std::make_unique<Impl>(std::move(options), std::move(machine));
  impl->made_above = place.made_above;
  if (impl->options.trace) {
    TRY_ASSIGN(impl->trace, begin(impl->options, impl->engine.machine()));
    impl->story = std::make_unique<TraceStory>(*impl->trace, impl->options.control);
    impl->engine.machine().story = impl->story.get();
  }
  return std::unique_ptr<RealSide>(new RealSide(std::move(impl)));
}

Capabilities RealSide::capabilities() const { return {false, false, true}; }

namespace {

// What is not built, or cannot be done here, is refused before anything runs.
Status check_command(const SideCommand& command) {
  if (command.kind != SideCommand::Kind::Docker) return {};
  const spec::Parsed parsed = spec::parse_docker(command.words);
  const auto* known = std::get_if<spec::Command>(&parsed);
  if (known == nullptr) return {};
  const std::string missing = Engine::not_yet(*known);
  if (!missing.empty()) return fail(ErrorCode::NotYet, missing + ", on the real side");
  const std::string refused = only_root(*known);
  return refused.empty() ? Status{} : Status(fail(ErrorCode::Cannot, refused));
}

}  // namespace

Result<std::size_t> RealSide::submit(const SideCommand& command) {
  Commands& commands = impl_->commands;
  if (command.kind == SideCommand::Kind::Keystrokes) {
    TRY(commands.type(command.terminal, command.line));
    return commands.count();
  }
  if (command.kind == SideCommand::Kind::Signal)
    return commands.send_signal(command.name, command.signal);
  if (!command.terminal.empty()) return submit_in_background(command);  // nobody waits for it
  TRY(check_command(command));
  return commands.add(command);
}

Result<std::size_t> RealSide::submit_in_background(const SideCommand& command) {
  TRY(check_command(command));
  const std::size_t index = impl_->commands.add(command);
  TRY(impl_->commands.start_beside(index));
  return index;
}

const CommandState& RealSide::command(std::size_t index) const {
  return impl_->commands.state(index);
}

Status RealSide::run_until_done(std::size_t index) { return impl_->commands.run_to_end(index); }

Status RealSide::run_for(std::int64_t ns) {
  timespec time{ns / 1'000'000'000, ns % 1'000'000'000};
  while (::nanosleep(&time, &time) != 0 && errno == EINTR) {
  }
  impl_->commands.collect();
  return {};
}

// Time goes by itself here: a little of it. False: nothing of ours runs any more.
Result<bool> RealSide::run_some(std::size_t) {
  constexpr std::int64_t kLittle = 1'000'000;
  const bool more = impl_->commands.any_beside() || impl_->detached.any();
  TRY(run_for(kLittle));
  return more;
}

std::int64_t RealSide::elapsed() const { return monotonic_ns() - impl_->started; }

namespace {

std::string line_of(const std::vector<std::string>& words) {
  std::string line = "docker";
  for (const std::string& word : words) line += " " + shell_quoted(word);
  return line;
}

/// Only what we made and what is alive is touched, whoever asks.
Result<spec::Command> checked(Machine& machine, const std::vector<std::string>& words) {
  const spec::Parsed parsed = spec::parse_docker(words);
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr)
    return fail(ErrorCode::Usage, std::string(trim(std::get<spec::ClientAnswer>(parsed).err)));
  const bool known = command->verb == spec::Verb::Update || command->verb == spec::Verb::Kill;
  const std::string missing = known ? Engine::not_yet(*command) : "'" + command->path + "'";
  if (!missing.empty()) return fail(ErrorCode::Cannot, "do " + missing + " from a picture");
  const std::string refused = only_root(*command);
  if (!refused.empty()) return fail(ErrorCode::Cannot, refused);
  if (command->names.size() != 1)
    return fail(ErrorCode::Usage, "one container at a time was expected");
  const auto record = machine.state.find(command->names.front());
  if (!record)
    return fail(ErrorCode::Cannot,
                "touch " + command->names.front() + ": it is no container of ours");
  if (!record->lives() || !is_alive(record->init))
    return fail(ErrorCode::Cannot, "touch " + record->name + ": it does not run");
  return *command;
}

}  // namespace

Result<int> RealSide::beside(const std::vector<std::string>& words) {
  auto command = checked(impl_->engine.machine(), words);
  if (!command) {
    impl_->commands.tell(Note{line_of(words) + ": " + command.error().message, "refused"});
    return fail(command.error());
  }
  Streams streams;  // not those of the command that runs: who asked looks at the trace
  streams.write = [this](int channel, std::string_view bytes) {
    impl_->commands.tell_printed(channel, bytes);
  };
  impl_->commands.tell(CliTyped{line_of(words), words});
  const int exit = impl_->engine.run(words, streams);
  impl_->commands.tell(CliDone{exit});
  return exit;
}

const Trace& RealSide::trace() const { return *impl_->trace; }

// The story first: how what still runs is left is no part of it.
void RealSide::finish() {
  if (impl_->story) impl_->story->finish();
  impl_->commands.end();
  impl_->detached.hand_over(impl_->engine.machine());
  if (const auto over = std::exchange(impl_->options.over, nullptr)) over();
}

void RealSide::look(const std::function<void(const Trace&)>& f) const {
  if (impl_->story)
    impl_->story->look(f);
  else
    f(*impl_->trace);
}

Trace RealSide::take_trace() {
  finish();
  impl_->engine.machine().story = nullptr;
  impl_->story.reset();
  return std::move(*impl_->trace);
}

}  // namespace cutaway::real
