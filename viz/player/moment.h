// What the window looks at: picture, sentence and inspector are functions of a trace and a Moment.
#pragma once

#include <cstddef>

#include "trace/event/event.h"
#include "viz/player/step_size.h"

namespace cutaway::viz {

struct Moment {
  std::size_t position = 0;     ///< the first so many events have happened
  EventIndex focus = kNoEvent;  ///< the event that it is about; its call is the packet. None at 0
  StepSize size = StepSize::Syscall;

  friend bool operator==(const Moment& a, const Moment& b) {
    return a.position == b.position && a.focus == b.focus && a.size == b.size;
  }
  friend bool operator!=(const Moment& a, const Moment& b) { return !(a == b); }
};

}  // namespace cutaway::viz
