// How long a step stays on the screen. Screen time is not run time: a step lasts about as long as
// its sentence takes to read, and a wait is a second.
#pragma once

#include <cstdint>
#include <string_view>

#include "viz/player/step_size.h"

namespace cutaway::viz {

struct StepPace {
  StepSize size = StepSize::Syscall;
  int words = 0;             ///< of its sentence
  bool same_words = false;   ///< as the step before: already read
  std::int64_t wait_ns = 0;  ///< time that passed in it
  double motion_s = 0;       ///< what its packet needs
};

int word_count(std::string_view text);

/// Run time from here on counts as a wait, which the window says.
inline constexpr std::int64_t kWaitNs = 1'000'000'000;
/// How long a wait is on the screen, however long it was.
inline constexpr double kWaitSeconds = 1;

/// Of what does not travel (tokens §6).
inline constexpr double kFadeSeconds = 0.12;

double step_seconds(const StepPace& pace);

}  // namespace cutaway::viz
