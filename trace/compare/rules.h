// Why two calls differ: a table of rules, tried in order; the first that applies has its say.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "trace/compare/align.h"
#include "trace/compare/compare.h"

namespace cutaway {

/// One pair of calls, and what is known of both sides.
struct Difference {
  CallPair pair;
  const TraceFacts& facts_a;
  const TraceFacts& facts_b;

  bool alone() const { return pair.a == nullptr || pair.b == nullptr; }
  const CollectedCall& any() const { return pair.a != nullptr ? *pair.a : *pair.b; }
  bool same_arguments() const;  ///< both are there, and ask for the same
  bool same_result() const;
};

struct Explanation {
  RowStatus status = RowStatus::Matched;
  RowClass row_class = RowClass::None;
  std::string why;
  std::map<std::string, std::string> values;
};

/// Status and class of a pair.
Explanation explain_pair(const Difference& difference);

/// "compare.<name>"
std::string why_key(std::string_view name);

}  // namespace cutaway
