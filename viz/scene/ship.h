// The ship: the four decks of one machine, as a Scene. A pure function of what is to be drawn.
//
//   Scene picture = ship_scene(model, {kDark, FontMetrics::bundled()}, {276, 42, 1040, 630});
#pragma once

#include "viz/anim/packet_motion.h"
#include "viz/scene/metrics.h"
#include "viz/scene/scene.h"
#include "viz/scene/ship_model.h"
#include "viz/scene/ship_words.h"
#include "viz/theme/theme.h"

namespace cutaway::viz {

// How a scene is to look. The references must live until the scene is made; a Scene keeps none of
// them.
struct SceneStyle {
  const Theme& theme;
  const FontMetrics& metrics;
};

// `area` takes the whole hull with the names of decks at its left. A smaller area shows less, never
// smaller words: Engine and Hardware fold, then every deck is one line, then some are left out.
[[nodiscard]] Scene ship_scene(const ShipModel& model, const SceneStyle& style, const Rect& area,
                               const ShipWords& words = {}, const PacketMotion& motion = at_rest());

// The words of a hull that is a virtual machine: what is "host" elsewhere is "VM" there. Else the
// words as given.
[[nodiscard]] ShipWords words_inside(const ShipModel& model, const ShipWords& words);

}  // namespace cutaway::viz
