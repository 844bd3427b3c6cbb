// A terminal of a scenario: a pseudo-terminal (pty(7)) of 80x24. Commands have its slave as stdin,
// stdout and stderr, one after the other; at its master we type, and see what it shows.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.h"
#include "real/session/client.h"
#include "real/session/session_leader.h"

namespace cutaway::real {

class Terminal {
 public:
  static constexpr int kRows = 24, kColumns = 80;
  /// Told all that it shows, also the echo of what is typed; from any thread.
  using Shown = std::function<void(std::string_view)>;

  static Result<std::unique_ptr<Terminal>> open(Shown shown);
  ~Terminal();

  /// As keystrokes: the line discipline may echo them, or make signals of them.
  Status type(std::string_view keys);

  /// The turn of a command: `before` is over when it may begin, `mine` is for it to end.
  struct Turn {
    std::shared_future<void> before;
    std::promise<void> mine;
  };
  Turn next_turn();

  // ---- by the thread of the command whose turn it is

  /// From here on what is shown is `client`'s; it hears the signals that keys make.
  void begin(Client& client);
  /// All that was written is shown.
  void end();
  int slave() const { return slave_.get(); }
  std::shared_ptr<const SignalPipe> signals() const { return signals_; }
  Result<int> run_on_host(const std::string& line) {
    return leader_->run(line, signals_->read.get());
  }

 private:
  explicit Terminal(Shown shown) : shown_(std::move(shown)) {}
  Status open_ends();
  void read_on();
  bool show();

  Shown shown_;
  Fd master_, slave_, stop_;
  std::shared_ptr<const SignalPipe> signals_;
  std::unique_ptr<SessionLeader> leader_;
  std::mutex mutex_;  ///< of reading, and of whose turn it is
  Client* in_front_ = nullptr;
  std::shared_future<void> last_turn_;
  std::thread reader_;
};

}  // namespace cutaway::real
