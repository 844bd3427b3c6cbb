// Our terminal, lent to a simulated program: each key goes on as it is typed.
#pragma once

#include <string>

#include "app/shell/session.h"

namespace cutaway::app {

/// Keys go to the program in front until it ends, Ctrl-] is typed, or our stdin ends. Time passes
/// in the simulation as it does here.
Status lend_keyboard(ShellSession& session);

/// A line that was typed: for the program in front, if it has the keyboard, else for the session. A
/// person's keyboard is lent to the program that the line has started.
Status take_line(ShellSession& session, const std::string& line, bool person);

}  // namespace cutaway::app
