#include "viz/panels/change_actions.h"

#include "spec/words.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

/// The container in whose colour the picture speaks now, when none was chosen.
void choose_container(WindowState& state) {
  const SubjectKind kind = state.inspector.selected.kind;
  if (kind == SubjectKind::Container || kind == SubjectKind::Cgroup) return;
  const World& world = state.player.world();
  for (const cutaway::Container* box : containers_by_slot(world)) {
    if (box->state != ContainerState::Running && box->state != ContainerState::Paused) continue;
    select(state,
           subject_of(world, state.player.moment(), "container:" + container_name(world, *box)));
    look(state);
    return;
  }
}

}  // namespace

bool apply_change_action(WindowState& state, Action action) {
  ChangeHand& hand = state.inspector.hand;
  const bool chooses = action == Action::NextControl || action == Action::PreviousControl;
  const bool moves = action == Action::LimitLess || action == Action::LimitMore;
  if (!chooses && !moves && action != Action::DoChange) return false;
  if (chooses) choose_container(state);
  look(state);
  if (!state.view.changeable || !change_rules(state).why_not.empty()) return true;
  const Changeable& what = *state.view.changeable;
  if (chooses) hand.step(what, action == Action::NextControl);
  if (moves) hand.move(what, action == Action::LimitMore);
  if (action == Action::DoChange) {
    if (const auto ask = hand.take(what, state.live.has_value())) apply_change(state, *ask);
  }
  return true;
}

ChangeRules change_rules(const WindowState& state) {
  const auto words = [](std::string_view key) { return spec::Words::of()[key].what; };
  const bool at_the_end = state.player.position() == state.player.count();
  if (state.live) {
    if (state.live->over) return {ChangeWay::Live, words("change.over")};
    return {ChangeWay::Live, at_the_end ? std::string() : words("change.past")};
  }
  if (!state.fork.possible) return {ChangeWay::Fork, words("change.recording")};
  return {at_the_end ? ChangeWay::GoesOn : ChangeWay::Fork, {}};
}

void apply_change(WindowState& state, const ChangeAsk& ask) {
  if (state.live)
    state.live->changes.push_back(ask);
  else
    state.fork.ask = ForkAsk{docker_line(ask)};
}

}  // namespace cutaway::viz
