// Stops a real run before a step or before a call, and lets it go on: what stands still is one task
// (in front of its system call), or the engine itself (in front of a step of its own); the rest of
// the machine goes on. All methods may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "spec/predicate.h"
#include "trace/log/trace.h"

namespace cutaway::real {

enum class BreakKind : std::uint8_t { None, Step, Call, When };

/// Where to stop.
struct BreakPoint {
  BreakKind kind = BreakKind::None;
  std::string step;         ///< Step: before its first call
  spec::EventPattern call;  ///< Call: before calls like this (kind, name, args, step, task)
  /// When: before the first call after this has come to hold of the trace.
  std::function<bool(const Trace&)> when;
};

/// What is about to happen.
struct AboutTo {
  std::string step;
  bool own_work = false;     ///< the container's own program: each of its calls counts as a step
  bool begins_step = false;  ///< the first call of it, by this task
  /// The call as an event of CONTRACT §2, without result. Asked for only when it is needed.
  std::function<Json()> event;
  /// Shows the trace so far.
  std::function<void(const std::function<void(const Trace&)>&)> look;
};

/// What stands still.
struct Held {
  const void* owner = nullptr;  ///< whoever can release it
  int task = 0;                 ///< 0: the engine
  std::string step;
  std::string what;  ///< "pivot_root(".", ".")", or what the engine is about to do
};

class RunControl {
 public:
  /// Stops there, each time, until another place is named.
  void break_at(BreakPoint point);
  /// Lets everything go on that stands still.
  void go_on();
  /// The same, and stops before the next step (of the program's own work: the next call).
  void step();
  /// Stops before the next step; what stands still stays so.
  void stop();
  /// Nothing stops any more, and what stands still goes on.
  void let_run();

  std::optional<Held> held() const;
  bool over() const;
  /// Waits until something stands still: true; false: `end()` was called, or the time is over.
  bool wait_held(std::chrono::milliseconds longest) const;
  /// The run is over: who waits is woken.
  void end();

  // ---- by the run itself

  bool stops_before(const AboutTo& next);
  /// `release`: called once, from any thread, when it may go on.
  void hold(Held what, std::function<void()> release);
  /// A task that stood still has ended (or, with 0, the owner of all of them): true if there was
  /// one.
  bool drop(const void* owner, int task);

 private:
  struct Standing {
    Held held;
    std::function<void()> release;
  };
  bool stops_here(const BreakPoint& point, const AboutTo& next);
  std::vector<Standing> take_standing();

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  BreakPoint point_;
  bool at_next_step_ = false;
  bool came_true_ = false;  ///< When: has it held before? It stops once
  bool over_ = false;
  std::vector<Standing> standing_;
};

}  // namespace cutaway::real
