#include "real/side.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/os/files.h"
#include "base/os/probe.h"
#include "base/text.h"
#include "real/engine/detached.h"
#include "real/engine/engine.h"
#include "real/engine/host_command.h"
#include "real/engine/known.h"
#include "real/engine/process.h"
#include "real/engine/reconcile.h"
#include "real/image/build.h"
#include "real/image/hub.h"
#include "real/observe/snapshot.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"
#include "real/trace_story.h"

namespace cutaway::real {

namespace {

// A file in memory with this text, at its begin: what a command gets as stdin.
Result<Fd> text_to_read(const std::string& text) {
  Fd fd(::memfd_create("stdin", MFD_CLOEXEC));
  if (!fd) return os_fail("memfd_create", "stdin", errno);
  TRY(write_all(fd.get(), text, "stdin"));
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

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

  Streams streams(CommandState& state, int in) {
    Streams streams;
    streams.in = in;
    streams.columns = os::terminal_columns();
    streams.in_is_terminal = in == 0 && os::stdin_is_terminal();
    streams.out_is_terminal = options.pass_on && os::stdout_is_terminal();
    streams.write = [this, &state](int channel, std::string_view bytes) {
      (channel == 1 ? state.stdout_text : state.stderr_text) += bytes;
      tell_printed(channel, bytes);
      if (options.pass_on) channel == 1 ? os::write_out(bytes) : os::write_err(bytes);
    };
    return streams;
  }

  void tell(std::string_view step, Body body) {
    if (story) story->tell(step, ContainerId{}, std::move(body));
  }
  void tell_printed(int channel, std::string_view bytes) {
    if (!story) return;
    story->tell("cli", ContainerId{},
                CliPrinted{channel == 1 ? "stdout" : "stderr", story->keep(bytes),
                           static_cast<std::int64_t>(bytes.size())});
  }
  std::int64_t now() const { return monotonic_ns() - started; }

  RealOptions options;
  std::int64_t started = monotonic_ns();
  std::unique_ptr<Trace> trace = std::make_unique<Trace>();
  std::unique_ptr<TraceStory> story;
  DetachedContainers detached;
  Engine engine;
  std::string made_above;  ///< a folder that goes with ours
  std::vector<SideCommand> commands;
  std::vector<std::unique_ptr<CommandState>> states;
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

Result<std::size_t> RealSide::submit(const SideCommand& command) {
  if (!command.terminal.empty())
    return fail(ErrorCode::NotYet, "commands on a terminal of their own, on the real side");
  if (command.kind == SideCommand::Kind::Docker) {
    const spec::Parsed parsed = spec::parse_docker(command.words);
    const auto* known = std::get_if<spec::Command>(&parsed);
    const std::string missing = known == nullptr ? std::string() : Engine::not_yet(*known);
    if (!missing.empty()) return fail(ErrorCode::NotYet, missing + ", on the real side");
    const std::string refused = known == nullptr ? std::string() : only_root(*known);
    if (!refused.empty()) return fail(ErrorCode::Cannot, refused);
  } else if (command.kind != SideCommand::Kind::Host) {
    return fail(ErrorCode::NotYet, "keystrokes and signals to a command, on the real side");
  }
  auto state = std::make_unique<CommandState>();
  state->name = command.name;
  state->line = (command.kind == SideCommand::Kind::Docker ? "docker " : "") + command.line;
  impl_->states.push_back(std::move(state));
  impl_->commands.push_back(command);
  return impl_->states.size() - 1;
}

const CommandState& RealSide::command(std::size_t index) const { return *impl_->states.at(index); }

Status RealSide::run_until_done(std::size_t index) {
  CommandState& state = *impl_->states.at(index);
  if (state.done) return {};
  const SideCommand& command = impl_->commands.at(index);
  Fd fed;
  if (!command.stdin_text.empty()) {
    TRY_ASSIGN(fed, text_to_read(command.stdin_text));
  }
  const bool ours = impl_->options.pass_on && !fed;
  const Streams streams = impl_->streams(state, ours ? 0 : fed.get());
  state.t0 = impl_->now();
  impl_->tell("cli", CliTyped{state.line, command.words});
  if (command.kind == SideCommand::Kind::Docker) {
    state.exit = impl_->engine.run(command.words, streams);
  } else {
    TRY_ASSIGN(state.exit, run_host_command(command.line, streams));
  }
  impl_->tell("cli", CliDone{state.exit});
  state.t1 = impl_->now();
  state.done = true;
  return {};
}

Status RealSide::run_for(std::int64_t ns) {
  timespec time{ns / 1'000'000'000, ns % 1'000'000'000};
  while (::nanosleep(&time, &time) != 0 && errno == EINTR) {
  }
  return {};
}

// Time goes by itself here: a little of it, and what was submitted and not begun.
Result<bool> RealSide::run_some(std::size_t) {
  for (std::size_t i = 0; i < impl_->states.size(); ++i) {
    if (!impl_->states[i]->done) TRY(run_until_done(i));
  }
  constexpr std::int64_t kLittle = 1'000'000;
  TRY(run_for(kLittle));
  return true;
}

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
  if (record->state != RunState::Running || !is_alive(record->init))
    return fail(ErrorCode::Cannot, "touch " + record->name + ": it does not run");
  return *command;
}

}  // namespace

Result<int> RealSide::beside(const std::vector<std::string>& words) {
  auto command = checked(impl_->engine.machine(), words);
  if (!command) {
    impl_->tell("cli", Note{line_of(words) + ": " + command.error().message, "refused"});
    return fail(command.error());
  }
  Streams streams;  // not those of the command that runs: who asked looks at the trace
  streams.write = [this](int channel, std::string_view bytes) {
    impl_->tell_printed(channel, bytes);
  };
  impl_->tell("cli", CliTyped{line_of(words), words});
  const int exit = impl_->engine.run(words, streams);
  impl_->tell("cli", CliDone{exit});
  return exit;
}

const Trace& RealSide::trace() const { return *impl_->trace; }

void RealSide::finish() {
  impl_->detached.hand_over(impl_->engine.machine());
  if (impl_->story) impl_->story->finish();
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
