// Front door: the picture of a moment by itself: model, scene, sentence, SVG.
#pragma once

#include "viz/export/svg.h"             // IWYU pragma: export
#include "viz/player/step_size.h"       // IWYU pragma: export
#include "viz/scene/caption.h"          // IWYU pragma: export
#include "viz/scene/ship.h"             // IWYU pragma: export
#include "viz/scene/ship_from_world.h"  // IWYU pragma: export
#include "viz/scene/window_layout.h"    // IWYU pragma: export
#include "viz/text/signal_parts.h"      // IWYU pragma: export
