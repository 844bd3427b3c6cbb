#include "sim/command_book.h"

#include <utility>

#include "sim/docker/console.h"

namespace cutaway::sim {

void CommandBook::set_console(TaskId shell, TerminalId terminal) {
  shell_ = shell;
  console_ = terminal;
}

std::size_t CommandBook::note(const SideCommand& command, std::string queued) {
  CommandState state;
  state.name = command.name;
  state.line = (command.kind == SideCommand::Kind::Docker ? "docker " : "") + command.line;
  state.t0 = kernel_.now();
  states_.push_back(std::move(state));
  Running run;
  run.in_window = !command.terminal.empty();
  run.screen = run.in_window ? window(command.terminal) : console_;
  run.from = kernel_.world().terminals.at(run.screen).output.size();
  run.queued_line = std::move(queued);
  running_.push_back(std::move(run));
  return states_.size() - 1;
}

TerminalId CommandBook::window(const std::string& name) {
  const auto known = windows_.find(name);
  if (known != windows_.end()) return known->second;
  return windows_[name] = kernel_.open_terminal();
}

void CommandBook::collect() {
  const auto& records = kernel_.world().engine->commands;
  for (; records_seen_ < records.size(); ++records_seen_) begin(records_seen_);
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i].done || !running_[i].record) continue;
    const CommandRecord& record = records[*running_[i].record];
    if (record.done) {
      states_[i].done = true;
      states_[i].exit = record.exit;
      states_[i].t1 = kernel_.now();
    }
    if (record.done || running_[i].in_window) take_output(states_[i], running_[i]);
  }
  start_queued();
}

// Which command it is whose line was typed just now: the first that waits for it.
void CommandBook::begin(std::size_t record) {
  const std::string& line = kernel_.world().engine->commands[record].line;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    Running& run = running_[i];
    if (run.record || !run.queued_line.empty() || states_[i].line != line) continue;
    run.record = record;
    if (run.in_window) run.from = kernel_.world().terminals.at(run.screen).output.size();
    return;
  }
}

// A window runs one command at a time.
void CommandBook::start_queued() {
  for (std::size_t i = 0; i < states_.size(); ++i) {
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

bool CommandBook::busy() const {
  for (const CommandState& state : states_) {
    if (!state.done) return true;
  }
  return false;
}

bool CommandBook::all_typed() const {
  for (const Running& run : running_) {
    if (!run.record && run.queued_line.empty()) return false;
  }
  return true;
}

}  // namespace cutaway::sim
