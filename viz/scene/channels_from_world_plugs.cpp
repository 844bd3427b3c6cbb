#include "viz/scene/channels_from_world_plugs.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/player/event_class.h"
#include "viz/text/people.h"
#include "viz/text/terminal_lines.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kTerminalLines = 4;

PlugKind kind_of_file(const OpenFile* file) {
  if (file == nullptr) return PlugKind::Closed;
  switch (file->kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      return PlugKind::Pipe;
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      return PlugKind::Pty;
    case FileKind::Socket:
      return PlugKind::Socket;
    case FileKind::Null:
      return PlugKind::Null;
    default:
      return file->is == "/dev/null" ? PlugKind::Null : PlugKind::File;
  }
}

bool is_other_end(const OpenFile& mine, const OpenFile& other) {
  if (mine.kind == FileKind::Terminal)
    return other.kind == FileKind::TerminalMaster && other.terminal == mine.terminal;
  const bool reads = mine.kind == FileKind::PipeRead && other.kind == FileKind::PipeWrite;
  const bool writes = mine.kind == FileKind::PipeWrite && other.kind == FileKind::PipeRead;
  return (reads || writes) && mine.pipe == other.pipe;
}

bool holds_other_end(const World& world, const cutaway::Task& task, const OpenFile& mine) {
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return false;
  return std::any_of(table->fds.begin(), table->fds.end(), [&](const auto& entry) {
    const OpenFile* file = world.files.find(entry.second.file);
    return file != nullptr && is_other_end(mine, *file);
  });
}

/// Outside the container: the server before the shim before anybody else.
std::string holder_of(const World& world, const OpenFile& mine) {
  const cutaway::Task* best = nullptr;
  const auto rank = [](const cutaway::Task& task) {
    return task.role == Role::Daemon ? 0 : task.role == Role::Shim ? 1 : 2;
  };
  world.tasks.each([&](const cutaway::Task& task) {
    if (task.leader != task.id || task.zombie() || is_inside(world, task)) return;
    if (best != nullptr && rank(task) >= rank(*best)) return;
    if (holds_other_end(world, task, mine)) best = &task;
  });
  return best == nullptr ? std::string() : task_tag(world, best->id);
}

std::int64_t waiting_in(const World& world, const OpenFile& file) {
  const Pipe* pipe = world.pipes.find(file.pipe);
  if (pipe == nullptr && file.terminal) {
    const Terminal* terminal = world.terminals.find(file.terminal);
    pipe = terminal == nullptr ? nullptr : world.pipes.find(terminal->input);
  }
  return pipe == nullptr ? 0 : pipe->bytes;
}

bool carries_input(const spec::Command& command) {
  if (command.verb == spec::Verb::Run) return command.run().interactive;
  if (command.verb == spec::Verb::Start) return command.get<spec::StartOptions>().interactive;
  return command.verb == spec::Verb::Attach && !command.get<spec::AttachOptions>().no_stdin;
}

struct Running {
  spec::Parsed told;
  TaskId client;
};
/// Commands that run now: what the clients that are alive were told; where clients are not seen,
/// the line that was typed last.
std::vector<Running> running_commands(const World& world) {
  std::vector<Running> running;
  spec::ClientContext context;
  context.stdin_is_terminal = true;  // else -t would have been refused
  world.tasks.each([&](const cutaway::Task& task) {
    const bool client = task.role == Role::Client && task.leader == task.id && !task.zombie();
    if (client && task.argv.size() > 1)
      running.push_back(
          {spec::parse_docker({task.argv.begin() + 1, task.argv.end()}, context), task.id});
  });
  const auto& commands = world.engine->commands;
  if (commands.empty() || commands.back().done) return running;
  std::string_view line = commands.back().line;
  if (starts_with(line, "docker ")) line.remove_prefix(7);
  running.push_back({spec::parse_docker_line(line, context), {}});
  return running;
}

/// Does it carry this container's bytes to whoever typed it?
bool carries(const World& world, const spec::Command& command,
             const cutaway::Container& container) {
  const auto& names = command.names;
  const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return container_by_name(world, name) == &container;
  });
  switch (command.verb) {
    case spec::Verb::Run: {
      const std::string& name = command.run().name;
      const bool its_own = name.empty() ? container.number.value == world.counters.container
                                        : name == container.name;
      return its_own && !command.run().detach;
    }
    case spec::Verb::Start:
      return named && command.get<spec::StartOptions>().attach;
    case spec::Verb::Attach:
      return named;
    default:
      return false;
  }
}

/// A line that was typed, and which of those at its terminal it is (1: the first; 0: none).
struct TypedCommand {
  TaskId shell;
  std::size_t number = 0;
  std::string words;
};

/// The line that made a container: the last one that names it, else the last before.
TypedCommand maker_of(const std::vector<TypedCommand>& typed, const cutaway::Container& container) {
  const std::string name = " " + container.name + " ";
  for (auto line = typed.rbegin(); line != typed.rend() && !container.name.empty(); ++line) {
    if (line->words.find(name) != std::string::npos) return *line;
  }
  return typed.empty() ? TypedCommand{} : typed.back();
}

/// The lines that made these containers.
std::vector<TypedCommand> makers_of(const Trace& trace, const World& world, std::size_t position,
                                    const std::vector<const cutaway::Container*>& containers) {
  std::vector<TypedCommand> made_by(containers.size());
  std::vector<TypedCommand> typed;
  std::map<TerminalId, std::size_t> lines_at;
  for (std::size_t n = 0; n < position; ++n) {
    const Record& record = trace.record(n);
    if (is<CliTyped>(record)) {
      const TaskId shell(record.task);
      const Terminal* terminal = terminal_typed_at(world, shell);
      const std::size_t number = ++lines_at[terminal == nullptr ? TerminalId{} : terminal->id];
      typed.push_back({shell, number, " " + std::get<CliTyped>(trace.event(n).body).line + " "});
    }
    if (!is<ContainerCreated>(record)) continue;
    const auto made = std::get<ContainerCreated>(trace.event(n).body).container.number;
    for (std::size_t i = 0; i < containers.size(); ++i) {
      if (containers[i]->number == made) made_by[i] = maker_of(typed, *containers[i]);
    }
  }
  return made_by;
}

/// That line, and what was shown before the next was typed.
std::vector<std::string> said_since(const std::vector<ShownLine>& all, std::size_t number) {
  std::vector<std::string> said;
  std::size_t line = 0;
  for (const ShownLine& shown : all) {
    line += shown.typed ? 1 : 0;
    if (line > 0 && line == number) said.push_back(shown.typed ? "$ " + shown.text : shown.text);
  }
  return said;
}

}  // namespace

std::optional<Carrier> carrier_of(const World& world, const cutaway::Container& container) {
  for (Running& running : running_commands(world)) {
    auto* command = std::get_if<spec::Command>(&running.told);
    if (command != nullptr && carries(world, *command, container))
      return Carrier{std::move(*command), running.client};
  }
  return std::nullopt;
}

ChannelPlug plug_of(const World& world, const cutaway::Task& task, std::size_t channel,
                    const std::optional<Carrier>& carrier) {
  ChannelPlug plug;
  const OpenFile* file = file_of(world, task, static_cast<std::int64_t>(channel));
  plug.kind = kind_of_file(file);
  if (file == nullptr) return plug;
  plug.is = plug.kind == PlugKind::Null ? "/dev/null" : short_ids(file->is);
  plug.held_by = plug.tube() ? holder_of(world, *file) : std::string();
  plug.waiting = waiting_in(world, *file);
  plug.attached = plug.tube() && carrier && (channel != 0 || carries_input(carrier->command));
  return plug;
}

void fill_terminals(const Trace& trace, const World& world, std::size_t position,
                    const std::vector<const cutaway::Container*>& containers, Channels& channels) {
  const std::vector<TypedCommand> made_by = makers_of(trace, world, position, containers);
  for (std::size_t i = 0; i < containers.size(); ++i) {
    std::vector<std::string>& lines = channels.columns[i].terminal;
    lines = said_since(terminal_lines(trace, world, position, made_by[i].shell), made_by[i].number);
    if (lines.size() > kTerminalLines)
      lines.erase(lines.begin() + 1, lines.end() - static_cast<std::ptrdiff_t>(kTerminalLines - 1));
  }
}

}  // namespace cutaway::viz
