// Whose words a line of the terminal is: what printed it, and who inside a container wrote the same
// bytes before.
#pragma once

#include <string>

#include "viz/player/step_index.h"

namespace cutaway::viz {

struct Printed {
  std::string text;
  std::string channel;  ///< "stdout", "stderr"; empty: not told
  EventIndex writer =
      kNoEvent;  ///< a write in a container with these bytes; none: the client's own
};

/// `event`: what printed it (bytes moved to the terminal, or words of the client).
Printed printed_by(const Trace& trace, const StepIndex& index, EventIndex event);

}  // namespace cutaway::viz
