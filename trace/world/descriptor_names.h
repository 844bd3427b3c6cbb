// Descriptors among the arguments of a call are shown with what they stand for: {"fd":3,"is":…}.
#pragma once

#include <vector>

#include "trace/event/arg.h"
#include "trace/world/world.h"

namespace cutaway {

/// Writes what each descriptor refers to into its argument, as it is in `world`.
void name_descriptors(const World& world, const Task& task, abi::Sys sys, std::vector<Arg>& args);

}  // namespace cutaway
