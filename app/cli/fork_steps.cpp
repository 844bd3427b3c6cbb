#include "app/cli/fork_steps.h"

#include <optional>

#include "app/cli/afterwards.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kAfterwardsEvents = 20'000, kAtOnce = 256;

Result<SideCommand> command_of(const std::string& line) {
  SideCommand command;
  const std::string typed(trim(line));
  if (!split_shell_words(typed, command.words))
    return fail(ErrorCode::Usage, "'" + typed + "': a quote is left open");
  if (command.words.empty()) return fail(ErrorCode::Usage, "nothing was typed");
  if (command.words[0] != "docker") {
    command.kind = SideCommand::Kind::Host;
    command.line = typed;
    return command;
  }
  command.words.erase(command.words.begin());
  command.line = trim(std::string_view(typed).substr(std::string_view("docker").size()));
  return command;
}

/// What was running when somebody typed something else: its future is what the fork is about. A
/// server has no end to wait for, only so many events.
Status let_the_rest_end(sim::Simulator& simulator) {
  const std::size_t until = simulator.trace().size() + kAfterwardsEvents;
  while (simulator.busy() && simulator.trace().size() < until) {
    TRY_ASSIGN(const bool more, simulator.run_some(kAtOnce));
    if (!more) break;
  }
  return {};
}

}  // namespace

Status go_through(sim::Simulator& simulator, const std::vector<ForkStep>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    TRY_ASSIGN(const SideCommand command, command_of(steps[i].line));
    const bool last = i + 1 == steps.size();
    simulator.resume(last ? std::nullopt : std::optional<std::size_t>(steps[i + 1].position));
    TRY_ASSIGN(const std::size_t index, simulator.submit_beside(command));
    // A command that never ends (a server in the foreground) is a future as well.
    if (simulator.run_until_done(index)) TRY(simulator.run_for(kAfterwardsNs));
    if (last) TRY(let_the_rest_end(simulator));
  }
  return {};
}

}  // namespace cutaway::app
