// What can be saved, to be chosen from; and a line that says what is being saved, or was.
#pragma once

#include "viz/panels/ui.h"
#include "viz/panels/window.h"

namespace cutaway::viz {

/// Above the picture, while it is open. The rest of the window goes on.
void draw_export_overlay(const Ui& ui, const Rect& picture, WindowState& state);

/// A film on its way, with Cancel; else what the notice says.
void draw_notice(const Ui& ui, const Rect& picture, WindowState& state);

/// A key while the choice is open: 1 to 5 choose, arrows change the range. False: not ours.
bool apply_export_action(WindowState& state, Action action);

/// The line that reopens this moment goes to the clipboard.
void copy_moment(WindowState& state);
/// This moment as a document. An error: it cannot be come back to (a real run, a future that was
/// typed here).
Result<spec::SavedMoment> moment_of_window(const WindowState& state);

}  // namespace cutaway::viz
