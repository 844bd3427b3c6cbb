// Front door: the whole window, for whoever owns a window system or wants a file of it.
#pragma once

#include "viz/draw/atlas.h"             // IWYU pragma: export
#include "viz/draw/bundled_fonts.h"     // IWYU pragma: export
#include "viz/panels/compare_window.h"  // IWYU pragma: export
#include "viz/panels/export_overlay.h"  // IWYU pragma: export
#include "viz/panels/film.h"            // IWYU pragma: export
#include "viz/panels/lesson_actions.h"  // IWYU pragma: export
#include "viz/panels/remembered.h"      // IWYU pragma: export
#include "viz/panels/window.h"          // IWYU pragma: export
#include "viz/player/step_size.h"       // IWYU pragma: export
#include "viz/theme/color.h"            // IWYU pragma: export
