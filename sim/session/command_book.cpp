#include "sim/session/command_book.h"

#include <algorithm>
#include <utility>

#include "sim/docker/console.h"

namespace cutaway::sim {

void CommandBook::set_console(TaskId shell, TerminalId terminal) {
  shell_ = shell;
  console_ = terminal;
}

std::string typed_line(const SideCommand& command) {
  return (command.kind == SideCommand::Kind::Docker ? "docker " : "") + command.line;
}

std::size_t CommandBook::note(const SideCommand& command, std::string queued, TerminalId screen) {
  CommandState state;
  state.name = command.name;
  state.line = typed_line(command);
  state.t0 = kernel_.now();
  states_.push_back(std::move(state));
  Running run;
  run.in_window = !command.terminal.empty();
  run.screen = run.in_window ? window(command.terminal) : screen ? screen : console_;
  run.from = kernel_.world().terminals.at(run.screen).output.size();
  run.queued_line = std::move(queued);
  running_.push_back(std::move(run));
  open_.push_back(states_.size() - 1);
  return states_.size() - 1;
}

std::optional<std::size_t> CommandBook::find(const std::string& name) const {
  for (std::size_t i = states_.size(); i-- > 0;) {
    if (states_[i].name == name) return i;
  }
  return std::nullopt;
}

TaskId CommandBook::program_of(std::size_t index) const {
  const std::optional<std::size_t> record = running_.at(index).record;
  if (!record || states_[index].done) return TaskId{};
  const World& world = kernel_.world();
  const TaskId shell = world.engine->commands[*record].client;
  const Task* program = world.tasks.first([&](const Task& task) {
    return task.parent == shell && !task.zombie() && task.id == task.leader;
  });
  return program == nullptr ? TaskId{} : program->id;
}

TerminalId CommandBook::window(const std::string& name) {
  const auto known = windows_.find(name);
  if (known != windows_.end()) return known->second;
  return windows_[name] = kernel_.open_terminal();
}

void CommandBook::collect() {
  const auto& records = kernel_.world().engine->commands;
  for (; records_seen_ < records.size(); ++records_seen_) begin(records_seen_);
  for (const std::size_t i : open_) {
    if (!running_[i].record) continue;
    const CommandRecord& record = records[*running_[i].record];
    if (record.done) {
      states_[i].done = true;
      states_[i].exit = record.exit;
      states_[i].t1 = kernel_.now();
    }
    if (record.done || running_[i].in_window) take_output(states_[i], running_[i]);
  }
  open_.erase(
      std::remove_if(open_.begin(), open_.end(), [this](std::size_t i) { return states_[i].done; }),
      open_.end());
  start_queued();
}

// Which command it is whose line was typed just now: the first that waits for it.
void CommandBook::begin(std::size_t record) {
  const std::string& line = kernel_.world().engine->commands[record].line;
  for (const std::size_t i : open_) {
    Running& run = running_[i];
    if (run.record || !run.queued_line.empty() || states_[i].line != line) continue;
    run.record = record;
    if (run.in_window) run.from = kernel_.world().terminals.at(run.screen).output.size();
    return;
  }
}

// A window runs one command at a time.
void CommandBook::start_queued() {
  for (const std::size_t i : open_) {
    if (running_[i].queued_line.empty() || window_busy(running_[i].screen)) continue;
    State state;
    state.more = std::exchange(running_[i].queued_line, {});
    started_on_[running_[i].screen] = i;
    kernel_.start_beside(shell_, terminal_session, state);
  }
}

bool CommandBook::window_busy(TerminalId screen) const {
  const auto last = started_on_.find(screen);
  return last != started_on_.end() && !states_[last->second].done;
}

void CommandBook::take_output(CommandState& state, Running& run) {
  const Terminal& screen = kernel_.world().terminals.at(run.screen);
  if (!state.done && run.shown == screen.output.size()) return;
  run.shown = screen.output.size();
  state.stdout_text.clear();
  state.stderr_text.clear();
  for (std::size_t i = run.from; i < screen.output.size(); ++i) {
    const TerminalRun& part = screen.output[i];
    const std::string_view bytes = trace_.blobs.get(part.segment.data)
                                       .substr(static_cast<std::size_t>(part.segment.from),
                                               static_cast<std::size_t>(part.segment.length));
    (part.channel == 2 ? state.stderr_text : state.stdout_text) += bytes;
  }
}

bool CommandBook::busy() const { return !open_.empty(); }

bool CommandBook::all_typed() const {
  for (const std::size_t i : open_) {
    if (!running_[i].record && running_[i].queued_line.empty()) return false;
  }
  return true;
}

CommandBook::Mark CommandBook::mark() const {
  Mark mark;
  mark.size = states_.size();
  mark.records_seen = records_seen_;
  for (const std::size_t i : open_) mark.open.push_back({i, states_[i], running_[i]});
  mark.windows = windows_;
  mark.started_on = started_on_;
  return mark;
}

void CommandBook::back_to(const Mark& mark) {
  states_.resize(mark.size);
  running_.resize(mark.size);
  records_seen_ = mark.records_seen;
  open_.clear();
  for (const Mark::Open& each : mark.open) {
    states_[each.index] = each.state;
    running_[each.index] = each.running;
    open_.push_back(each.index);
  }
  windows_ = mark.windows;
  started_on_ = mark.started_on;
}

}  // namespace cutaway::sim
