// A few words that the window shows for a moment. Pure: time comes in through pass().
#pragma once

#include <string>
#include <utility>

namespace cutaway::viz {

struct Notice {
  std::string words;
  double left = 0;  ///< seconds that they are still shown

  void say(std::string what, double seconds = 4) {
    words = std::move(what);
    left = seconds;
  }
  bool shown() const { return left > 0; }
  /// True: they have just gone, draw again.
  bool pass(double seconds) {
    if (!shown()) return false;
    left -= seconds;
    return !shown();
  }
};

}  // namespace cutaway::viz
