// Front door: limits and signals of a container, and the docker command that changes them.
#pragma once

#include "viz/player/changes.h"  // IWYU pragma: export
