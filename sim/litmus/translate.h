// A litmus call as a request of a simulated program, and the kernel's reply as an outcome.
#pragma once

#include <optional>

#include "sim/core/program.h"
#include "sim/litmus/memory.h"
#include "spec/litmus_call.h"

namespace cutaway::sim {

/// The request, without what makes a task (entry, state).
Request litmus_request(const spec::LitmusCall& call, const LitmusMemory& memory);
spec::LitmusOutcome litmus_outcome(const spec::LitmusCall& call, const Reply& reply);
/// sa_flags and sa_mask of what rt_sigaction sets.
Json action_of(const spec::LitmusCall& call);
/// What rt_sigaction sets for a handler of its own: {"exit":N}. None: it has none.
std::optional<int> exit_of_handler(const spec::LitmusCall& call);

}  // namespace cutaway::sim
