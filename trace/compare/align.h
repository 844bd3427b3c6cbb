// Pairs the calls of one step of one task on both sides. The order within a step is free.
#pragma once

#include <vector>

#include "trace/compare/collect.h"

namespace cutaway {

/// Either may be null: the other side has no such call.
struct CallPair {
  const CollectedCall* a = nullptr;
  const CollectedCall* b = nullptr;
};

using CallList = std::vector<const CollectedCall*>;

/// In the order of `a`; what only `b` has stands behind what came before it there.
std::vector<CallPair> pair_calls(const CallList& a, const CallList& b);

/// All arguments may be the same.
bool same_arguments(const NormalCall& a, const NormalCall& b);

}  // namespace cutaway
