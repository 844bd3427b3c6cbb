// Executes steps of the plan, call by call: the interpreter that shim, runtime and init share.
#pragma once

#include <map>
#include <string>

#include "sim/core/sys.h"
#include "spec/plan/plan.h"

namespace cutaway::sim {

/// Values that calls of the plan left behind: "child" → "4711", "sync.0" → "5".
using PlanVariables = std::map<std::string, std::string>;

struct PlanOutcome {
  std::string step;  ///< empty: all went well
  abi::Errno err = abi::Errno::kOk;
};

/// What the child of ns.clone starts with.
struct InitState {
  spec::PlanInput input;
  PlanVariables variables;
};

/// Makes the calls of all steps of `who` in `plan`, from the first to (not including) `until`, or
/// all. A clone among them starts `child` with an InitState.
Co<PlanOutcome> run_steps(Sys sys, spec::Plan plan, spec::Who who, PlanVariables* variables,
                          Entry child, spec::PlanInput input);

/// `$name` and `${name}` replaced; a whole "$name" that is a number becomes an integer.
Arg resolve_arg(const Arg& arg, const PlanVariables& variables);

}  // namespace cutaway::sim
