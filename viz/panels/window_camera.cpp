#include "viz/panels/window_camera.h"

#include "base/text.h"
#include "viz/player/event_class.h"
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

bool has_call(const WindowState& state, TaskId task) {
  const Moment& moment = state.player.moment();
  if (moment.focus == kNoEvent) return false;
  const Record& record = state.player.trace().record(moment.focus);
  return TaskId(record.task) == task && (record.call != 0 || is<Syscall>(record));
}

Sight sight_of_task(const WindowState& state, const cutaway::Task* task) {
  Sight sight;
  if (task == nullptr) return sight;
  sight.task = task->id;
  sight.call = has_call(state, task->id);
  see_home(state.player.world(), *task, sight);
  return sight;
}

Sight acting_sight(const WindowState& state) {
  const Moment& moment = state.player.moment();
  if (moment.focus == kNoEvent) return {};
  const TaskId who(state.player.trace().record(moment.focus).task);
  return sight_of_task(state, state.player.world().tasks.find(who));
}

/// "node:web/mnt" → "web".
std::string name_in(const std::string& id) {
  const std::size_t colon = id.find(':');
  if (colon == std::string::npos) return id.substr(0, id.find('/'));
  const std::string rest = id.substr(colon + 1);
  return rest.substr(0, rest.find('/'));
}

Sight sight_of_container(const WindowState& state, const cutaway::Container& container) {
  Sight sight = sight_of_task(state, first_alive(state.player.world(), container.number));
  sight.container = true;
  sight.slot = container.slot;
  return sight;
}

}  // namespace

Sight sight_of(const WindowState& state, const std::string& id) {
  const World& world = state.player.world();
  if (id == "packet") return acting_sight(state);
  std::int64_t pid = 0;
  if (starts_with(id, "task:") && parse_decimal(std::string_view(id).substr(5), pid)) {
    return sight_of_task(
        state, world.tasks.first([pid](const cutaway::Task& each) { return each.pid() == pid; }));
  }
  const std::string name = name_in(id);
  for (const cutaway::Container* container : containers_by_slot(world)) {
    if (container_name(world, *container) == name) return sight_of_container(state, *container);
  }
  return {};
}

Sight natural_sight(const WindowState& state) {
  const World& world = state.player.world();
  if (const cutaway::Task* task = world.tasks.find(state.inspector.selected.task))
    return sight_of_task(state, task);
  const Sight acts = acting_sight(state);
  const Camera& camera = state.camera;
  // At a container the next level is one of its processes.
  if (camera.at() == Nearness::Container && acts.slot != camera.slot()) {
    for (const cutaway::Container* container : containers_by_slot(world)) {
      if (container->slot == camera.slot()) return sight_of_container(state, *container);
    }
  }
  if (acts.container || acts.task) return acts;
  const auto containers = containers_by_slot(world);
  return containers.empty() ? Sight{} : sight_of_container(state, *containers.back());
}

void camera_follows(WindowState& state) {
  const Camera& camera = state.camera;
  const bool pinned = camera.at() >= Nearness::Process && camera.task() &&
                      camera.task() == state.inspector.selected.task;
  state.camera.follow(acting_sight(state), pinned);
}

Closeup closeup_now(const WindowState& state) {
  Closeup closeup;
  const Player& player = state.player;
  const World& world = player.world();
  const Camera& camera = state.camera;
  const cutaway::Task* task = world.tasks.find(camera.task());
  if (camera.at() == Nearness::Syscall) {
    const auto now = happening_at(player.trace(), player.position(), player.moment().focus);
    if (now) closeup.syscall = syscall_closeup(world, *now);
  }
  if (!closeup.syscall && camera.at() >= Nearness::Process && task != nullptr)
    closeup.process = process_closeup(world, *task);
  if (closeup.empty() && camera.at() >= Nearness::Container)
    closeup.container = container_closeup(world, state.view.ship, camera.slot());
  return closeup;
}

Status apply_look(WindowState& state, const Look& look) {
  const World& world = state.player.world();
  Sight sight = natural_sight(state);
  if (!look.of.empty()) {
    TRY_ASSIGN(sight, sight_named(world, look.of));
  }
  Sight beside;
  if (!look.beside.empty()) {
    TRY_ASSIGN(beside, sight_named(world, look.beside));
  }
  state.stage.view = look.view;
  if (!look.of.empty()) state.stage.left = sight.slot;
  state.stage.right = beside.slot;
  state.camera = Camera();
  state.camera.look_at(look.near, sight);
  state.camera.settle();
  return {};
}

void take_hand(WindowState& state, const PicturePress& press, const Rect& box) {
  Camera& camera = state.camera;
  if (press.drag.x != 0 || press.drag.y != 0) camera.drag(press.drag, box);
  const Sight over = sight_of(state, press.hovered);
  if (press.wheel != 0) camera.wheel(press.wheel, press.pointer, box, over);
  if (!press.twice) return;
  if (press.hovered == "packet" && over.task) return camera.look_at(Nearness::Syscall, over);
  if (starts_with(press.hovered, "task:")) return camera.look_at(Nearness::Process, over);
  if (over.container) camera.look_at(Nearness::Container, over);
}

}  // namespace cutaway::viz
