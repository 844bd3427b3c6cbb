// The text twin of the other views and of the close-ups.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "trace/log/trace.h"
#include "viz/player/look.h"

namespace cutaway::viz {

/// What the window shows of this look, in words. An error: nobody is called so at this moment.
[[nodiscard]] Result<std::string> explain_look(const Trace& trace, std::size_t position,
                                               const Look& look, int columns = 80);

}  // namespace cutaway::viz
