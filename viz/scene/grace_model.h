// Grace: somebody was asked to end, and is given time for it before it is made to (docker stop).
// As data of the picture; a clock that runs linearly while nothing else happens.
#pragma once

#include <cstdint>
#include <string>

#include "viz/theme/slots.h"

namespace cutaway::viz {

// Waits: the clock runs. Ended: it ended by itself in time. Killed: the time was up.
enum class GraceEnd { Waits, Ended, Killed };

struct Grace {
  int slot = kHostSlot;
  std::string id;                // of its container: "web"
  std::string task;              // whom the signal was for: "task:4711"
  std::string signal;            // "SIGTERM"
  std::string next;              // "SIGKILL"
  bool dropped = false;          // the signal had no effect
  std::int64_t waited_ns = 0;    // so far
  std::int64_t patience_ns = 0;  // in all; less than 0: without end
  GraceEnd end = GraceEnd::Waits;
  int number = 0;  // of its balloon; 0: none

  [[nodiscard]] bool endless() const { return patience_ns < 0; }
  [[nodiscard]] std::int64_t left_ns() const;
  // 0 … 1 of the patience that is used up; of an endless one 0.
  [[nodiscard]] double share() const;
};

// "7.2": seconds, to a tenth, rounded up so that 0.0 is the end. "10" where nothing is behind the
// point.
[[nodiscard]] std::string seconds_words(std::int64_t ns);
[[nodiscard]] std::string whole_seconds_words(std::int64_t ns);
// "7.2 s left of 10", "ended after 0.2 of 10 s", "10 s were up": all in one line.
[[nodiscard]] std::string grace_words(const Grace& grace);
// "2.8 of 10 s", "2.8 s": how much of it has passed, for a narrow place.
[[nodiscard]] std::string grace_passed_words(const Grace& grace);
// The two lines beside the clock.
[[nodiscard]] std::string grace_clock(const Grace& grace);
[[nodiscard]] std::string grace_caption(const Grace& grace);
[[nodiscard]] std::string grace_then(const Grace& grace);

}  // namespace cutaway::viz
