// The camera of the window: what can be looked at from near, and what keys and hand do with it.
#pragma once

#include <string>

#include "viz/panels/picture_panel.h"
#include "viz/panels/window.h"

namespace cutaway::viz {

/// Whom a key means: the selected task, else who acts, else the newest container.
Sight natural_sight(const WindowState& state);

/// After each change of the moment.
void camera_follows(WindowState& state);
/// What the camera sees at this moment; empty on the levels of the ship.
Closeup closeup_now(const WindowState& state);
/// What a hand did in a picture of this player's moment.
void move_camera(Camera& camera, const Player& player, const PicturePress& press, const Rect& box);
void take_hand(WindowState& state, const PicturePress& press, const Rect& box);

}  // namespace cutaway::viz
