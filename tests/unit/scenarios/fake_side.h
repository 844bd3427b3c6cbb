// A side without a world behind it: commands do what the test wrote down for them.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "trace/scenario_side.h"

namespace cutaway {

class FakeSide : public ScenarioSide {
 public:
  /// What a command does when it runs: it may append to the trace and fill in its state.
  using Play = std::function<void(FakeSide&, CommandState&)>;

  explicit FakeSide(SideKind kind = SideKind::Sim);

  /// By its line. A line without a play ends at once with status 0.
  std::map<std::string, Play> plays;
  /// What happens by and by while time passes or run_some is called: {time, event}.
  std::deque<Event> pending;
  std::vector<SideCommand> submitted;
  Trace log;

  /// Appends an event of now.
  void happen(Body body);
  std::int64_t now = 0;

  SideKind kind() const override { return kind_; }
  Capabilities capabilities() const override { return {}; }
  Result<std::size_t> submit(const SideCommand& command) override;
  Result<std::size_t> submit_in_background(const SideCommand& command) override {
    return submit(command);
  }
  const CommandState& command(std::size_t index) const override { return states_.at(index); }
  Status run_until_done(std::size_t index) override;
  Status run_for(std::int64_t ns) override;
  Result<bool> run_some(std::size_t events) override;
  const Trace& trace() const override { return log; }
  std::int64_t elapsed() const override { return now; }
  Trace take_trace() override { return std::move(log); }

 private:
  bool next_pending();

  SideKind kind_;
  std::deque<CommandState> states_;
};

/// An event at a time, for `pending`.
Event event_at(std::int64_t t, Body body);

}  // namespace cutaway
