// A wait that is shown: the picture as it was while somebody's clock ran, before what came then.
#pragma once

#include <cstdint>
#include <optional>

#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

struct WindowState;

/// What was to be seen when the longest wait of a step began, if a grace ran in it.
struct WaitView {
  ShipModel ship;
  Caption caption;
  std::int64_t ns = 0;       ///< how long it was
  std::size_t position = 0;  ///< at which it began
  double share = 0;          ///< of it that has passed
};
std::optional<WaitView> wait_view(const WindowState& state);

/// It as far as it has passed on the screen; none: it is over, or nobody looks at it. Compressed to
/// a second, or in full (key w). With less motion the clock ticks once a second.
std::optional<WaitView> wait_now(const WindowState& state);

/// The picture of this moment so much later as was asked for (Look::later_ns).
void let_pass_after(WindowState& state);

}  // namespace cutaway::viz
