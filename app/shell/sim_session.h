// A session in the simulator: its past can be taken back, and it can have several futures.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/shell/session.h"
#include "base/json.h"
#include "sim/simulator.h"
#include "spec/scenario.h"

namespace cutaway::app {

/// What somebody did: a line, keys, a signal, or letting time pass.
struct ShellStep {
  SideCommand command;
  bool background = false;
  std::int64_t wait_ns = 0;  ///< above 0: nothing but this
  bool is_command() const;
};

/// A session's steps as a scenario's document, and a scenario as steps. An error: it has items that
/// a session knows nothing of.
Json steps_items(const std::vector<ShellStep>& steps);
std::string steps_to_json(const std::vector<ShellStep>& steps, const Machine& machine,
                          std::uint64_t seed, const std::string& id);
Result<std::vector<ShellStep>> steps_of(const spec::Scenario& scenario);

class SimSession : public ShellSession {
 public:
  /// What is done to a machine before anybody types at it.
  using Begin = std::function<void(sim::Simulator&)>;
  SimSession(sim::SimulatorOptions options, Print print, Begin begin = {});

  std::string prompt() const override;
  const Trace& trace() const override { return now().simulator->trace(); }
  Status run(const SideCommand& command) override;
  bool keyboard_taken() const override;
  Status keys(std::string_view bytes) override;
  Status pass(std::int64_t ns) override;
  Status interrupt() override;
  Status undo(std::size_t commands) override;
  Status redo(std::size_t commands) override;
  Status fork(const std::string& name) override;
  Status switch_to(const std::string& name) override;
  Status save(const std::string& path) override;
  Status load(const std::string& path) override;

  std::vector<std::string> futures() const override;

  /// What was done since, as items of a scenario's "do".
  Json items_json() const;

 private:
  /// One way on from the beginning.
  struct Future {
    std::unique_ptr<sim::Simulator> simulator;
    std::vector<ShellStep> steps, undone;
    std::string terminal = "1";
    std::map<std::string, std::size_t> in_front;  ///< by terminal: the command that was typed last
    std::vector<std::size_t> beside;              ///< those without a terminal that went on
    std::map<std::size_t, std::size_t> shown;     ///< by command: how much of its screen was shown
  };
  Future& now() { return futures_.at(future_); }
  const Future& now() const { return futures_.at(future_); }
  Result<Future> future_of(const std::vector<ShellStep>& steps) const;
  Status perform(const ShellStep& step);
  Status submit(const ShellStep& step);
  Status signal(std::size_t index);
  Status let_it_react();
  Status let_it_end(std::size_t index);
  std::optional<std::size_t> still_running();
  void note_wait(std::int64_t ns);
  void show_screen(std::size_t index);

  std::unique_ptr<sim::Simulator> fresh() const;

  sim::SimulatorOptions options_;
  Begin begin_;
  std::map<std::string, Future> futures_;
  std::string future_ = "main";
};

}  // namespace cutaway::app
