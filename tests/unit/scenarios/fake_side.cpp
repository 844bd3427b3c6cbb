#include "tests/unit/scenarios/fake_side.h"

#include <utility>

namespace cutaway {

Event event_at(std::int64_t t, Body body) {
  Event event;
  event.stamp.t = t;
  event.body = std::move(body);
  return event;
}

FakeSide::FakeSide(SideKind kind) : kind_(kind) { happen(Snapshot{std::make_shared<World>()}); }

void FakeSide::happen(Body body) { log.append(event_at(now, std::move(body))); }

Result<std::size_t> FakeSide::submit(const SideCommand& command) {
  if (command.line == "refused") return fail(ErrorCode::NotYet, "that");
  submitted.push_back(command);
  CommandState state;
  state.name = command.name;
  state.line = (command.kind == SideCommand::Kind::Docker ? "docker " : "") + command.line;
  state.t0 = now;
  states_.push_back(state);
  return states_.size() - 1;
}

Status FakeSide::run_until_done(std::size_t index) {
  CommandState& state = states_.at(index);
  if (state.line == "docker forever")
    return fail(ErrorCode::Failed, "the command waits for something that never comes");
  now += 1'000'000'000;
  state.t1 = now;
  state.done = true;
  const auto play = plays.find(submitted.at(index).line);
  if (play != plays.end()) play->second(*this, state);
  return {};
}

bool FakeSide::next_pending() {
  if (pending.empty()) return false;
  now = pending.front().stamp.t;
  log.append(pending.front());
  pending.pop_front();
  return true;
}

Status FakeSide::run_for(std::int64_t ns) {
  const std::int64_t until = now + ns;
  while (!pending.empty() && pending.front().stamp.t <= until) next_pending();
  now = until;
  return {};
}

Result<bool> FakeSide::run_some(std::size_t events) {
  for (std::size_t i = 0; i < events; ++i) {
    if (!next_pending()) return false;
  }
  return true;
}

}  // namespace cutaway
