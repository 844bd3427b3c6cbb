// A comparison's rows in words.
#pragma once

#include <string>

#include "spec/words.h"
#include "trace/compare/compare.h"

namespace cutaway::viz {

/// The sentence that explains a row; empty for a row without a difference.
[[nodiscard]] std::string why_words(const spec::Words& words, const CompareRow& row);
/// The same in one or two words: "start-up", "simulator wrong".
[[nodiscard]] std::string why_label(const spec::Words& words, const CompareRow& row);
/// "=", "≈" (differs, and a rule says why), "≠", "←" (only on the left), "→".
[[nodiscard]] std::string_view status_sign(const CompareRow& row);

/// "97.5 %" of 975000.
[[nodiscard]] std::string percent(std::int64_t ppm);

}  // namespace cutaway::viz
