// What stands beside a real run while it goes on: who watches it, and who stops it and lets it go
// on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "real/control.h"
#include "real/live_server.h"
#include "real/live_socket.h"
#include "real/side.h"

namespace cutaway::app {

struct LiveChoice {
  bool live = false;
  std::string socket;    ///< where watchers may come; empty: below the state folder
  std::string state;     ///< --state
  int watcher = -1;      ///< one that is there already
  std::string break_at;  ///< --break

  bool wanted() const { return live || watcher >= 0 || !break_at.empty(); }
};

class LiveSession {
 public:
  static Result<std::unique_ptr<LiveSession>> make(LiveChoice choice);
  ~LiveSession();

  real::RunControl& control() { return control_; }
  /// Before the run's first command; waits for the first watcher, if watchers are to come.
  Status begin(real::RealSide& side);
  /// The run is over and its trace is whole.
  void end();

 private:
  explicit LiveSession(LiveChoice choice) : choice_(std::move(choice)) {}
  Status serve(real::RealSide& side);
  void heard(real::RealSide& side, std::string_view line);
  void prompt(const real::RealSide& side);
  void ask(int terminal, const real::RealSide& side);
  std::optional<std::string> next_line(int terminal) const;
  void announce();

  LiveChoice choice_;
  real::RunControl control_;
  std::unique_ptr<real::LiveServer> server_;
  real::LiveSocket socket_;
  std::thread thread_;  ///< that asks, or tells, when the run is held
};

}  // namespace cutaway::app
