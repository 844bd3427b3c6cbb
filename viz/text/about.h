// The inspector in words: one thing of the picture, what is known of it, and why.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trace/log/trace.h"

namespace cutaway::viz {

/// `id`: as the picture calls it ("node:web/mnt", "task:4711"); 0 ≤ position ≤ trace.size(). An id
/// that stands for nothing there is an error that names those that stand for something.
[[nodiscard]] Result<std::string> explain_about(const Trace& trace, std::size_t position,
                                                std::string_view id, int columns = 80);

/// The ids of all that can be pointed at in the picture, in reading order.
[[nodiscard]] std::vector<std::string> ids_in_picture(const Trace& trace, std::size_t position);

}  // namespace cutaway::viz
