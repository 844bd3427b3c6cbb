// From the plan (spec/plan, the same that the simulator executes) to the table that the helper
// executes.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "spec/plan/plan.h"

namespace cutaway::real {

struct CompileOptions {
  std::string seccomp;  ///< bytes of struct sock_filter[]; needed when the plan loads a filter
};

/// The table's bytes. An error names the step and call that the helper cannot make.
Result<std::string> compile_plan(const spec::Plan& plan, const CompileOptions& options);

/// Names of steps in the order in which tables number them: those of spec::step_rows(). A step page
/// holds number + 1.
std::vector<std::string> table_step_names();

}  // namespace cutaway::real
