// Which events a list shows: words that somebody typed, and the events that answer to them.
//
//   kind:mount      of this kind ("syscall", "ns", "cgroup", …); kind:all shows everything
//   container:web   of the container with this name, or an id that begins so
//   task:4711       of the task with this pid on the host
//   step:mnt        of the steps whose name begins so
//   other words     that occur in what the list says of the event, or in the whole call
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "viz/player/step_index.h"

namespace cutaway::viz {

struct EventFilter {
  std::vector<std::string> kinds, containers, tasks, steps, words;
  bool all = false;      ///< also scheduling, descriptors and what only counts
  bool effects = false;  ///< also what calls changed, each in a row of its own

  static EventFilter parse(std::string_view text);
  /// Is there anything that an event must answer to?
  bool wishes() const;
  bool matches(const Trace& trace, const StepIndex& index, std::size_t n) const;
};

/// The rows of a list. A long trace is looked through piece by piece.
class FilteredEvents {
 public:
  /// Begins anew when the words are others than before.
  void set(std::string_view text, bool effects);
  /// Looks at no more than `budget` events. True: there is more to look at.
  bool scan(const Trace& trace, const StepIndex& index, std::size_t budget);

  const std::vector<EventIndex>& rows() const { return rows_; }
  /// How many rows have happened at this position.
  std::size_t past(std::size_t position) const;

 private:
  std::string text_;
  EventFilter filter_;
  std::vector<EventIndex> rows_;
  std::size_t seen_ = 0;
};

}  // namespace cutaway::viz
