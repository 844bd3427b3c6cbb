// What was asked of a simulation, and when: enough to make it again up to any command.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "sim/session/simulation.h"

namespace cutaway::sim {

class History {
 public:
  /// How a command comes.
  using Submit = Result<std::size_t> (Simulation::*)(const SideCommand&);

  /// A command, keys or a signal that comes now.
  void note_command(const Simulation& now, const SideCommand& command, Submit how);
  /// Keeps a checkpoint, when the last one is long ago and one can be had.
  void keep_checkpoint(const Simulation& now);
  /// The last one was refused.
  void forget_last() { asked_.pop_back(); }
  /// The clock runs on to `until` now.
  void note_pause(const Simulation& now, std::int64_t until);
  /// Something outside of the machine is another one from now on: faults, a tag on the hub.
  using Change = std::function<void(Simulation&)>;
  void note_change(const Simulation& now, Change change);

  std::size_t checkpoints() const { return kept_.size(); }

  /// Brings `now` back to where it was before the last `commands` of docker and the host's shell
  /// were typed; what came after is forgotten. An error when there are not so many.
  Status take_back(std::size_t commands, const SimulatorOptions& options,
                   std::unique_ptr<Simulation>& now);

 private:
  /// One thing that came from outside, at a moment.
  struct Asked {
    std::uint64_t steps = 0;  ///< how many the simulation had done
    std::int64_t until = -1;  ///< the clock runs on; −1: a command
    Submit how = &Simulation::submit;
    SideCommand command;
    Change change;  ///< not empty: no command, no pause

    bool is_command() const;
  };
  /// What had been asked by then.
  struct Kept {
    std::size_t asked = 0;
    Simulation::Checkpoint checkpoint;
  };
  static void repeat(Simulation& simulation, const Asked& asked);
  void thin_out(std::size_t events);

  std::vector<Asked> asked_;
  std::vector<Kept> kept_;  ///< oldest first
};

}  // namespace cutaway::sim
