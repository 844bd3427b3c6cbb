// cutaway ps, logs, image, prune: the real side's state, as docker names its parts.
#include "app/cli/make_side.h"
#include "app/cli/options.h"
#include "base/os/files.h"
#include "base/text.h"
#include "real/side.h"

namespace cutaway::app {

namespace {

// The words after the verb are docker's: `cutaway ps -a` is `docker ps -a` on the real side.
int docker_on_real(std::vector<std::string> words, const Invocation& invocation) {
  RealChoice choice;
  choice.traced = false;
  choice.pass_on = true;
  std::vector<std::string> own = invocation.own;
  own.insert(own.end(), invocation.after_dashes.begin(), invocation.after_dashes.end());
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (own[i] == "--state" && i + 1 < own.size())
      choice.state = own[++i];
    else
      words.push_back(own[i]);
  }
  auto side = make_real(std::vector<std::string>{}, choice);
  if (!side) return report(side.error());
  SideCommand command;
  command.words = words;
  command.line = join(words, " ");
  const auto index = (*side)->submit(command);
  if (!index) return report(index.error());
  const Status done = (*side)->run_until_done(*index);
  return done ? (*side)->command(*index).exit : report(done.error());
}

}  // namespace

int cmd_ps(const Invocation& invocation) { return docker_on_real({"ps"}, invocation); }
int cmd_logs(const Invocation& invocation) { return docker_on_real({"logs"}, invocation); }
int cmd_image(const Invocation& invocation) { return docker_on_real({"image"}, invocation); }

int cmd_prune(const Invocation& invocation) {
  std::string state;
  CLI::App options(
      "Ends and removes everything that the real side made: processes, cgroups, mounts, "
      "folders.",
      "cutaway prune");
  options.add_option("--state", state, "folder of the real side")->envname("CUTAWAY_STATE");
  if (const auto done = parse_options(options, invocation)) return *done;
  const auto removed = real::prune(state);
  if (!removed) return report(removed.error());
  for (const std::string& line : *removed) os::write_out("removed " + line + "\n");
  if (removed->empty()) os::write_out("there is nothing to remove\n");
  return 0;
}

}  // namespace cutaway::app
