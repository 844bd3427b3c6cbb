// Run until: from a position to the next (or the last) one at which something has just happened.
//
//   RunUntil search;
//   search.start(*Goal::parse("{\"kind\":\"cgroup\",\"op\":\"oom\"}"), position, Way::Forward);
//   while (search.scan(trace, index)) draw_another_frame();
//   if (search.found()) player.jump(*search.found());
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/predicate.h"
#include "viz/player/origin.h"
#include "viz/player/subject.h"

namespace cutaway::viz {

enum class Way : std::uint8_t { Forward, Back };

/// What is looked for: an event of certain kinds that passes, or a World in which a predicate comes
/// true.
struct Goal {
  std::string words;  ///< "a call that is refused"; for a text what was typed
  BodySet kinds;      ///< of the events that may be it
  std::function<bool(const Trace&, const StepIndex&, std::size_t n)> passes;
  std::optional<spec::Predicate> predicate;
  bool slow = false;  ///< each event is decoded and compared as text

  /// An EV or a PRED as JSON; else words of the filter of the events list ("kind:mount proc").
  static Result<Goal> parse(std::string_view text);
};

/// The choices that need no typing. Each may need to know who is meant.
struct QuickGoal {
  const char* name;  ///< "next clone": of the button
  const char* tip;
  Goal (*make)(const Trace&, const StepIndex&, const World&, const Moment&, const Subject&);
};
const std::vector<QuickGoal>& quick_goals();

class RunUntil {
 public:
  /// From `position`, which itself does not count.
  void start(Goal goal, std::size_t position, Way way);
  /// Looks at the next stretch. True: there is more to look at.
  bool scan(const Trace& trace, const StepIndex& index);
  void stop() { state_ = State::Idle; }

  bool looking() const { return state_ == State::Looking; }
  /// The position at which it has just happened.
  std::optional<std::size_t> found() const { return found_; }
  const Goal& goal() const { return goal_; }
  /// "never after event 40: the run ends without a clone"; empty unless it has looked in vain.
  std::string never() const;
  /// Share of the way that it has looked at, 0 … 1.
  double progress(std::size_t count) const;

 private:
  enum class State : std::uint8_t { Idle, Looking, Found, Never };
  struct Worlds;  ///< the predicate's timeline
  bool scan_events(const Trace& trace, const StepIndex& index);
  bool scan_worlds(const Trace& trace);
  bool finish(std::optional<std::size_t> position);
  std::size_t end(const Trace& trace) const;

  Goal goal_;
  Way way_ = Way::Forward;
  State state_ = State::Idle;
  std::size_t from_ = 0;
  std::size_t at_ = 0;  ///< looked at up to here (events; back: down to here)
  bool held_at_start_ = false;
  std::optional<std::size_t> found_;
  std::shared_ptr<Worlds> worlds_;
};

}  // namespace cutaway::viz
