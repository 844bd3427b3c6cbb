#include "sim/session/history.h"

#include <utility>

#include "base/text.h"

namespace cutaway::sim {

namespace {

/// Events between two checkpoints: some 50 ms of simulating.
constexpr std::size_t kSpacing = 32'768;
/// So far back all of them are kept: some 2,000 commands.
constexpr std::size_t kNear = 3'000'000;

}  // namespace

bool History::Asked::is_command() const {
  return until < 0 && !change &&
         (command.kind == SideCommand::Kind::Docker || command.kind == SideCommand::Kind::Host);
}

void History::note_command(const Simulation& now, const SideCommand& command, Submit how) {
  Asked asked;
  asked.steps = now.steps();
  asked.how = how;
  asked.command = command;
  asked_.push_back(std::move(asked));
}

void History::note_pause(const Simulation& now, std::int64_t until) {
  Asked asked;
  asked.steps = now.steps();
  asked.until = until;
  asked_.push_back(std::move(asked));
}

void History::note_change(const Simulation& now, Change change) {
  Asked asked;
  asked.steps = now.steps();
  asked.change = std::move(change);
  asked_.push_back(std::move(asked));
}

void History::repeat(Simulation& simulation, const Asked& asked) {
  while (simulation.steps() < asked.steps) CHECK(simulation.step());
  if (asked.change) return asked.change(simulation);
  if (asked.until >= 0) {
    simulation.advance_to(asked.until);
    return;
  }
  const auto index = (simulation.*asked.how)(asked.command);
  CHECK(index.has_value());  // it was taken the first time
}

void History::keep_checkpoint(const Simulation& now) {
  const std::size_t events = now.trace.size();
  const std::size_t last = kept_.empty() ? 0 : kept_.back().checkpoint.trace.events;
  if (events < last + kSpacing) return;
  auto checkpoint = now.checkpoint();
  if (!checkpoint) return;
  kept_.push_back({asked_.size(), std::move(*checkpoint)});
  thin_out(events);
}

/// Far back every second one is enough, still farther every fourth …: what is taken back is mostly
/// the last thing.
void History::thin_out(std::size_t events) {
  std::vector<Kept> left;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    const std::size_t at = kept_[i].checkpoint.trace.events;
    std::size_t spacing = kSpacing;
    for (std::size_t age = kNear; age < events - at; age *= 2) spacing *= 2;
    const bool last = i + 1 == kept_.size();
    const bool near = !left.empty() && at - left.back().checkpoint.trace.events < spacing;
    if (last || !near) left.push_back(std::move(kept_[i]));
  }
  kept_ = std::move(left);
}

Status History::take_back(std::size_t commands, const SimulatorOptions& options,
                          std::unique_ptr<Simulation>& now) {
  std::size_t asked = asked_.size();
  for (std::size_t left = commands; left > 0; --left) {
    while (asked > 0 && !asked_[asked - 1].is_command()) --asked;
    if (asked == 0) {
      return fail(ErrorCode::Failed,
                  "undo " + decimal(static_cast<std::int64_t>(commands)) + ": only " +
                      decimal(static_cast<std::int64_t>(commands - left)) + " commands were typed");
    }
    --asked;
  }
  if (asked == asked_.size()) return {};
  const std::uint64_t steps = asked_[asked].steps;
  asked_.resize(asked);
  while (!kept_.empty() && kept_.back().asked > asked) kept_.pop_back();
  std::size_t done = 0;
  if (kept_.empty()) {
    SimulatorOptions fresh = options;
    fresh.pause_at.reset();
    now = std::make_unique<Simulation>(fresh);
  } else {
    now->pause_at(std::nullopt);
    now->back_to(kept_.back().checkpoint);
    done = kept_.back().asked;
  }
  for (; done < asked_.size(); ++done) repeat(*now, asked_[done]);
  while (now->steps() < steps) CHECK(now->step());
  return {};
}

}  // namespace cutaway::sim
