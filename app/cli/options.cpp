#include "app/cli/options.h"

#include <algorithm>

#include "base/os/files.h"

namespace cutaway::app {

std::optional<int> parse_options(CLI::App& options, const Invocation& invocation) {
  std::vector<std::string> reversed(invocation.own.rbegin(),
                                    invocation.own.rend());  // CLI11 takes them so
  try {
    options.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    os::write_out(options.help());
    return 0;
  } catch (const CLI::ParseError& error) {
    std::string text = error.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return report(
        {ErrorCode::Usage, options.get_name() + ": " + text, options.get_name() + " --help"});
  }
  return std::nullopt;
}

}  // namespace cutaway::app
