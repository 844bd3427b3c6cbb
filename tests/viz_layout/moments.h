// The bundled scenarios, simulated, and the moments of each at which the picture is looked at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/scene/ship_from_world.h"

namespace cutaway::viz {

[[nodiscard]] std::vector<std::string> scenario_ids();
/// The same without those that each hold one measured fact (ext-01 …): they differ from others in
/// what docker answers, not in what is to be drawn.
[[nodiscard]] std::vector<std::string> telling_ids();
// Simulated once for each id.
[[nodiscard]] const Trace& trace_of(const std::string& id);
// Each beat's end, and thirty more, evenly spaced; ascending.
[[nodiscard]] std::vector<std::size_t> moments_of(const Trace& trace, std::size_t spaced = 30);
// As the window asks for it.
[[nodiscard]] PictureOptions options_of(const Trace& trace, bool large_engine = false);
// Letters and digits only: a name for a test.
[[nodiscard]] std::string plain(std::string name);

}  // namespace cutaway::viz
