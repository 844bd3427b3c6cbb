// cutaway fidelity: what the simulation leaves out.
#include "app/cli/options.h"
#include "base/os/files.h"
#include "sim/fidelity.h"

namespace cutaway::app {

int cmd_fidelity(const Invocation& invocation) {
  CLI::App options("Tells what the simulation leaves out, and why, as Markdown.",
                   "cutaway fidelity");
  if (const auto done = parse_options(options, invocation)) return *done;
  os::write_out(sim::fidelity_markdown());
  return 0;
}

}  // namespace cutaway::app
