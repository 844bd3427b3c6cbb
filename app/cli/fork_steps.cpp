#include "app/cli/fork_steps.h"

#include <optional>

#include "app/cli/afterwards.h"
#include "app/cli/typed_command.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kAfterwardsEvents = 20'000, kAtOnce = 256;
/// The terminal of programs that read keys.
constexpr const char* kWindow = "typed";

class Typist {
 public:
  explicit Typist(sim::Simulator& simulator) : simulator_(simulator) {}

  Status type(const ForkStep& step) { return step.keys ? press(step.text) : enter(step.text); }

  /// What was running when somebody typed something else: its future is what the fork is about. A
  /// server has no end to wait for, only so many events.
  Status let_the_rest_end() {
    return run_while([this] { return simulator_.busy(); });
  }

  bool program_waits() const { return front_ && !simulator_.command(*front_).done; }

 private:
  Status enter(const std::string& line) {
    TRY_ASSIGN(SideCommand command, typed_command(line));
    const bool in_window = wants_terminal(command);
    if (in_window) command.terminal = kWindow;
    TRY_ASSIGN(const std::size_t index, simulator_.submit_beside(command));
    front_ = in_window ? std::optional<std::size_t>(index) : std::nullopt;
    if (in_window) return let_it_react();
    // A command that never ends (a server in the foreground) is a future as well.
    if (simulator_.run_until_done(index)) TRY(simulator_.run_for(kAfterwardsNs));
    return {};
  }

  Status press(const std::string& keys) {
    if (!program_waits()) return fail(ErrorCode::Failed, "nothing reads keys here");
    SideCommand command;
    command.kind = SideCommand::Kind::Keystrokes;
    command.line = keys;
    command.terminal = kWindow;
    TRY(simulator_.submit(command));
    return let_it_react();
  }

  /// Until the program in front waits for keys, or ends.
  Status let_it_react() {
    TRY(run_while([this] { return program_waits(); }));
    return program_waits() ? Status() : simulator_.run_for(kAfterwardsNs);
  }

  template <typename Goes>
  Status run_while(Goes&& goes) {
    const std::size_t until = simulator_.trace().size() + kAfterwardsEvents;
    while (goes() && simulator_.trace().size() < until) {
      TRY_ASSIGN(const bool more, simulator_.run_some(kAtOnce));
      if (!more) break;
    }
    return {};
  }

  sim::Simulator& simulator_;
  std::optional<std::size_t> front_;  ///< the command whose program was given the keyboard last
};

}  // namespace

std::vector<ForkStep> fork_at(const std::vector<ForkStep>& steps, ForkStep typed) {
  std::vector<ForkStep> kept;
  for (const ForkStep& step : steps) {
    if (step.position < typed.position) kept.push_back(step);
  }
  kept.push_back(std::move(typed));
  return kept;
}

Result<bool> go_through(sim::Simulator& simulator, const std::vector<ForkStep>& steps) {
  Typist typist(simulator);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 == steps.size();
    simulator.resume(last ? std::nullopt : std::optional<std::size_t>(steps[i + 1].position));
    TRY(typist.type(steps[i]));
    if (last && !typist.program_waits()) TRY(typist.let_the_rest_end());
  }
  return typist.program_waits();
}

}  // namespace cutaway::app
