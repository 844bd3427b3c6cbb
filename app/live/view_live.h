// The picture of a real run while it goes on: a privileged agent performs and traces, this process
// draws and has no rights.
#pragma once

#include "app/cli/input.h"
#include "app/gui/gui.h"
#include "app/live/session.h"

namespace cutaway::app {

struct LiveView {
  InputOptions input;  ///< what is to be run; nothing: somebody else's run is watched
  LiveChoice live;
  GuiOptions gui;
};

/// Returns the exit status.
int view_live(LiveView view, const Invocation& invocation);

}  // namespace cutaway::app
