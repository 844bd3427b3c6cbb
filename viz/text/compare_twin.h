// The text twin of two runs side by side: what each picture shows at one row, what differs there
// and why, and the sums.
#pragma once

#include <string>

#include "base/result.h"
#include "viz/player/compare_list.h"
#include "viz/player/look.h"

namespace cutaway::viz {

/// `line`: of the list. `near`: how near both look. An error: there is nothing to be seen from
/// there.
[[nodiscard]] Result<std::string> explain_compared(const Trace& a, const Trace& b,
                                                   const Comparison& comparison,
                                                   const CompareList& list, std::size_t line,
                                                   Nearness near = Nearness::Deck,
                                                   int columns = 80);

}  // namespace cutaway::viz
