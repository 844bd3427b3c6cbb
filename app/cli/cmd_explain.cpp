// cutaway explain: the picture in words.
#include "app/cli/input.h"
#include "app/cli/options.h"
#include "base/os/files.h"
#include "viz/text.h"

namespace cutaway::app {

int cmd_explain(const Invocation& invocation) {
  InputOptions input;
  std::string at = "last";
  CLI::App options("Says in words all that the picture shows at one moment, and what changed.",
                   "cutaway explain");
  add_input_options(options, input);
  options.add_option("--at", at, "how many events have happened, or last");
  if (const auto done = parse_options(options, invocation)) return *done;

  const auto run = load(input, invocation);
  if (!run) return report(run.error());
  const auto n = position(at, run->trace());
  if (!n) return report(n.error());
  os::write_out(viz::explain(run->trace(), *n));
  return 0;
}

}  // namespace cutaway::app
