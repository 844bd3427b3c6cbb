// cutaway explain: the picture in words.
#include "app/cli/input.h"
#include "app/cli/look_options.h"
#include "app/cli/options.h"
#include "app/cli/when.h"
#include "base/os/files.h"
#include "viz/text.h"

namespace cutaway::app {

int cmd_explain(const Invocation& invocation) {
  InputOptions input;
  WhenOptions when;
  LookOptions looks;
  std::string about;
  CLI::App options("Says in words all that the picture shows at one moment, and what changed.",
                   "cutaway explain");
  add_input_options(options, input);
  add_when_options(options, when);
  add_look_options(options, looks);
  CLI::Option* one_thing = options.add_option(
      "--about", about,
      "one thing of the picture by its id, and why it is so: task:4711, node:host/mnt");
  for (const char* look : {"--view", "--near", "--of", "--beside"})
    one_thing->excludes(options.get_option(look));
  if (const auto done = parse_options(options, invocation)) return *done;

  const auto run = load(input, invocation);
  if (!run) return report(run.error());
  const auto n = moment_of(when, *run);
  if (!n) return report(n.error());
  if (!about.empty()) {
    const auto why = viz::explain_about(run->trace(), *n, about);
    if (!why) return report(why.error());
    os::write_out(*why);
    return 0;
  }
  const auto look = look_at(looks, run->trace(), *n);
  if (!look) return report(look.error());
  const auto said = viz::explain_look(run->trace(), *n, *look);
  if (!said) return report(said.error());
  os::write_out(*said);
  return 0;
}

}  // namespace cutaway::app
