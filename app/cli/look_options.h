// --view, --near, --of, --beside: what of a moment is looked at.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/result.h"
#include "trace/log/trace.h"
#include "viz/text.h"

namespace cutaway::app {

struct LookOptions {
  std::string view, near, of, beside;  ///< empty: as usual
  double later = 0;                    ///< seconds
};
void add_look_options(CLI::App& options, LookOptions& look);
/// The look that was asked for; an error names what is not there at this position.
Result<viz::Look> look_at(const LookOptions& options, const Trace& trace, std::size_t position);

}  // namespace cutaway::app
