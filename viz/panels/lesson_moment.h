// Which event the picture of a lesson's page is about.
#pragma once

#include "viz/player/moment.h"

namespace cutaway::viz {

struct WindowState;

/// The event that the page was found by: a step of the page's size may hold a louder one. Elsewhere
/// the player's own moment.
Moment shown_moment(const WindowState& state);

}  // namespace cutaway::viz
