#include "viz/panels/window_camera.h"

#include "base/text.h"
#include "viz/player/sights.h"

namespace cutaway::viz {

Sight natural_sight(const WindowState& state) {
  return natural_sight(state.player, state.camera, state.inspector.selected.task);
}

void camera_follows(WindowState& state) {
  const Camera& camera = state.camera;
  const bool pinned = camera.at() >= Nearness::Process && camera.task() &&
                      camera.task() == state.inspector.selected.task;
  state.camera.follow(acting_sight(state.player), pinned);
}

Closeup closeup_now(const WindowState& state) {
  return closeup_seen(state.player, state.camera, state.view.ship);
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
  state.later_ns = look.later_ns;
  state.later_at = state.player.position();
  state.stage.view = look.view;
  if (!look.of.empty()) state.stage.left = sight.slot;
  state.stage.right = beside.slot;
  state.camera = Camera();
  state.camera.look_at(look.near, sight);
  state.camera.settle();
  return {};
}

void move_camera(Camera& camera, const Player& player, const PicturePress& press, const Rect& box) {
  if (press.drag.x != 0 || press.drag.y != 0) camera.drag(press.drag, box);
  const Sight over = sight_of(player, press.hovered);
  if (press.wheel != 0) camera.wheel(press.wheel, press.pointer, box, over);
  if (!press.twice) return;
  if (press.hovered == "packet" && over.task) return camera.look_at(Nearness::Syscall, over);
  if (starts_with(press.hovered, "task:")) return camera.look_at(Nearness::Process, over);
  if (over.container) camera.look_at(Nearness::Container, over);
}

void take_hand(WindowState& state, const PicturePress& press, const Rect& box) {
  move_camera(state.camera, state.player, press, box);
}

}  // namespace cutaway::viz
