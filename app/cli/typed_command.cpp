#include "app/cli/typed_command.h"

#include <string_view>

#include "base/text.h"
#include "spec/docker_line.h"

namespace cutaway::app {

namespace {

/// Is there anything in it that the shell does before a program sees its words: pipes,
/// redirections, several commands, variables?
bool is_for_shell(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == '\'') {
      if (c == quote) quote = 0;
    } else if (c == '\\') {
      ++i;
    } else if (quote == '"') {
      if (c == quote) quote = 0;
      if (c == '$' || c == '`') return true;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (std::string_view("|&;<>()$`").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<SideCommand> typed_command(const std::string& line) {
  SideCommand command;
  const std::string typed(trim(line));
  if (!split_shell_words(typed, command.words))
    return fail(ErrorCode::Usage, "'" + typed + "': a quote is left open");
  if (command.words.empty()) return fail(ErrorCode::Usage, "nothing was typed");
  if (command.words[0] != "docker" || is_for_shell(typed)) {
    command.kind = SideCommand::Kind::Host;
    command.at_prompt = true;
    command.line = typed;
    return command;
  }
  command.words.erase(command.words.begin());
  command.line = trim(std::string_view(typed).substr(std::string_view("docker").size()));
  return command;
}

namespace {

/// The docker command in a line of the host's shell ("git-bash -c 'winpty docker run …'"), unless a
/// pipe feeds it.
std::string docker_within(const std::string& line) {
  const std::size_t at = line.find("docker ");
  if (line.find('|') < at) return {};
  if (at == std::string::npos ||
      (at > 0 && std::string_view(" '\"").find(line[at - 1]) == std::string_view::npos))
    return {};
  return line.substr(at, line.find_first_of("'\"|;&", at) - at);
}

}  // namespace

bool wants_terminal(const SideCommand& command) {
  if (command.kind == SideCommand::Kind::Host) {
    SideCommand within;
    split_shell_words(docker_within(command.line), within.words);
    if (within.words.empty()) return false;
    within.words.erase(within.words.begin());
    return wants_terminal(within);
  }
  if (command.kind != SideCommand::Kind::Docker) return false;
  spec::ClientContext context;
  context.stdin_is_terminal = true;
  const spec::Parsed parsed = spec::parse_docker(command.words, context);
  const auto* known = std::get_if<spec::Command>(&parsed);
  if (known == nullptr) return false;
  if (known->verb == spec::Verb::Run) return known->run().tty && !known->run().detach;
  if (known->verb == spec::Verb::Start) return known->get<spec::StartOptions>().attach;
  if (known->verb == spec::Verb::Attach) return true;
  if (known->verb != spec::Verb::Exec) return false;
  const auto& exec = known->get<spec::ExecOptions>();
  return exec.tty && !exec.detach;
}

}  // namespace cutaway::app
