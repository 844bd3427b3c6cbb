#include "app/cli/other_future.h"

#include <spawn.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway::app {

namespace {

constexpr std::int64_t kAfterwardsNs = 50'000'000;  // what the command set off is still seen

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

}  // namespace

Result<Trace> other_future(InputOptions input, const Invocation& invocation, std::size_t position,
                           const std::string& line) {
  TRY_ASSIGN(const SideCommand command, command_of(line));
  input.pause_at = position;
  TRY_ASSIGN(Run run, load(input, invocation));
  auto* simulator = dynamic_cast<sim::Simulator*>(run.side.get());
  if (simulator == nullptr) {
    return fail(ErrorCode::Cannot,
                "fork a recording: it holds one past and no way to go on from it",
                "open the scenario or the docker command instead");
  }
  simulator->resume();
  TRY_ASSIGN(const std::size_t index, simulator->submit(command));
  // A command that never ends (a server in the foreground) is a future as well.
  if (simulator->run_until_done(index)) TRY(simulator->run_for(kAfterwardsNs));
  return simulator->take_trace();
}

OtherFutures::~OtherFutures() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Status OtherFutures::compare(const Trace& was, const Trace& is) {
  if (folder_.empty()) {
    std::string name = std::filesystem::temp_directory_path() / "cutaway-futures-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
      return fail(ErrorCode::Failed, std::string("mkdtemp: ") + std::strerror(errno));
    folder_ = name;
  }
  const std::string pair = folder_ + "/" + decimal(++compared_);
  std::string first = pair + "-was.cut";
  std::string second = pair + "-is.cut";
  TRY(write_trace(first, was));
  TRY(write_trace(second, is));
  std::string program = "/proc/self/exe", verb = "compare", view = "--view";
  char* const argv[] = {program.data(), verb.data(), first.data(),
                        second.data(),  view.data(), nullptr};
  pid_t child = 0;
  const int error = ::posix_spawn(&child, program.c_str(), nullptr, nullptr, argv, environ);
  if (error != 0) return fail(ErrorCode::Failed, std::string("compare: ") + std::strerror(error));
  return {};
}

}  // namespace cutaway::app
