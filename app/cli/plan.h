#pragma once

#include "app/cli/input.h"

namespace cutaway::app {

/// `--plan`: the steps that the docker command of the input would take, with reasons and calls; on
/// the real side those that whoever asks could take here.
int print_plan(const InputOptions& input, const Invocation& invocation);

}  // namespace cutaway::app
