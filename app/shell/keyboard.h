// Our terminal, lent to a simulated program: each key goes on as it is typed.
#pragma once

#include "app/shell/session.h"

namespace cutaway::app {

/// Keys go to the program in front until it ends, Ctrl-] is typed, or our stdin ends. Time passes
/// in the simulation as it does here.
Status lend_keyboard(ShellSession& session);

}  // namespace cutaway::app
