// Where in a terminal's control sequences we are, and whether one came whose effect a screen does
// not show. Not an interpreter: that is libvterm.
#pragma once

#include <cstdint>

namespace cutaway::viz {

class SequenceScan {
 public:
  void take(char c);
  /// Between sequences, and all that came can be read off the screen.
  bool plain() const { return at_ == At::Ground && !hidden_ && !saved_; }

 private:
  enum class At : std::uint8_t { Ground, Escape, Control };
  At at_ = At::Ground;
  bool hidden_ = false;
  bool saved_ = false;  ///< a cursor, for good
};

}  // namespace cutaway::viz
