#include "app/cli/subcommands.h"

#include <algorithm>

#include "app/cli/options.h"
#include "base/text.h"

namespace cutaway::app {

std::optional<int> parse_subcommand(CLI::App& options, const Invocation& invocation) {
  options.require_subcommand(1);
  std::vector<std::string> names;
  for (const CLI::App* each : options.get_subcommands({})) names.push_back(each->get_name());
  const bool word = !invocation.own.empty() && !starts_with(invocation.own[0], "-");
  const std::string first = word ? invocation.own[0] : "";
  const bool known = std::find(names.begin(), names.end(), first) != names.end();
  if (!word || known) return parse_options(options, invocation);
  const std::string near = nearest(first, names);
  const std::string hint =
      near.empty() ? "one of " + join(names, ", ") : "did you mean '" + near + "'?";
  return report({ErrorCode::Usage, options.get_name() + ": there is no '" + first + "'", hint});
}

}  // namespace cutaway::app
