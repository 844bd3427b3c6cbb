#include "app/cli/live_options.h"

#include "app/cli/input.h"
#include "base/text.h"

namespace cutaway::app {

void add_live_option(CLI::App& options, LiveChoice& choice, const std::string& says) {
  options.add_option("--live", choice.socket, says)->expected(0, 1)->type_name("[SOCKET]");
}

void add_break_option(CLI::App& options, LiveChoice& choice) {
  options.add_option("--break", choice.break_at,
                     "stop the run there: a step (root.pivot), an event as JSON "
                     "({\"kind\":\"syscall\",\"name\":\"mount\"}), or a predicate");
}

bool looks_like_socket(const std::string& text) {
  const bool is_document = ends_with(text, ".json") || looks_like_trace(text);
  return ends_with(text, ".sock") || (text.find('/') != std::string::npos && !is_document);
}

Status settle_live(const CLI::App& options, LiveChoice& choice, std::string& what) {
  choice.live = options.count("--live") > 0;
  if (!choice.socket.empty() && !looks_like_socket(choice.socket) && what.empty())
    what.swap(choice.socket);
  if (choice.wanted() && looks_like_trace(what))
    return fail(ErrorCode::Usage,
                what + ": a trace has happened already; --live and --break are for what is run now",
                "cutaway view " + what + " shows it");
  return {};
}

}  // namespace cutaway::app
