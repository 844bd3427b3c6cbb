// cutaway shell: a prompt that takes docker and host commands.
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "app/cli/make_side.h"
#include "app/cli/options.h"
#include "app/shell/complete.h"
#include "app/shell/keyboard.h"
#include "app/shell/reader.h"
#include "app/shell/real_session.h"
#include "app/shell/sim_session.h"
#include "base/os/files.h"
#include "base/text.h"
#include "real/side.h"

namespace cutaway::app {

namespace {

constexpr char kEndOfInput = '\x04';

volatile std::sig_atomic_t ctrl_c = 0;

/// Ctrl-C is for the command that runs; at the prompt it is for nobody.
void mind_ctrl_c(ShellSession& session) {
  struct sigaction action {};
  action.sa_handler = [](int) { ctrl_c = 1; };
  ::sigaction(SIGINT, &action, nullptr);
  session.ask_for_interrupt([] {
    const bool pressed = ctrl_c != 0;
    ctrl_c = 0;
    return pressed;
  });
}

/// stderr says so in front of each line, also where no colours are.
std::string marked(std::string_view text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines += "stderr| " + std::string(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return lines;
}

void print(const ShellPiece& piece) {
  switch (piece.from) {
    case ShellPiece::From::Stdout:
    case ShellPiece::From::Screen:
      os::write_out(piece.text);
      return;
    case ShellPiece::From::Stderr:
      os::write_err(marked(piece.text));
      return;
    case ShellPiece::From::Note:
      os::write_out("-- " + piece.text);
      return;
  }
}

/// $XDG_STATE_HOME/cutaway/shell_history, else ~/.local/state/…; its folder is made.
std::string history_file() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::string folder;
  if (state != nullptr && state[0] == '/')
    folder = std::string(state) + "/cutaway";
  else if (home != nullptr && home[0] == '/')
    folder = std::string(home) + "/.local/state/cutaway";
  else
    return {};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? std::string() : folder + "/shell_history";
}

ShellNames names_of(const ShellSession& session) {
  ShellNames names;
  names.docker = spec::known_names(session.trace().head());
  names.futures = session.futures();
  return names;
}

int talk(ShellSession& session) {
  const bool person = os::stdin_is_terminal();
  const auto reader = person ? terminal_reader(history_file(),
                                               [&session](const std::string& line) {
                                                 return shell_candidates(line, names_of(session));
                                               })
                             : plain_reader();
  if (person) session.note("docker commands, or help");
  mind_ctrl_c(session);
  while (!session.over()) {
    const auto line = reader->line(session.prompt());
    ctrl_c = 0;
    if (!line) break;
    const Status done = take_line(session, *line, person);
    if (!done) report(done.error());
  }
  if (session.keyboard_taken()) static_cast<void>(session.keys(std::string(1, kEndOfInput)));
  return session.status();
}

struct ShellOptions {
  std::string side = "sim", state, machine;
  std::optional<std::uint64_t> seed;
};

int real_shell(const ShellOptions& asked) {
  RealChoice choice;
  choice.state = asked.state;
  choice.pass_on = true;
  auto side = make_real(std::vector<std::string>{}, choice);
  if (!side) return report(side.error());
  RealSession session(std::move(*side), print);
  return talk(session);
}

int sim_shell(const ShellOptions& asked) {
  sim::SimulatorOptions options;
  options.seed = asked.seed.value_or(1);
  if (!asked.machine.empty()) {
    const auto machine = real::host_machine();
    if (!machine) return report(machine.error());
    options.machine = *machine;
  }
  SimSession session(options, print);
  return talk(session);
}

}  // namespace

int cmd_shell(const Invocation& invocation) {
  ShellOptions asked;
  CLI::App options(
      "A prompt that takes docker commands and those of the host's shell. Its own words: help.",
      "cutaway shell");
  options.add_option("--side", asked.side, "sim or real")->check(CLI::IsMember({"sim", "real"}));
  options.add_option("--seed", asked.seed, "of the simulator's random numbers");
  options.add_option("--machine", asked.machine, "host: simulate a machine like this one")
      ->check(CLI::IsMember({"host"}));
  options.add_option("--state", asked.state, "folder of the real side")->envname("CUTAWAY_STATE");
  if (const auto done = parse_options(options, invocation)) return *done;
  return asked.side == "real" ? real_shell(asked) : sim_shell(asked);
}

}  // namespace cutaway::app
