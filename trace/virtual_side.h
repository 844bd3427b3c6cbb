// What only a side can do whose world is made up: its past can be made again, and what lies around
// its machine can be made to go wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/scenario_side.h"

namespace cutaway {

/// Something that goes wrong at the hub, with layers on their way, or at the disk.
struct SideFault {
  std::string at, what;    ///< "hub", "slow"
  std::int64_t after = 0;  ///< from the N-th request to that place; 0: at once
};

class VirtualSide : public ScenarioSide {
 public:
  /// Takes the last commands back, as if they had never been typed. What trace() gave before is
  /// another one afterwards.
  virtual Status undo(std::size_t commands) = 0;
  /// All that goes wrong from now on; what held before holds no more.
  virtual Status set_faults(const std::vector<SideFault>& faults) = 0;
  /// The tag ("app:1") leads to what `to` names on the hub, from now on.
  virtual Status move_tag(std::string_view tag, std::string_view to) = 0;
  /// The host's root makes the calls of a litmus program (as spec/litmus_text.h writes it), to its
  /// end. The trace says what held of what it expects: a note of class "litmus".
  virtual Status run_litmus(const std::string& program) = 0;
};

}  // namespace cutaway
