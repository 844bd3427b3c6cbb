// Executes steps of the plan, call by call: the interpreter that shim, runtime and init share.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "sim/core/sys.h"
#include "spec/plan/plan.h"

namespace cutaway::sim {

/// Values that calls of the plan left behind: "child" → "4711", "sync.0" → "5".
using PlanVariables = std::map<std::string, std::string>;

struct PlanOutcome {
  std::string step;  ///< empty: all went well
  abi::Errno err = abi::Errno::kOk;
};

/// A plan and what it was made from. A process makes it once, its children share it (they begin as
/// copies of it), and nobody changes it.
struct PlanToRun {
  spec::PlanInput input;
  spec::Plan plan;
};
using SharedPlan = std::shared_ptr<const PlanToRun>;

/// What the text of a bundle's file "plan" asks for: a container's start, or a process that joins
/// one. None: it cannot be read.
SharedPlan plan_of(const std::string& text);

/// What the child of ns.clone starts with.
struct InitState {
  SharedPlan what;
  PlanVariables variables;
};

/// Some steps of a plan: those of `who` among the ones from `from` to (not including) `to`.
struct PlanPart {
  spec::Who who = spec::Who::Init;
  std::size_t from = 0, to = static_cast<std::size_t>(-1);
};
/// Where a step stands in the plan; behind its end when it has none of that name.
std::size_t step_at(const spec::Plan& plan, std::string_view id);

/// Makes the calls of these steps. A clone among them starts `child` with an InitState.
Co<PlanOutcome> run_steps(Sys sys, SharedPlan what, PlanPart part, PlanVariables* variables,
                          Entry child);

/// `$name` and `${name}` replaced; a whole "$name" that is a number becomes an integer.
Arg resolve_arg(const Arg& arg, const PlanVariables& variables);

}  // namespace cutaway::sim
