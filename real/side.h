// Front door of the real side: docker's commands performed on this Linux, and, when asked for,
// every system call of the containers as a trace.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "real/control.h"
#include "spec/docker_line.h"
#include "spec/plan/plan.h"
#include "spec/scenario.h"
#include "trace/event/header.h"
#include "trace/log/trace.h"
#include "trace/scenario_side.h"

namespace cutaway::real {

struct RealOptions {
  std::string state;                  ///< folder; empty: default_state_folder()
  bool own_state = false;             ///< a fresh folder below it, which goes with the side
  bool trace = true;                  ///< false: nothing is traced, and nothing slowed
  bool pass_on = false;               ///< output also goes to our own stdout and stderr at once
  std::string scenario;               ///< id for the header; may be empty
  std::vector<std::string> commands;  ///< for the header
  std::vector<spec::ScenarioImage> images;  ///< on the hub beside the bundled ones
  /// Stops the run here and there; outlives the side.
  RunControl* control = nullptr;
  /// Called once, when the trace is whole and before the side goes.
  std::function<void()> over;
};

class RealSide : public ScenarioSide {
 public:
  static Result<std::unique_ptr<RealSide>> make(RealOptions options);
  ~RealSide() override;

  SideKind kind() const override { return SideKind::Real; }
  Capabilities capabilities() const override;
  Result<std::size_t> submit(const SideCommand& command) override;
  Result<std::size_t> submit_in_background(const SideCommand& command) override;
  const CommandState& command(std::size_t index) const override;
  Status run_until_done(std::size_t index) override;
  Status run_for(std::int64_t ns) override;
  Result<bool> run_some(std::size_t events) override;
  const Trace& trace() const override;
  std::int64_t elapsed() const override;

  /// A docker command beside the one that runs: from any thread, until `RealOptions::over` is
  /// called. Its exit status; an Error, told in the trace as well: what it is about is none of
  /// ours, or the command is none that is done so. Only update and kill, of one container.
  Result<int> beside(const std::vector<std::string>& words);

  /// The last word of the trace; containers that still run are watched by a process of their own
  /// from here on.
  void finish() override;
  Trace take_trace() override;
  /// Shows the trace while the run goes on; from any thread, until take_trace.
  void look(const std::function<void(const Trace&)>& f) const override;

 private:
  struct Impl;
  explicit RealSide(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Who starts containers here without root; none: root does.
std::optional<spec::PlainUser> plain_user();
/// Empty, or what of a command only root can do here: "limit memory without root: …".
std::string only_root(const spec::Command& command);

/// This computer, as a simulated machine can be like it.
Result<cutaway::Machine> host_machine();

/// `cutaway prune`: ends every process, and removes every cgroup, mount and folder that the real
/// side made under this state folder (empty: the default one). One line for each thing removed.
Result<std::vector<std::string>> prune(const std::string& state);

}  // namespace cutaway::real
