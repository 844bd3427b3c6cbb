// The text twin: the whole picture at one position in words, what has just happened, what changed,
// and why.
#pragma once

#include <cstddef>
#include <string>

#include "trace/log/trace.h"
#include "viz/scene/ship_from_world.h"

namespace cutaway::viz {

/// 0 ≤ position ≤ trace.size().
[[nodiscard]] std::string explain(const Trace& trace, std::size_t position, int columns = 80,
                                  const PictureOptions& options = {});

}  // namespace cutaway::viz
