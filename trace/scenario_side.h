// What a scenario asks of a side beyond the port that pictures know: commands beside one another,
// and to wait for what happens there, whoever's clock it goes by.
#pragma once

#include <cstdint>
#include <functional>

#include "trace/side.h"

namespace cutaway {

class ScenarioSide : public Side {
 public:
  /// Starts a command beside whatever comes next, with an output of its own.
  virtual Result<std::size_t> submit_in_background(const SideCommand& command) = 0;
  /// Shows the trace while no event can come: on the real side they come from other threads.
  virtual void look(const std::function<void(const Trace&)>& f) const { f(trace()); }
  /// ns since the start, by its clock; goes on where nothing happens.
  virtual std::int64_t elapsed() const = 0;
};

}  // namespace cutaway
