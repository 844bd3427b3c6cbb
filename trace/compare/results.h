// What came out of both runs: exit statuses of commands, output and end of containers.
#pragma once

#include <vector>

#include "trace/compare/collect.h"
#include "trace/compare/compare.h"

namespace cutaway {

/// Rows of level result, in the order of commands, then of containers.
std::vector<CompareRow> compare_results(const Trace& a, const Trace& b, const TraceFacts& facts_a,
                                        const TraceFacts& facts_b);

}  // namespace cutaway
