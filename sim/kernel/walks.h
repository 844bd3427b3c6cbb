// What the handler of a call found on its paths. Linux looks a path up once in a call; here two
// rooms want to know where it leads: the handler decides, and the effects (trace/effects) tell what
// changed, in the same World.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/walk.h"

namespace cutaway::sim {

class Walks {
 public:
  /// Of a call of this task, while the trace has so many events: another World has other paths.
  void begin(TaskId task, std::size_t events) {
    task_ = task;
    events_ = events;
    made_.clear();
  }
  void note(std::string_view path, LastLink last, const Location* from, const Walk& found) {
    made_.push_back(Made{std::string(path), last, from == nullptr ? Location{} : *from, found});
  }
  /// The same question again; nothing: nobody asked it, or the World is not the same any more.
  std::optional<Walk> take(TaskId task, std::size_t events, std::string_view path, LastLink last,
                           const Location* from) {
    if (task != task_ || events != events_) return std::nullopt;
    for (Made& made : made_) {
      const bool same = made.path == path && made.last == last &&
                        made.from == (from == nullptr ? Location{} : *from);
      if (!same) continue;
      made.path.clear();  // no path is empty
      return std::move(made.found);
    }
    return std::nullopt;
  }

 private:
  struct Made {
    std::string path;
    LastLink last = LastLink::Follow;
    Location from;  ///< on no mount: from where the task stands
    Walk found;
  };
  TaskId task_;
  std::size_t events_ = 0;
  std::vector<Made> made_;
};

}  // namespace cutaway::sim
