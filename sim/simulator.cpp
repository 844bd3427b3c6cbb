#include "sim/simulator.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/command_book.h"
#include "sim/docker/client.h"
#include "sim/docker/console.h"
#include "sim/docker/daemon.h"
#include "sim/docker/runtime.h"
#include "sim/kernel/boot.h"
#include "sim/programs/programs.h"
#include "sim/registry/bundled.h"
#include "sim/registry/hub.h"
#include "spec/docker_line.h"
#include "spec/plan/steps.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

// A simulation that goes on and on without an end in sight is stopped here (a fork bomb, `yes`).
constexpr std::size_t kEventsMax = 5'000'000;

ProgramTable all_programs() {
  ProgramTable programs = default_programs();
  programs.add({"docker", docker_client, 2600, 38'000'000, "docker's client"});
  programs.add({"dockerd", dockerd, 17000, 95'000'000, "docker's daemon"});
  programs.add({"containerd-shim", containerd_shim, 1900, 12'000'000,
                "parent of a container's first process"});
  programs.add({"cutaway-runtime", cutaway_runtime, 160, 900'000, "makes a container by the plan"});
  return programs;
}

std::string_view step_of_workload(Role role, const Request& request) {
  if (role != Role::Workload && role != Role::Exec) return {};
  return spec::workload_step(request.sys, request.args.empty() ? -1 : request.args[0].value);
}

TraceHeader header_for(const SimulatorOptions& options) {
  TraceHeader header;
  header.side = SideKind::Sim;
  header.virtual_clock = true;
  header.machine = options.machine;
  header.scenario = options.scenario;
  header.commands = options.commands;
  header.seed = options.seed;
  return header;
}

}  // namespace

struct Simulator::Impl {
  explicit Impl(const SimulatorOptions& options)
      : trace(header_for(options)),
        programs(all_programs()),
        kernel(trace, programs, hub, options.seed),
        events_max(std::min(kEventsMax, options.pause_at.value_or(kEventsMax))) {
    for (const ImageSource& image : bundled_images()) offer(image);
    for (const spec::ScenarioImage& image : options.images) offer(image_source(image));
    World world = boot_world(options.machine);
    world.engine.mutate().hub_shelf = hub.shelf();
    const TaskId daemon = task_named(world, "dockerd");
    shell = task_named(world, "bash");
    commands_pipe = pipe_named(world, "commands");
    book.set_console(shell, first_terminal(world));
    kernel.set_step_rule(step_of_workload);
    kernel.boot(std::move(world), {{daemon, dockerd, {}}, {shell, console, {}}});
    settle();
  }

  Result<std::size_t> submit_in_window(const SideCommand& command);
  void offer(ImageSource image) {
    set_program_sizes(image, programs);
    hub.add(image);
  }
  static TaskId task_named(const World& world, std::string_view comm) {
    const Task* task = world.tasks.first([&](const Task& t) { return t.comm == comm; });
    CHECK(task != nullptr);
    return task->id;
  }
  static PipeId pipe_named(const World& world, std::string_view name) {
    const Pipe* pipe = world.pipes.first([&](const Pipe& p) { return p.name == name; });
    CHECK(pipe != nullptr);
    return pipe->id;
  }
  static TerminalId first_terminal(const World& world) {
    const Terminal* found = world.terminals.first([](const Terminal&) { return true; });
    CHECK(found != nullptr);
    return found->id;
  }

  // Runs until nothing happens by itself any more.
  void settle() {
    while (trace.size() < events_max && kernel.step()) {
    }
    book.collect();
  }
  bool step() {
    const bool more = trace.size() < events_max && kernel.step();
    book.collect();
    return more;
  }
  Trace trace;
  Hub hub;
  ProgramTable programs;
  Kernel kernel;
  CommandBook book{kernel, trace};
  bool paused() const { return events_max < kEventsMax && trace.size() >= events_max; }

  std::size_t events_max;
  TaskId shell;
  PipeId commands_pipe;
};

SimulatorOptions simulator_options(const spec::Scenario& scenario) {
  SimulatorOptions options;
  options.machine = scenario.machine;
  options.seed = scenario.seed;
  options.scenario = scenario.id;
  options.images = scenario.images;
  for (const spec::Item& item : scenario.items) {
    if (const auto* docker = std::get_if<spec::DockerItem>(&item.body)) {
      options.commands.push_back("docker " + docker->line);
    }
    if (const auto* host = std::get_if<spec::HostItem>(&item.body))
      options.commands.push_back(host->line);
  }
  return options;
}

Simulator::Simulator(const SimulatorOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Simulator::~Simulator() = default;

Capabilities Simulator::capabilities() const { return {false, true, false}; }

namespace {

/// What the person's shell reads for it; `terminal`: the path of the window that it is typed in.
Result<std::string> line_of(const SideCommand& command, const std::string& terminal = {}) {
  const bool fed = !command.stdin_text.empty();
  if (command.kind == SideCommand::Kind::Host)
    return console_line(command.line, "/bin/sh", {"sh", "-c", command.line}, command.stdin_text,
                        fed, terminal);
  if (command.kind != SideCommand::Kind::Docker)
    return fail(ErrorCode::NotYet, "signals to a command, in the simulator");
  spec::ClientContext context;
  context.stdin_is_terminal = true;  // whether it is, the client will see
  const spec::Parsed parsed = spec::parse_docker(command.words, context);
  if (const auto* known = std::get_if<spec::Command>(&parsed)) {
    const std::string missing = not_yet(*known);
    if (!missing.empty()) return fail(ErrorCode::NotYet, missing + ", in the simulator");
  }
  std::vector<std::string> argv = {"docker"};
  argv.insert(argv.end(), command.words.begin(), command.words.end());
  return console_line("docker " + command.line, "/usr/bin/docker", argv, command.stdin_text, fed,
                      terminal);
}

}  // namespace

/// In a window: at once, or when what runs there has ended.
Result<std::size_t> Simulator::Impl::submit_in_window(const SideCommand& command) {
  const std::string path = kernel.world().terminals.at(book.window(command.terminal)).name;
  TRY_ASSIGN(std::string line, line_of(command, path));
  const std::size_t index = book.note(command, std::move(line));
  book.collect();
  return index;
}

Result<std::size_t> Simulator::submit(const SideCommand& command) {
  if (command.kind == SideCommand::Kind::Keystrokes) {
    impl_->kernel.type(impl_->book.window(command.terminal), command.line);
    impl_->book.collect();
    return impl_->book.size();
  }
  if (!command.terminal.empty()) return impl_->submit_in_window(command);
  TRY_ASSIGN(const std::string line, line_of(command));
  const std::size_t index = impl_->book.note(command);
  impl_->kernel.feed(impl_->commands_pipe, line);
  return index;
}

bool Simulator::busy() const { return impl_->book.busy(); }

Result<std::size_t> Simulator::submit_beside(const SideCommand& command) {
  // A line that waits in the pipe is read before this one; then there is nothing to be beside of.
  if (!busy() || !impl_->book.all_typed()) return submit(command);
  TRY_ASSIGN(const std::string line, line_of(command));
  const std::size_t index = impl_->book.note(command);
  State state;
  state.more = line;
  impl_->kernel.start_beside(impl_->shell, second_terminal, state);
  return index;
}

const CommandState& Simulator::command(std::size_t index) const { return impl_->book.state(index); }

Status Simulator::run_until_done(std::size_t index) {
  while (!impl_->book.state(index).done) {
    if (impl_->step()) continue;
    if (impl_->paused()) return fail(ErrorCode::Failed, "the simulation stands still, as asked");
    if (impl_->trace.size() >= kEventsMax)
      return fail(ErrorCode::Failed,
                  "the simulation was stopped after " + decimal(kEventsMax) + " events");
    return fail(ErrorCode::Failed, "the command waits for something that never comes: " +
                                       impl_->book.state(index).line);
  }
  return {};
}

Status Simulator::run_for(std::int64_t ns) {
  const std::int64_t until = impl_->kernel.now() + ns;
  while (impl_->kernel.next_time() >= 0 && impl_->kernel.next_time() <= until && impl_->step()) {
  }
  if (!impl_->paused()) impl_->kernel.advance_to(until);
  return {};
}

Result<bool> Simulator::run_some(std::size_t events) {
  const std::size_t until = impl_->trace.size() + events;
  while (impl_->trace.size() < until) {
    if (!impl_->step()) return false;
  }
  return true;
}

const Trace& Simulator::trace() const { return impl_->trace; }
void Simulator::resume(std::optional<std::size_t> pause_at) {
  impl_->events_max = std::min(kEventsMax, pause_at.value_or(kEventsMax));
}
Trace Simulator::take_trace() { return std::move(impl_->trace); }

std::optional<spec::ImageConfig> bundled_image_config(const std::string& ref) {
  for (const ImageSource& image : bundled_images()) {
    if (image.ref == ref) return image.config;
  }
  return std::nullopt;
}

std::vector<ProgramInfo> simulated_programs() {
  std::vector<ProgramInfo> programs;
  const ProgramTable table = default_programs();
  for (const ProgramRow& row : table.rows())
    programs.push_back({std::string(row.name), std::string(row.says)});
  return programs;
}

}  // namespace cutaway::sim
