#include "sim/session/simulation.h"
#include "base/json_text.h"
#include "base/json_value.h"

#include <utility>

#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/console.h"
#include "sim/docker/daemon.h"
#include "sim/docker/network.h"
#include "sim/docker/runtime.h"
#include "sim/kernel/boot.h"
#include "sim/litmus/program.h"
#include "sim/programs/programs.h"
#include "sim/registry/bundled.h"
#include "spec/docker_line.h"
#include "spec/litmus_text.h"
#include "spec/plan/steps.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

ProgramTable all_programs() {
  ProgramTable programs = default_programs();
  programs.add({"docker", docker_client, 2600, 38'000'000, "docker's client"});
  programs.add({"dockerd", dockerd, 17000, 95'000'000, "docker's daemon"});
  programs.add({"containerd-shim", containerd_shim, 1900, 12'000'000,
                "parent of a container's first process"});
  programs.add({"cutaway-runtime", cutaway_runtime, 160, 900'000, "makes a container by the plan"});
  programs.add(litmus_program_row());
  programs.add({"git-bash", git_bash, 420, 140'000, "Windows: a shell without a console"});
  programs.add({"winpty", winpty, 150, 780'000, "Windows: gives a program a console"});
  return programs;
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

TaskId task_named(const World& world, std::string_view comm) {
  const Task* task = world.tasks.first([&](const Task& t) { return t.comm == comm; });
  CHECK(task != nullptr);
  return task->id;
}
PipeId pipe_named(const World& world, std::string_view name) {
  const Pipe* pipe = world.pipes.first([&](const Pipe& p) { return p.name == name; });
  CHECK(pipe != nullptr);
  return pipe->id;
}
TerminalId first_terminal(const World& world) {
  const Terminal* found = world.terminals.first([](const Terminal&) { return true; });
  CHECK(found != nullptr);
  return found->id;
}

/// What the person's shell reads for it; `terminal`: the path of the window that it is typed in.
Result<std::string> line_of(HostOs os, const SideCommand& command,
                            const std::string& terminal = {}) {
  const bool fed = !command.stdin_text.empty();
  if (command.kind == SideCommand::Kind::Host) {
    const std::vector<std::string> own = {"sh", "-c", command.line};
    const std::string_view program = command.at_prompt && !fed ? kPrompt : "/bin/sh";
    return console_line(command.line, program, own, command.stdin_text, fed, terminal);
  }
  spec::ClientContext context;
  context.stdin_is_terminal = true;  // whether it is, the client will see
  const spec::Parsed parsed = spec::parse_docker(command.words, context);
  if (const auto* known = std::get_if<spec::Command>(&parsed)) {
    const std::string missing = not_yet(*known);
    if (!missing.empty()) return fail(ErrorCode::NotYet, missing + ", in the simulator");
  }
  std::vector<std::string> argv = {"docker"};
  argv.insert(argv.end(), command.words.begin(), command.words.end());
  const std::string_view docker = os == HostOs::Linux ? "/usr/bin/docker" : "/usr/local/bin/docker";
  return console_line("docker " + command.line, docker, argv, command.stdin_text, fed, terminal);
}

/// What every hub offers. Packed and digested once; each simulation's hub shares it until something
/// is put there.
const Hub& usual_hub() {
  static const Hub made = [] {
    Hub hub;
    const ProgramTable programs = all_programs();
    for (ImageSource image : bundled_images()) {
      set_program_sizes(image, programs);
      hub.add(image);
    }
    return hub;
  }();
  return made;
}

}  // namespace

std::string_view step_of_workload(Role role, const Request& request) {
  if (role != Role::Workload && role != Role::Exec) return {};
  return spec::workload_step(request.sys, request.args.empty() ? -1 : request.args[0].value);
}

Simulation::Simulation(const SimulatorOptions& options)
    : trace(header_for(options)),
      programs(all_programs()),
      kernel(trace, programs, hub, options.seed),
      names_commands_(options.commands_come_later),
      pause_at_(options.pause_at),
      silent_max_(options.silent_bursts) {
  hub = usual_hub();
  for (const spec::ScenarioImage& image : options.images) offer(image_source(image));
  World world = boot_world(options.machine);
  world.engine.mutate().hub_shelf = hub.shelf();
  install_networks(world);
  const TaskId daemon = task_named(world, "dockerd");
  shell_ = console_of(world);
  commands_pipe_ = pipe_named(world, "commands");
  book.set_console(shell_, first_terminal(world));
  kernel.set_step_rule(step_of_workload);
  kernel.boot(std::move(world), {{daemon, dockerd, {}}, {shell_, console, {}}});
}

void Simulation::offer(ImageSource image) {
  set_program_sizes(image, programs);
  hub.add(image);
}

void Simulation::set_faults(const std::vector<SideFault>& faults) {
  hub.set_faults(faults);
  std::int64_t disk_full = -1;
  for (const SideFault& fault : faults) {
    if (fault.at == "disk" && fault.what == "full") disk_full = fault.after;
  }
  kernel.set_disk_full(disk_full);
}

void Simulation::settle() {
  while (!silent() && step()) {
  }
  book.collect();
}

bool Simulation::step() {
  const std::size_t events = trace.size();
  const bool more = !paused() && !endless() && kernel.step();
  if (more) ++steps_;
  silent_ = trace.size() > events ? 0 : silent_ + 1;
  book.collect();
  return more;
}

std::optional<Simulation::Checkpoint> Simulation::checkpoint() const {
  auto of_kernel = kernel.checkpoint();
  if (of_kernel == nullptr) return std::nullopt;
  return Checkpoint{trace.mark(), std::move(of_kernel), book.mark(), hub, steps_, asked_at_};
}

void Simulation::back_to(const Checkpoint& checkpoint) {
  trace.back_to(checkpoint.trace);
  kernel.restore(*checkpoint.kernel);
  book.back_to(checkpoint.book);
  hub = checkpoint.hub;
  steps_ = checkpoint.steps;
  asked_at_ = checkpoint.asked_at;
  silent_ = 0;
}

/// In a window: at once, or when what runs there has ended.
Result<std::size_t> Simulation::submit_in_window(const SideCommand& command) {
  const std::string path = kernel.world().terminals.at(book.window(command.terminal)).name;
  TRY_ASSIGN(std::string line, line_of(trace.header.machine.os, command, path));
  const std::size_t index = book.note(command, std::move(line));
  book.collect();
  return index;
}

/// To the program that was typed, not to the shell that waits for it.
Result<std::size_t> Simulation::send_signal(const SideCommand& command) {
  const auto index = book.find(command.name);
  if (!index) return fail(ErrorCode::Usage, "no command is called '" + command.name + "'");
  while (!book.program_of(*index) && !book.state(*index).done && step()) {
  }
  const TaskId program = book.program_of(*index);
  if (!program) return fail(ErrorCode::Failed, "'" + command.name + "' does not run any more");
  kernel.signal_from_outside(program, command.signal);
  book.collect();
  return *index;
}

namespace {

/// Commands are told in JSON on their way, which knows no bytes that are no UTF-8: U+FFFD for them.
std::string as_text(const std::string& bytes) {
  const auto read = parse_json(json_text(Json(bytes)));
  return read ? read->get<std::string>() : bytes;
}
SideCommand as_text(SideCommand command) {
  command.line = as_text(command.line);
  for (std::string& word : command.words) word = as_text(word);
  return command;
}

}  // namespace

Result<std::size_t> Simulation::submit(const SideCommand& given) {
  asked_at_ = trace.size();
  silent_ = 0;
  if (given.kind == SideCommand::Kind::Keystrokes) {
    kernel.type(book.window(given.terminal), given.line);
    book.collect();
    return book.size();
  }
  const SideCommand command = as_text(given);
  if (command.kind == SideCommand::Kind::Signal) return send_signal(command);
  TRY_ASSIGN(const std::string line, line_of(trace.header.machine.os, command));
  if (names_commands_) trace.header.commands.push_back(typed_line(command));
  if (!command.terminal.empty()) return submit_in_window(command);
  const std::size_t index = book.note(command);
  kernel.feed(commands_pipe_, line);
  return index;
}

Result<std::size_t> Simulation::submit_beside(const SideCommand& command) {
  // A line that waits in the pipe is read before this one; then there is nothing to be beside of.
  if (!book.busy() || !book.all_typed()) return submit(command);
  return start_beside(command, TerminalId{});
}

Result<std::size_t> Simulation::submit_in_background(const SideCommand& command) {
  if (!command.terminal.empty()) return submit(command);  // nobody waits for a window's command
  TRY(line_of(trace.header.machine.os, command));
  return start_beside(command, kernel.open_capture());
}

Status Simulation::start_litmus(const std::string& text) {
  if (trace.header.machine.os != HostOs::Linux)
    return fail(ErrorCode::Cannot, "make Linux's system calls outside of the virtual machine");
  asked_at_ = trace.size();
  silent_ = 0;
  TRY_ASSIGN(spec::LitmusProgram program, spec::litmus_from_text(text));
  kernel.start_beside(shell_, litmus_task, litmus_item_state(std::move(program)), {});
  return {};
}

Result<std::size_t> Simulation::start_beside(const SideCommand& given, TerminalId capture) {
  const SideCommand command = as_text(given);
  asked_at_ = trace.size();
  silent_ = 0;
  TRY_ASSIGN(const std::string line, line_of(trace.header.machine.os, command));
  if (names_commands_) trace.header.commands.push_back(typed_line(command));
  const std::size_t index = book.note(command, {}, capture);
  State state;
  state.more = line;
  kernel.start_beside(shell_, second_terminal, state, capture);
  return index;
}

}  // namespace cutaway::sim
