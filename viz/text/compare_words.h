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

/// "Simulated", "Real"; "Left" and "Right" when both are of one kind.
[[nodiscard]] std::string side_name(const Comparison& comparison, bool left);
/// "virtual clock, Linux 6.12, cgroup v2, 2 cpus".
[[nodiscard]] std::string machine_words(const Trace& trace);
/// The first process inside the newest container, by both of its numbers; empty: there is none.
[[nodiscard]] std::string inner_pid_words(const World& world);
/// "event 12 of 868".
[[nodiscard]] std::string event_place_words(std::size_t position, std::size_t count);

/// "97.5 %" of 975000.
[[nodiscard]] std::string percent(std::int64_t ppm);

}  // namespace cutaway::viz
