// Front door: runs a scenario on a side, simulated or real, and judges what it expects.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "spec/scenario.h"
#include "trace/log/trace.h"
#include "trace/side.h"

namespace cutaway::scenarios {

/// An element of an "expect" that did not hold, or an item that could not be done.
struct FailedExpectation {
  std::string pointer;  ///< its place in the scenario's document
  std::string text;     ///< one sentence; "never reached" when the run did not come so far
};

struct RunReport {
  std::vector<CommandState> commands;  ///< docker and host items in order; `name` is "as"
  std::int64_t held = 0;               ///< elements of all "expect" that held
  std::vector<FailedExpectation> failed;

  bool ok() const { return failed.empty(); }
};

/// Does the items in order, then judges. An Error (its message opens with the item's pointer): the
/// side cannot do what an item asks for. A command that never ends is no Error but ends the run:
/// what follows is "never reached".
Result<RunReport> run_scenario(Side& side, const spec::Scenario& scenario);

/// CONTRACT §4. `exit`: the status that cutaway ends with.
Json report_to_json(const RunReport& report, SideKind side, const Trace& trace, int exit);

}  // namespace cutaway::scenarios
