// CLI11 behind one function, so that every verb refuses bad arguments with one clear line and
// status 2.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "app/cli/verbs.h"

namespace cutaway::app {

/// Parses our own options. A value: the verb is done (help was printed, or an error), with that
/// status.
std::optional<int> parse_options(CLI::App& options, const Invocation& invocation);

}  // namespace cutaway::app
