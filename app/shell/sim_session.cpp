#include "app/shell/sim_session.h"

#include <algorithm>
#include <utility>

#include "app/cli/typed_command.h"
#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::app {

namespace {

constexpr std::int64_t kMs = 1'000'000;
/// How long a program that has the keyboard may be busy before the next line is read: a server that
/// never rests would keep the session for ever.
constexpr std::int64_t kPatience = 3'600 * std::int64_t{1000} * kMs;
constexpr std::size_t kPatienceEvents = 200'000;
/// The same for one that computes and asks nothing; it goes on beside what is typed next.
constexpr std::uint64_t kPatienceBursts = 2'000;

/// When nothing happens for so long, whoever waits for keys waits for somebody.
constexpr std::int64_t kQuiet = 500 * kMs;

/// Does a program in a container wait for what somebody types?
bool waits_for_keys(const World& world) {
  bool waits = false;
  world.tasks.each([&waits](const Task& task) {
    const bool guest = task.role == Role::Exec || task.role == Role::Workload;
    waits = waits ||
            (guest && task.state == TaskState::Blocked && starts_with(task.waits_on, "/dev/pts/"));
  });
  return waits;
}

}  // namespace

bool ShellStep::is_command() const {
  return wait_ns == 0 &&
         (command.kind == SideCommand::Kind::Docker || command.kind == SideCommand::Kind::Host);
}

SimSession::SimSession(sim::SimulatorOptions options, Print print, Begin begin)
    : ShellSession(std::move(print)), options_(std::move(options)), begin_(std::move(begin)) {
  options_.commands_come_later = true;
  options_.silent_bursts = kPatienceBursts;
  futures_[future_].simulator = fresh();
}

std::unique_ptr<sim::Simulator> SimSession::fresh() const {
  auto simulator = std::make_unique<sim::Simulator>(options_);
  if (begin_) begin_(*simulator);
  return simulator;
}

std::string SimSession::prompt() const {
  return "sim " + now().terminal + (future_ == "main" ? "" : " " + future_);
}

Status SimSession::submit(const ShellStep& step) {
  Future& future = now();
  auto index = step.background ? future.simulator->submit_in_background(step.command)
                               : future.simulator->submit(step.command);
  if (!index) return fail(index.error());
  future.steps.push_back(step);
  if (step.is_command()) future.in_front[step.command.terminal] = *index;
  return {};
}

void SimSession::note_wait(std::int64_t ns) {
  std::vector<ShellStep>& steps = now().steps;
  if (!steps.empty() && steps.back().wait_ns > 0) {
    steps.back().wait_ns += ns;
    return;
  }
  ShellStep step;
  step.wait_ns = ns;
  steps.push_back(std::move(step));
}

Status SimSession::pass(std::int64_t ns) {
  TRY(now().simulator->run_for(ns));
  note_wait(ns);
  const auto front = now().in_front.find(now().terminal);
  if (front != now().in_front.end()) show_screen(front->second);
  return {};
}

void SimSession::show_screen(std::size_t index) {
  const CommandState& state = now().simulator->command(index);
  std::size_t& shown = now().shown[index];
  if (shown < state.stdout_text.size())
    show(ShellPiece::From::Screen, state.stdout_text.substr(shown));
  shown = state.stdout_text.size();
}

/// Until the program in front waits for keys, or ends.
Status SimSession::let_it_react() {
  Future& future = now();
  const std::size_t front = future.in_front.at(future.terminal);
  const std::size_t events = trace().size() + kPatienceEvents;
  std::int64_t step = kMs, passed = 0;
  while (!future.simulator->command(front).done && future.simulator->next_time() >= 0 &&
         passed < kPatience && trace().size() < events && !future.simulator->only_computes()) {
    const std::size_t before = trace().size();
    TRY(pass(step));
    passed += step;
    // Else a `sleep 1000` beside it would be slept to its end.
    if (trace().size() == before && step >= kQuiet && waits_for_keys(trace().head())) break;
    step = std::min(step * 2, 1000 * kMs);
  }
  TRY(pass(kMs));
  const CommandState& state = future.simulator->command(front);
  if (!state.done) return {};
  status_ = state.exit;
  if (state.exit != 0) note("status " + decimal(state.exit));
  return {};
}

Status SimSession::run(const SideCommand& typed) {
  Future& future = now();
  future.undone.clear();
  ShellStep step;
  step.command = typed;
  step.command.name = "c" + decimal(static_cast<std::int64_t>(future.simulator->commands() + 1));
  const bool in_window = future.terminal != "1" || wants_terminal(typed);
  if (in_window) {
    step.command.terminal = future.terminal;
    TRY(submit(step));
    return let_it_react();
  }
  step.background = still_running().has_value();
  TRY(submit(step));
  const std::size_t index = future.in_front.at("");
  TRY(let_it_end(index));
  const CommandState& state = future.simulator->command(index);
  show_result(state);
  if (state.done) return {};
  future.beside.push_back(index);
  future.steps.back().background = true;
  note("it goes on, and keeps no one waiting; interrupt ends it");
  return {};
}

/// Until it ends; not so long as somebody would wait who cannot skip time.
Status SimSession::let_it_end(std::size_t index) {
  sim::Simulator& simulator = *now().simulator;
  const std::int64_t until = simulator.now() + kPatience;
  while (!simulator.command(index).done) {
    if (interrupted()) TRY(signal(index));
    const std::int64_t next = simulator.next_time();
    if (next < 0 || next > until) break;
    TRY_ASSIGN(const bool more, simulator.run_some(1));
    if (!more) break;
  }
  return {};
}

std::optional<std::size_t> SimSession::still_running() {
  std::vector<std::size_t>& beside = now().beside;
  while (!beside.empty() && now().simulator->command(beside.back()).done) beside.pop_back();
  return beside.empty() ? std::nullopt : std::optional<std::size_t>(beside.back());
}

bool SimSession::keyboard_taken() const {
  const auto front = now().in_front.find(now().terminal);
  return front != now().in_front.end() && !now().simulator->command(front->second).done;
}

Status SimSession::keys(std::string_view bytes) {
  ShellStep step;
  step.command.kind = SideCommand::Kind::Keystrokes;
  step.command.line = std::string(bytes);
  step.command.terminal = now().terminal;
  TRY(submit(step));
  return let_it_react();
}

Status SimSession::signal(std::size_t index) {
  ShellStep step;
  step.command.kind = SideCommand::Kind::Signal;
  step.command.name = now().simulator->command(index).name;
  step.command.signal = abi::sig::kInt;
  return submit(step);
}

Status SimSession::interrupt() {
  const auto index = still_running();
  if (!index) return fail(ErrorCode::Failed, "interrupt: no command runs");
  TRY(signal(*index));
  TRY(let_it_end(*index));
  show_result(now().simulator->command(*index));
  return {};
}

Status SimSession::undo(std::size_t commands) {
  Future& future = now();
  std::size_t kept = future.steps.size();
  for (std::size_t left = commands; left > 0; --left) {
    while (kept > 0 && !future.steps[kept - 1].is_command()) --kept;
    if (kept == 0)
      return fail(ErrorCode::Failed,
                  "undo " + decimal(static_cast<std::int64_t>(commands)) + ": only " +
                      decimal(static_cast<std::int64_t>(commands - left)) + " commands were typed");
    --kept;
  }
  TRY(future.simulator->undo(commands));
  future.undone.insert(future.undone.begin(),
                       future.steps.begin() + static_cast<std::ptrdiff_t>(kept),
                       future.steps.end());
  future.steps.resize(kept);
  const std::size_t left = future.simulator->commands();
  for (auto each = future.in_front.begin(); each != future.in_front.end();)
    each = each->second < left ? std::next(each) : future.in_front.erase(each);
  while (!future.beside.empty() && future.beside.back() >= left) future.beside.pop_back();
  future.shown.erase(future.shown.lower_bound(left), future.shown.end());
  for (const ShellStep& step : future.undone) {
    if (step.is_command()) {
      note("taken back, from here on: " + (step.command.kind == SideCommand::Kind::Docker
                                               ? "docker " + step.command.line
                                               : step.command.line));
      break;
    }
  }
  return {};
}

Status SimSession::perform(const ShellStep& step) {
  if (step.wait_ns > 0) return pass(step.wait_ns);
  TRY(submit(step));
  if (!step.is_command() || !step.command.terminal.empty()) return {};
  const std::size_t index = now().in_front.at("");
  TRY(let_it_end(index));
  const CommandState& state = now().simulator->command(index);
  show_result(state);
  if (!state.done) now().beside.push_back(index);
  return {};
}

Status SimSession::redo(std::size_t commands) {
  std::vector<ShellStep> undone = std::exchange(now().undone, {});
  std::size_t next = 0;
  std::size_t left = commands;
  while (next < undone.size()) {
    if (undone[next].is_command() && left-- == 0) break;
    TRY(perform(undone[next++]));
  }
  if (next == 0) return fail(ErrorCode::Failed, "redo: nothing was taken back");
  now().undone.assign(undone.begin() + static_cast<std::ptrdiff_t>(next), undone.end());
  return {};
}

}  // namespace cutaway::app
