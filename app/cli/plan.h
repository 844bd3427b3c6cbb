#pragma once

#include "app/cli/input.h"

namespace cutaway::app {

/// `--plan`: the steps that the docker command of the input would take, with reasons and calls.
int print_plan(const InputOptions& input, const Invocation& invocation);

}  // namespace cutaway::app
