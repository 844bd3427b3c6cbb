// Two runs as one walk: stops at which both stand at what the comparison aligns. A function of the
// comparison; no ImGui.
#pragma once

#include <cstddef>
#include <vector>

#include "viz/player/compare_list.h"
#include "viz/player/step_index.h"

namespace cutaway::viz {

struct LinkedStop {
  std::size_t at_a = 0, at_b = 0;  ///< positions of the traces
  std::size_t line = 0;            ///< of the list: the call's own, else its step's
  bool step = false;               ///< a step's line, or a result
  std::size_t shows = 0;           ///< of a step: the stop of the call that its line shows
};

class LinkedSteps {
 public:
  LinkedSteps() = default;
  LinkedSteps(const Comparison& comparison, const CompareList& list);

  std::size_t count() const { return stops_.size(); }
  const LinkedStop& at(std::size_t stop) const { return stops_[stop]; }
  /// The stop of a line of the list.
  std::size_t of_line(std::size_t line) const;

  /// One step of this size on; `from` itself at the end. Commands and beats are those of the left
  /// run; a kernel effect is told by its call.
  std::size_t next(StepSize size, std::size_t from, const StepIndex& left) const;
  std::size_t previous(StepSize size, std::size_t from, const StepIndex& left) const;

  /// How many stops of this size there are up to and with `stop`; of all: count() - 1.
  std::size_t ordinal(StepSize size, std::size_t stop, const StepIndex& left) const;

 private:
  bool stops_here(StepSize size, std::size_t stop, const StepIndex& left) const;

  std::vector<LinkedStop> stops_;
  std::vector<std::size_t> of_line_;
};

}  // namespace cutaway::viz
