// Verbs that have verbs of their own (scenario list, lesson check …).
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "app/cli/verbs.h"

namespace cutaway::app {

/// parse_options, for an App with subcommands: a first word that is none of them is refused with
/// the nearest one.
std::optional<int> parse_subcommand(CLI::App& options, const Invocation& invocation);

}  // namespace cutaway::app
