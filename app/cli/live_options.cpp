#include "app/cli/live_options.h"

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
  return ends_with(text, ".sock") ||
         (text.find('/') != std::string::npos && !ends_with(text, ".json"));
}

void settle_live(const CLI::App& options, LiveChoice& choice, std::string& what) {
  choice.live = options.count("--live") > 0;
  if (choice.socket.empty() || looks_like_socket(choice.socket) || !what.empty()) return;
  what.swap(choice.socket);
}

}  // namespace cutaway::app
