// What the windows remember between two starts, as a file of this user:
// $XDG_CONFIG_HOME/cutaway/window.json, else
// ~/.config/cutaway/window.json. Only what changed in this window is written, on top of what others
// wrote meanwhile.
#pragma once

#include <string>

#include "viz/window.h"

namespace cutaway::app {

class Memory {
 public:
  /// `fresh`: begins as if there were no file. What cannot be read is told in a line and kept
  /// beside it as window.json.bad.
  explicit Memory(bool fresh);
  const viz::Remembered& kept() const { return kept_; }

  /// The window stands, options have had their say: what differs from now on has been chosen by
  /// hand.
  void begin(const viz::Remembered& now);
  /// Writes what has been left alone for a second.
  void pass(const viz::Remembered& now, double seconds);
  /// Writes what is not written yet.
  void close();

 private:
  void read();
  void set_aside(const std::string& why) const;

  std::string path_;  ///< empty: this user has no place for it
  viz::Remembered kept_, begun_, now_;
  double unwritten_ = -1;  ///< seconds since the last change; negative: all is written
};

/// Where the file is for these values of $XDG_CONFIG_HOME and $HOME; empty: nowhere.
std::string memory_path(const std::string& config_home, const std::string& home);

}  // namespace cutaway::app
