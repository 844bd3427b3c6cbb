// Live: from an event in the agent's trace to the same event in the watcher's, over a real socket
// and two threads. The limit is 50 ms, 20 a second.
#include <benchmark/benchmark.h>
#include <poll.h>
#include <sys/socket.h>

#include <mutex>

#include "real/live_server.h"
#include "trace/log/cut_feed.h"

namespace cutaway {
namespace {

struct Agent {
  Agent() {
    Event event;
    event.body = Snapshot{std::make_shared<const World>()};
    trace.append(event);
  }
  void look(const std::function<void(const Trace&)>& f) {
    const std::lock_guard<std::mutex> lock(mutex);
    f(trace);
  }
  void tell() {
    const std::lock_guard<std::mutex> lock(mutex);
    Event event;
    event.stamp.t = static_cast<std::int64_t>(trace.size());
    event.body = Note{"something happened", ""};
    trace.append(event);
  }
  std::mutex mutex;
  Trace trace;
};

bool read_until(int fd, CutFeed& feed, Trace& seen, std::size_t events) {
  char bytes[4096];
  while (seen.size() < events) {
    const ssize_t count = ::recv(fd, bytes, sizeof bytes, 0);
    if (count <= 0 || !feed.take({bytes, static_cast<std::size_t>(count)}, seen)) return false;
  }
  return true;
}

void live_ours(benchmark::State& state) {
  Agent agent;
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return state.SkipWithError("no socketpair");
  const real::Fd mine(ends[0]);
  real::LiveServerOptions options;
  options.watcher = ends[1];
  options.look = [&agent](const auto& f) { agent.look(f); };
  options.said = [](std::string_view) {};
  options.alone = [] {};
  const auto server = real::LiveServer::open(std::move(options));
  CutFeed feed("live");
  Trace seen;
  for (auto _ : state) {
    agent.tell();
    if (!read_until(mine.get(), feed, seen, agent.trace.size()))
      state.SkipWithError("it never came");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(live_ours)->Name("live/ours")->UseRealTime();

}  // namespace
}  // namespace cutaway
