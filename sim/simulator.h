// Front door of the simulator: one side of DESIGN's two worlds. A machine, a hub, a console.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spec/scenario.h"
#include "trace/event/header.h"
#include "trace/log/trace.h"
#include "trace/virtual_side.h"

namespace cutaway::sim {

struct SimulatorOptions {
  Machine machine;
  std::uint64_t seed = 1;
  std::string scenario;                     ///< id for the header; may be empty
  std::vector<std::string> commands;        ///< for the header
  std::vector<spec::ScenarioImage> images;  ///< on the hub beside the bundled ones
  /// Stands still as soon as the trace has so many events, until resume(): the same run again, up
  /// to where another one forks from it.
  std::optional<std::size_t> pause_at;
  /// Nobody knows yet what will be typed: the header's commands grow with the session.
  bool commands_come_later = false;
  /// Whoever waits for a command while nothing happens but that programs compute (`while :; do :;
  /// done`) gives up after so many bursts of a millisecond.
  std::uint64_t silent_bursts = 10'000;
};

/// Machine, seed, images and commands of a scenario.
SimulatorOptions simulator_options(const spec::Scenario& scenario);

class Simulator : public VirtualSide {
 public:
  explicit Simulator(const SimulatorOptions& options);
  ~Simulator() override;

  SideKind kind() const override { return SideKind::Sim; }
  Capabilities capabilities() const override;
  Result<std::size_t> submit(const SideCommand& command) override;
  Result<std::size_t> submit_in_background(const SideCommand& command) override;
  /// The same at once: where a command keeps the terminal busy, in a second one.
  Result<std::size_t> submit_beside(const SideCommand& command);
  /// Is a command still running?
  bool busy() const;
  const CommandState& command(std::size_t index) const override;
  /// The virtual time, and when the next thing happens by itself; −1: all wait for somebody
  /// outside.
  std::int64_t now() const;
  std::int64_t next_time() const;
  /// For so long nothing has happened but that programs compute (SimulatorOptions::silent_bursts).
  bool only_computes() const;
  /// How many commands were typed.
  std::size_t commands() const;
  Status undo(std::size_t commands) override;
  /// How many moments are kept that an undo can go on from, instead of from the beginning.
  std::size_t checkpoints() const;
  Status run_until_done(std::size_t index) override;
  Status run_for(std::int64_t ns) override;
  Result<bool> run_some(std::size_t events) override;
  const Trace& trace() const override;
  std::int64_t elapsed() const override { return now(); }
  Trace take_trace() override;
  Status set_faults(const std::vector<SideFault>& faults) override;
  Status move_tag(std::string_view tag, std::string_view to) override;
  Status run_litmus(const std::string& program) override;
  /// Goes on; and stands still again at `pause_at` events.
  void resume(std::optional<std::size_t> pause_at = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The config of a bundled image by its familiar name ("busybox:latest"); empty when there is none.
std::optional<spec::ImageConfig> bundled_image_config(const std::string& ref);

/// Names of the programs that an image file may hold, each with a line of what it does.
struct ProgramInfo {
  std::string name, says;
};
std::vector<ProgramInfo> simulated_programs();

}  // namespace cutaway::sim
