// cutaway world: what is at one moment, as JSON.

#include "app/cli/input.h"
#include "app/cli/options.h"
#include "app/cli/when.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "spec/predicate.h"
#include "trace/log/jsonl.h"

namespace cutaway::app {

int cmd_world(const Invocation& invocation) {
  InputOptions input;
  WhenOptions when;
  std::string pointer;
  bool json = false;
  CLI::App options("Prints the World (all that is) after the first N events, as JSON.",
                   "cutaway world");
  add_input_options(options, input);
  add_when_options(options, when);
  options.add_option("--pointer", pointer, "only this part: a JSON pointer such as /tasks/1");
  options.add_flag("--json", json, "one line, for programs");
  if (const auto done = parse_options(options, invocation)) return *done;

  const auto run = load(input, invocation);
  if (!run) return report(run.error());
  const auto n = moment_of(when, *run);
  if (!n) return report(n.error());
  const Json world = world_to_json(run->trace().world_at(*n));
  const Json* part = spec::find_in_world(world, pointer);
  if (part == nullptr)
    return report(
        {ErrorCode::Usage, "--pointer " + pointer + ": there is nothing at this moment", {}});
  os::write_out(part->dump(json ? -1 : 2) + "\n");
  return 0;
}

}  // namespace cutaway::app
