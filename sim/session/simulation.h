// One simulated machine from its boot on: kernel, hub, and the commands that were typed. What is
// asked of it is kept with the moment it came at, so that the same machine can be made again
// (history.h). Private to the front door.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/kernel/kernel.h"
#include "sim/registry/hub.h"
#include "sim/session/command_book.h"
#include "sim/simulator.h"

namespace cutaway::sim {

/// A simulation that goes on and on without an end in sight is stopped so many events after the
/// last thing that was asked of it (a fork bomb, `yes`).
inline constexpr std::size_t kEventsMax = 5'000'000;

/// The step that a call of a container's own program belongs to (Kernel::StepRule).
std::string_view step_of_workload(Role role, const Request& request);

class Simulation {
 public:
  explicit Simulation(const SimulatorOptions& options);
  /// Runs until nothing happens by itself any more.
  void settle();

  /// Types a command, or keys, or sends a signal; of a command its index.
  Result<std::size_t> submit(const SideCommand& command);
  /// The same at once, beside what keeps the terminal.
  Result<std::size_t> submit_beside(const SideCommand& command);
  /// The same with an output of its own, whatever runs.
  Result<std::size_t> submit_in_background(const SideCommand& command);
  /// All of it, now; back_to(it) makes the same machine again. None: a program runs that cannot be
  /// begun again where it stands (Kernel::checkpoint).
  struct Checkpoint {
    Trace::Mark trace;
    std::shared_ptr<const KernelCheckpoint> kernel;
    CommandBook::Mark book;
    Hub hub;
    std::uint64_t steps = 0;
    std::size_t asked_at = 0;
  };
  std::optional<Checkpoint> checkpoint() const;
  void back_to(const Checkpoint& checkpoint);
  /// The console's sibling makes the calls of a litmus program (spec/litmus_text.h).
  Status start_litmus(const std::string& program);
  /// Does the next thing that happens. False: nothing does by itself, or it stands still as asked.
  bool step();
  /// Lets the clock run on to `t`; nothing happens before it.
  void advance_to(std::int64_t t) { kernel.advance_to(t); }
  /// What a scenario may break (trace/virtual_side.h).
  void set_faults(const std::vector<SideFault>& faults);
  /// How many times step() did something: with that, moments are told apart that have no event
  /// between them.
  std::uint64_t steps() const { return steps_; }
  /// Stands still when there are so many events.
  void pause_at(std::optional<std::size_t> events) { pause_at_ = events; }
  bool paused() const { return pause_at_ && trace.size() >= *pause_at_; }
  /// It goes on and on.
  bool endless() const { return trace.size() >= asked_at_ + kEventsMax; }
  /// For long nothing has happened but that programs compute.
  bool silent() const { return silent_ >= silent_max_; }

  Trace trace;
  Hub hub;
  ProgramTable programs;
  Kernel kernel;
  CommandBook book{kernel, trace};

 private:
  void offer(ImageSource image);
  Result<std::size_t> submit_in_window(const SideCommand& command);
  Result<std::size_t> send_signal(const SideCommand& command);
  Result<std::size_t> start_beside(const SideCommand& command, TerminalId capture);

  TaskId shell_;
  PipeId commands_pipe_;
  bool names_commands_;
  std::optional<std::size_t> pause_at_;
  std::size_t asked_at_ = 0;  ///< so many events there were when the last thing was asked
  std::uint64_t steps_ = 0;
  std::uint64_t silent_ = 0;  ///< the last so many steps had no event
  std::uint64_t silent_max_;
};

}  // namespace cutaway::sim
