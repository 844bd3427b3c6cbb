// Reading a World out of JSON, for readers that say where something is wrong.
#pragma once

#include "trace/log/json_values.h"
#include "trace/world/world.h"

namespace cutaway {

bool read_world(const Json& json, World& world, JsonProblem& problem);

}  // namespace cutaway
