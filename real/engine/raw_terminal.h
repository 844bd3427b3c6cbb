// Our own terminal while a container's terminal is attached to it: keys go through as they are, and
// the container's has the same size.
#pragma once

#include <termios.h>

namespace cutaway::real {

/// 80x24: what a terminal has until somebody's window says otherwise.
void set_first_size(int master);

class RawTerminal {
 public:
  /// `fd`: our terminal, or −1 for none (then this does nothing).
  explicit RawTerminal(int fd);
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
  /// Gives `master` the size of ours; 80x24 where we have none.
  void copy_size(int master) const;

 private:
  int fd_ = -1;
  termios before_{};
};

}  // namespace cutaway::real
