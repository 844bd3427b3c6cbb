#include "sim/simulator.h"

#include <utility>

#include "base/text.h"
#include "sim/programs/programs.h"
#include "sim/registry/bundled.h"
#include "sim/session/history.h"
#include "sim/session/simulation.h"

namespace cutaway::sim {

struct Simulator::Impl {
  explicit Impl(const SimulatorOptions& given)
      : options(given), now(std::make_unique<Simulation>(given)) {
    now->settle();
  }

  /// Takes a command, and remembers it.
  Result<std::size_t> take(const SideCommand& command, History::Submit how) {
    history.keep_checkpoint(*now);
    history.note_command(*now, command, how);
    auto index = ((*now).*how)(command);
    if (!index) history.forget_last();
    return index;
  }
  /// Lets the clock run on, and remembers that.
  void advance_to(std::int64_t t) {
    history.note_pause(*now, t);
    now->advance_to(t);
  }

  SimulatorOptions options;
  std::unique_ptr<Simulation> now;
  History history;
};

SimulatorOptions simulator_options(const spec::Scenario& scenario) {
  SimulatorOptions options;
  options.machine = scenario.machine;
  options.seed = scenario.seed;
  options.scenario = scenario.id;
  options.images = scenario.images;
  for (const spec::Item& item : scenario.items) {
    if (const auto* docker = std::get_if<spec::DockerItem>(&item.body)) {
      options.commands.push_back("docker " + docker->line);
    }
    if (const auto* host = std::get_if<spec::HostItem>(&item.body))
      options.commands.push_back(host->line);
  }
  return options;
}

Simulator::Simulator(const SimulatorOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Simulator::~Simulator() = default;

Capabilities Simulator::capabilities() const { return {true, true, false}; }

Status Simulator::move_tag(std::string_view tag, std::string_view to) {
  const std::string from(tag), target(to);
  if (!impl_->now->hub.move_tag(from, target))
    return fail(ErrorCode::Failed, "the hub has no image " + target);
  impl_->history.note_change(
      *impl_->now, [from, target](Simulation& again) { CHECK(again.hub.move_tag(from, target)); });
  return {};
}

Status Simulator::run_litmus(const std::string& program) {
  Simulation& now = *impl_->now;
  TRY(now.start_litmus(program));
  impl_->history.note_change(
      now, [program](Simulation& again) { CHECK(again.start_litmus(program).has_value()); });
  while (!now.silent() && now.step()) {
  }
  return {};
}

Status Simulator::set_faults(const std::vector<SideFault>& faults) {
  impl_->now->set_faults(faults);
  impl_->history.note_change(*impl_->now,
                             [faults](Simulation& again) { again.set_faults(faults); });
  return {};
}

Result<std::size_t> Simulator::submit(const SideCommand& command) {
  return impl_->take(command, &Simulation::submit);
}

Result<std::size_t> Simulator::submit_beside(const SideCommand& command) {
  return impl_->take(command, &Simulation::submit_beside);
}

Result<std::size_t> Simulator::submit_in_background(const SideCommand& command) {
  return impl_->take(command, &Simulation::submit_in_background);
}

bool Simulator::busy() const { return impl_->now->book.busy(); }

const CommandState& Simulator::command(std::size_t index) const {
  return impl_->now->book.state(index);
}

bool Simulator::only_computes() const { return impl_->now->silent(); }
std::int64_t Simulator::now() const { return impl_->now->kernel.now(); }
std::int64_t Simulator::next_time() const { return impl_->now->kernel.next_time(); }

std::size_t Simulator::commands() const { return impl_->now->book.size(); }

std::size_t Simulator::checkpoints() const { return impl_->history.checkpoints(); }

Status Simulator::undo(std::size_t commands) {
  return impl_->history.take_back(commands, impl_->options, impl_->now);
}

Status Simulator::run_until_done(std::size_t index) {
  Simulation& now = *impl_->now;
  while (!now.book.state(index).done) {
    if (!now.silent() && now.step()) continue;
    if (now.paused()) return fail(ErrorCode::Failed, "the simulation stands still, as asked");
    if (now.endless() || now.silent())
      return fail(ErrorCode::Failed, "the simulation was stopped: it goes on and on, " +
                                         decimal(static_cast<std::int64_t>(now.trace.size())) +
                                         " events so far");
    return fail(ErrorCode::Failed,
                "the command waits for something that never comes: " + now.book.state(index).line);
  }
  return {};
}

Status Simulator::run_for(std::int64_t ns) {
  Simulation& now = *impl_->now;
  const std::int64_t until = now.kernel.now() + ns;
  while (now.kernel.next_time() >= 0 && now.kernel.next_time() <= until && now.step()) {
  }
  if (!now.paused() && !now.endless()) impl_->advance_to(until);
  return {};
}

Result<bool> Simulator::run_some(std::size_t events) {
  const std::size_t until = impl_->now->trace.size() + events;
  while (impl_->now->trace.size() < until) {
    if (impl_->now->silent() || !impl_->now->step()) return false;
  }
  return true;
}

const Trace& Simulator::trace() const { return impl_->now->trace; }
void Simulator::resume(std::optional<std::size_t> pause_at) { impl_->now->pause_at(pause_at); }
Trace Simulator::take_trace() { return std::move(impl_->now->trace); }

std::optional<spec::ImageConfig> bundled_image_config(const std::string& ref) {
  for (const ImageSource& image : bundled_images()) {
    if (image.ref == ref) return image.config;
  }
  return std::nullopt;
}

std::vector<ProgramInfo> simulated_programs() {
  std::vector<ProgramInfo> programs;
  const ProgramTable table = default_programs();
  for (const ProgramRow& row : table.rows())
    programs.push_back({std::string(row.name), std::string(row.says)});
  return programs;
}

}  // namespace cutaway::sim
