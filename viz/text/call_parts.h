// The parts of a call's way, as the list under the sentence tells them: who asks, through which
// gate, in whose table, with what effect and answer.
#pragma once

#include <vector>

#include "spec/words.h"
#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// A part of the way, and where the packet is then.
struct WayPart {
  Where where = Where::Task;
  CaptionPart part;
};
/// In order; the balloons of the picture have these numbers.
[[nodiscard]] std::vector<WayPart> call_way(const spec::Words& words, const World& world,
                                            const Happening& now);

[[nodiscard]] std::vector<CaptionPart> call_parts(const spec::Words& words, const World& world,
                                                  const Happening& now);

/// The effect that tells most of a call, in words; empty when it changed nothing.
[[nodiscard]] std::string chief_effect(const spec::Words& words, const World& world,
                                       const Happening& now);

}  // namespace cutaway::viz
