// The picture itself: the ship of this moment with its packet on the way, or a close-up.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "viz/panels/ui.h"
#include "viz/player/camera.h"
#include "viz/scene/closeup_model.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {

/// How the packet of a picture moves. `stations` 0: nothing does.
PacketPlan plan_of(const ShipModel& model);
double motion_seconds(const ShipModel& model);

/// Which of the areas has the focus ring (tokens §10); null: none.
using RingFn = std::function<const HitArea*(const std::vector<HitArea>&)>;
struct PicturePanelState {
  std::vector<HitArea> hits;  ///< of the last frame: what can be pointed at
  RingFn ring;
  double strength = 1;  ///< of the packet: less while it fades in
};

struct PictureShow {
  const ShipModel& model;
  double phase = 1;                    ///< of the packet's motion
  const Camera* camera = nullptr;      ///< none: all of the ship
  const Closeup* closeup = nullptr;    ///< instead of the ship
  PicturePanelState* hands = nullptr;  ///< none: nothing can be pointed at
};
Scene picture_scene(const SceneStyle& style, const Rect& box, const PictureShow& show);

/// What a hand did.
struct PicturePress {
  std::string clicked;  ///< id of what was clicked on ("task:4711"); "none": the ground
  std::string hovered;
  bool twice = false;  ///< clicked twice
  double wheel = 0;    ///< notches, away from the hand positive
  Point drag;
  Point pointer;
};
PicturePress draw_picture_panel(const Ui& ui, const Rect& box, const PictureShow& show);

}  // namespace cutaway::viz
