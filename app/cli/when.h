// At which moment of a trace a verb looks: --at N, --at last, --at-first PRED.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "app/cli/input.h"

namespace cutaway::app {

struct WhenOptions {
  std::string at;        ///< a number, "last", or empty: the verb's own usual place
  std::string at_first;  ///< a PRED or an EV: the first moment of which it holds
};
void add_when_options(CLI::App& options, WhenOptions& when);

/// How many events have happened at that moment. When nothing was said: that of a moment's file
/// that was opened, else `usual`, else the end.
Result<std::size_t> moment_of(const WhenOptions& when, const Run& run,
                              std::optional<std::size_t> usual = std::nullopt);

}  // namespace cutaway::app
