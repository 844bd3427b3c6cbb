// The privileged end of a live view: sends the growing trace to those who watch, and takes what
// they ask for. Downwards go the bytes of a .cut file as it is written (trace/log/cut_feed.h reads
// them); upwards come lines of text, whose meaning is the business of who made the server.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "real/sys/fd.h"
#include "trace/log/cut.h"
#include "trace/log/trace.h"

namespace cutaway::real {

struct LiveServerOptions {
  /// A socket at which watchers may come, or empty. Only `owner` (and root) may open it.
  std::string path;
  unsigned owner = 0;  ///< uid
  /// A watcher that is there already (the other end of a socketpair), or −1. Taken over.
  int watcher = -1;
  /// Shows the trace while no event can be added.
  std::function<void(const std::function<void(const Trace&)>&)> look;
  /// What a watcher says, line by line, on the server's thread.
  std::function<void(std::string_view line)> said;
  /// The last one who watched has gone.
  std::function<void()> alone;
};

class LiveServer {
 public:
  /// Listens from here on.
  static Result<std::unique_ptr<LiveServer>> open(LiveServerOptions options);
  ~LiveServer();

  /// How many watch.
  int watchers() const { return count_; }
  /// The trace is whole: sends its end to all, and waits until they have it or are gone.
  void finish();

 private:
  struct Watcher {
    Fd fd;
    CutWriter writer;
    std::string out;      ///< not sent yet
    std::string in;       ///< of a line that is not whole yet
    bool closed = false;  ///< it has been given the end
  };
  explicit LiveServer(LiveServerOptions options) : options_(std::move(options)) {}
  Status listen();
  void serve();
  void wait_for_something();
  void accept_one();
  void add(Fd fd);
  void write_news(Watcher& watcher, bool whole);
  static bool send(Watcher& watcher);
  bool hear(Watcher& watcher);

  LiveServerOptions options_;
  Fd listening_;
  std::vector<Watcher> watchers_;  ///< of the server's thread
  std::atomic<int> count_{0};
  std::atomic<bool> whole_{false}, over_{false};
  std::thread thread_;
};

}  // namespace cutaway::real
