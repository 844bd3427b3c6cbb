// Further windows, each a process of its own: a window system knows one window a program.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace cutaway::app {

class OtherWindows {
 public:
  OtherWindows() = default;
  ~OtherWindows();
  OtherWindows(OtherWindows&& other) noexcept : windows_(std::exchange(other.windows_, {})) {}
  OtherWindows(const OtherWindows&) = delete;
  OtherWindows& operator=(const OtherWindows&) = delete;

  /// This program with these words: a verb and its arguments.
  Status open(std::vector<std::string> words);
  /// What those have complained of ("cutaway: …") that have ended since; empty: nothing.
  std::string complaints();

 private:
  struct Window {
    int pid = -1;
    int says = -1;  ///< its stderr: a file in memory, which takes what comes when we are gone
  };
  std::vector<Window> windows_;
};

}  // namespace cutaway::app
