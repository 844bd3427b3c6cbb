#include "viz/player/sights.h"

#include "viz/player/event_class.h"
#include "viz/player/subject.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

void see_home(const World& world, const cutaway::Task& task, Sight& sight) {
  const cutaway::Container* home = home_of(world, task);
  if (home == nullptr) return;
  sight.container = true;
  sight.slot = home->slot;
}

bool has_call(const Player& player, TaskId task) {
  const Moment& moment = player.moment();
  if (moment.focus == kNoEvent) return false;
  const Record& record = player.trace().record(moment.focus);
  return TaskId(record.task) == task && (record.call != 0 || is<Syscall>(record));
}

Sight sight_of_task(const Player& player, const cutaway::Task* task) {
  Sight sight;
  if (task == nullptr) return sight;
  sight.task = task->id;
  sight.call = has_call(player, task->id);
  see_home(player.world(), *task, sight);
  return sight;
}

Sight sight_of_container(const Player& player, const cutaway::Container& container) {
  Sight sight = sight_of_task(player, first_alive(player.world(), container.number));
  sight.container = true;
  sight.slot = container.slot;
  return sight;
}

}  // namespace

Sight acting_sight(const Player& player) {
  const Moment& moment = player.moment();
  if (moment.focus == kNoEvent) return {};
  const TaskId who(player.trace().record(moment.focus).task);
  return sight_of_task(player, player.world().tasks.find(who));
}

Sight sight_of(const Player& player, const std::string& id) {
  const World& world = player.world();
  const Subject subject = subject_of(world, player.moment(), id);
  if (subject.kind == SubjectKind::Happening) return acting_sight(player);
  if (subject.kind == SubjectKind::Task)
    return sight_of_task(player, world.tasks.find(subject.task));
  if (const cutaway::Container* container = world.containers.find(subject.container))
    return sight_of_container(player, *container);
  return {};
}

Sight natural_sight(const Player& player, const Camera& camera, TaskId selected) {
  const World& world = player.world();
  if (const cutaway::Task* task = world.tasks.find(selected)) return sight_of_task(player, task);
  const Sight acts = acting_sight(player);
  // At a container the next level is one of its processes.
  if (camera.at() == Nearness::Container && acts.slot != camera.slot()) {
    for (const cutaway::Container* container : containers_by_slot(world)) {
      if (container->slot == camera.slot()) return sight_of_container(player, *container);
    }
  }
  if (acts.container || acts.task) return acts;
  const auto containers = containers_by_slot(world);
  return containers.empty() ? Sight{} : sight_of_container(player, *containers.back());
}

Closeup closeup_seen(const Player& player, const Camera& camera, const ShipModel& ship) {
  Closeup closeup;
  const World& world = player.world();
  const cutaway::Task* task = world.tasks.find(camera.task());
  if (camera.at() == Nearness::Syscall) {
    const auto now = happening_at(player.trace(), player.position(), player.moment().focus);
    if (now) closeup.syscall = syscall_closeup(world, *now);
  }
  if (!closeup.syscall && camera.at() >= Nearness::Process && task != nullptr)
    closeup.process = process_closeup(world, *task);
  if (closeup.empty() && camera.at() >= Nearness::Container)
    closeup.container = container_closeup(world, ship, camera.slot());
  return closeup;
}

}  // namespace cutaway::viz
