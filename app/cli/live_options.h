// --live and --break of the verbs that run something for real.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/live/session.h"

namespace cutaway::app {

/// --live [SOCKET].
void add_live_option(CLI::App& options, LiveChoice& choice, const std::string& says);
void add_break_option(CLI::App& options, LiveChoice& choice);

/// Does this name a socket (and not what is to be run)? A path, or what ends in .sock.
bool looks_like_socket(const std::string& text);
/// After parsing: `--live run-echo` names what is to be run, when nothing else does. An error: what
/// is named cannot be run, so not watched or stopped either.
Status settle_live(const CLI::App& options, LiveChoice& choice, std::string& what);

}  // namespace cutaway::app
