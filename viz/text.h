// Front door: the picture in words.
#pragma once

#include "viz/player/compare_list.h"  // IWYU pragma: export
#include "viz/text/about.h"           // IWYU pragma: export
#include "viz/text/annotate.h"        // IWYU pragma: export
#include "viz/text/compare_twin.h"    // IWYU pragma: export
#include "viz/text/compare_words.h"   // IWYU pragma: export
#include "viz/text/explain.h"         // IWYU pragma: export
#include "viz/text/explain_look.h"    // IWYU pragma: export
