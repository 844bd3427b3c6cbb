// What the camera can look at from near: by a mark of the picture, by who acts, by who is selected.
#pragma once

#include <string>

#include "viz/player/camera.h"
#include "viz/player/player.h"
#include "viz/scene/closeup_model.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

/// Of a mark's id: "task:4711", "node:web/mnt", "packet"; empty when that is nobody's.
Sight sight_of(const Player& player, const std::string& id);
/// Who does something at this moment.
Sight acting_sight(const Player& player);
/// For who asks by keyboard: the selected process, who acts, or the newest container.
Sight natural_sight(const Player& player, const Camera& camera, TaskId selected);
/// What the camera sees; empty: the ship.
Closeup closeup_seen(const Player& player, const Camera& camera, const ShipModel& ship);

}  // namespace cutaway::viz
