// What litmus programs in a scenario expect: in items, and in files that are executed. Private to
// scenarios.
#pragma once

#include "scenarios/runner.h"

namespace cutaway::scenarios {

/// Counts what the trace says of them: notes of class "litmus". What was never reached has failed,
/// and so has what failed in one of several runs of a file.
void add_litmus(const spec::Scenario& scenario, const Trace& trace, RunReport& report);

}  // namespace cutaway::scenarios
