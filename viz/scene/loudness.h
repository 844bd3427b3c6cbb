// How loud a picture is: one thing at a time may speak. At most twelve labels at full strength, at
// most seven things that move; tests hold every scenario to it.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/scene.h"
#include "viz/theme/theme.h"

namespace cutaway::viz {

inline constexpr std::size_t kLoudMost = 12;
inline constexpr std::size_t kMovingMost = 7;

// Labels at full strength: words in the theme's first colour for text, on a solid flag, or the
// number of a balloon that was reached. What is quiet: words in the second and third colour or in
// that of a meaning, whatever a lens has faded, the letter of a tag (it says whose, not what), and
// the fixed names of decks and columns, which have no id.
[[nodiscard]] std::vector<std::string> loud_labels(const Scene& scene, const Theme& theme);

// Makes as many labels quiet as there are too many. The present call and the signal speak before
// all others.
void hush(Scene& scene, const Theme& theme);

// Ids of what is drawn differently in two scenes of one moment, a little later in its motion.
[[nodiscard]] std::vector<std::string> moving_things(const Scene& before, const Scene& after);

}  // namespace cutaway::viz
