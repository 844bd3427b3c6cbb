// Moments as files: opened in place of an INPUT, and written.
#pragma once

#include <string>

#include "app/cli/input.h"
#include "app/cli/look_options.h"

namespace cutaway::app {

/// By its name: x.moment.json.
bool is_moment_file(const std::string& what);

/// Runs (or reads) what the moment says, as `input` says it for the rest. Of a seed the command
/// line's counts.
Result<Run> load_moment_file(const InputOptions& input);

/// Theme, size of a step, presenter, and what is looked at: what the command line says, else what
/// the moment says that was opened, else what is usual.
struct StyleOptions {
  std::string theme, step;
  bool presenter = false;
  LookOptions look;
};
void add_style_options(CLI::App& options, StyleOptions& style);
void settle_style(StyleOptions& style, const Run& run);

/// This moment of the run, to be written or told. An error for a real run.
Result<spec::SavedMoment> save_moment(const Run& run, std::size_t position,
                                      const StyleOptions& style);
Status write_moment(const std::string& path, spec::SavedMoment moment);

}  // namespace cutaway::app
