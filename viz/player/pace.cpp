#include "viz/player/pace.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kSecondsPerWord = 0.27;  // about 220 words a minute
constexpr double kLookAround = 0.6;       // the eye comes back from the picture
constexpr double kLongestStep = 9;

double least_seconds(StepSize size) {
  switch (size) {
    case StepSize::Command:
    case StepSize::Beat:
      return 2.4;
    case StepSize::EngineStep:
      return 1.6;
    case StepSize::Syscall:
      return 0.9;
    case StepSize::Effect:
      return 0.5;
  }
  return 1;
}

}  // namespace

int word_count(std::string_view text) {
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    if (c != ' ' && !inside) ++words;
    inside = c != ' ';
  }
  return words;
}

double step_seconds(const StepPace& pace) {
  const double reading = pace.same_words ? 0 : kLookAround + kSecondsPerWord * pace.words;
  const double waiting = pace.wait_ns >= kWaitNs ? kWaitSeconds : 0;
  const double least = std::max(least_seconds(pace.size), pace.motion_s);
  return std::clamp(reading, least, kLongestStep) + waiting;
}

}  // namespace cutaway::viz
