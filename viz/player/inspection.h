// The inspector's content: a task in focus, what changed, and why. Pure data, drawn by a panel.
#pragma once

#include <string>
#include <vector>

#include "viz/player/moment.h"
#include "viz/player/step_index.h"

namespace cutaway::viz {

struct InspectionRow {
  enum class Kind { Title, Value, Words, Jump } kind = Kind::Value;
  std::string key;  ///< Value: "pid here"; Title, Words, Jump: all of it
  std::string value;
  EventIndex event = kNoEvent;  ///< Jump: where to; Words, Value: none
  bool strong = false;
};

struct Inspection {
  std::string subject;  ///< "task 4711"
  std::string id;       ///< "task:4711", as the picture calls it; empty: nobody
  int slot = kHostSlot;
  std::vector<InspectionRow> rows;
};

/// `selected`: the task that somebody clicked on; none: the one that acts at this moment.
Inspection inspect(const Trace& trace, const StepIndex& index, const World& world,
                   const Moment& moment, TaskId selected);

}  // namespace cutaway::viz
