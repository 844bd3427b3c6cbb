// The unprivileged end of a live view: reads the trace from the agent, and asks things of the run.
#pragma once

#include <memory>
#include <string>

#include "app/gui/gui.h"
#include "base/result.h"
#include "trace/log/cut_feed.h"

namespace cutaway::app {

/// The words that go up to the agent, a line each.
inline constexpr std::string_view kGoOn = "go";
inline constexpr std::string_view kOneStep = "step";
inline constexpr std::string_view kHold = "hold";
inline constexpr std::string_view kBreak =
    "break ";  ///< and a place, as --break has it; none: no more

class LiveFeed : public LiveSource {
 public:
  static Result<std::unique_ptr<LiveFeed>> connect(const std::string& path);
  /// Takes over a socket whose other end is an agent.
  explicit LiveFeed(int fd) : fd_(fd) {}
  ~LiveFeed() override;
  LiveFeed(const LiveFeed&) = delete;
  LiveFeed& operator=(const LiveFeed&) = delete;

  /// Waits for the opening of the story: until a command has been typed.
  Status begin(Trace& trace);
  bool grow(Trace& trace) override;
  bool over() const override { return over_; }
  void ask(viz::LiveAsk what) override;
  void change(const viz::ChangeAsk& what) override;
  /// Not empty: why nothing more comes although the run has not ended.
  const std::string& damage() const { return damage_; }

 private:
  void say(const std::string& line);

  int fd_;
  CutFeed feed_{"live"};
  bool over_ = false;
  std::string damage_;
};

}  // namespace cutaway::app
