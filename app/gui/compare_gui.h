// The window of two runs.
#pragma once

#include <optional>

#include "base/result.h"
#include "viz/window.h"

namespace cutaway::app {

/// What the command line says; all else is as it was left last time.
struct CompareGuiOptions {
  std::optional<viz::ThemeChoice> theme;
  std::optional<bool> rows;
  bool fresh = false;  ///< nothing is as it was last time
};

/// Shows both runs until the window is closed. Without a display: an error, "no display: …".
Status run_compare_gui(viz::CompareWindowState& state, const CompareGuiOptions& options);

}  // namespace cutaway::app
