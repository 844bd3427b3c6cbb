// Which event the picture of a lesson's page is about, and what a question hides.
#pragma once

#include "viz/panels/ui.h"
#include "viz/player/moment.h"
#include "viz/scene/caption.h"

namespace cutaway::viz {

struct WindowState;

/// The event that the page was found by: a step of the page's size may hold a louder one. Elsewhere
/// the player's own moment.
Moment shown_moment(const WindowState& state);

/// In place of the picture's sentence, while a question waits.
Caption question_caption(const WindowState& state);
/// Over the lanes of the timeline then: those tell what comes.
void hide_future(const Ui& ui, const Rect& timeline);

}  // namespace cutaway::viz
