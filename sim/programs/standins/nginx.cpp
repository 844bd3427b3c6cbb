// nginx, as far as it serves the files of one folder on port 80: one process that forks for each
// connection (really a master and workers).
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/net_tools.h"
#include "sim/programs/standins/standins.h"

namespace cutaway::sim {

Program nginx(Sys sys, State) {
  auto opening = listen_at(sys, "0.0.0.0:80");
  const Listener listener = co_await opening;
  if (listener.fd < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-listener.fd)));
    auto telling = put(sys, 2,
                       "nginx: [emerg] " + listener.failed + "() to 0.0.0.0:80 failed (" +
                           decimal(-listener.fd) + ": " + why + ")\n");
    co_await telling;
    co_return 1;
  }
  const WebServer server{listener.fd, "/usr/share/nginx/html", "nginx/1.27.0"};
  auto serving = serve_web(sys, server);
  co_return co_await serving;
}

}  // namespace cutaway::sim
