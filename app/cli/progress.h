// How far something long is, on stderr; and whether somebody pressed Ctrl-C.
#pragma once

#include <cstddef>
#include <string>

namespace cutaway::app {

/// On a terminal one line that is rewritten, else a line every ten percent.
class Progress {
 public:
  /// Of `each`s there are so many.
  explicit Progress(std::string what, std::string each = "frame");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void tell(std::size_t done, std::size_t all);

 private:
  std::string what_, each_;
  bool terminal_;
  std::size_t told_ = 0;  ///< percent
};

/// In words.
std::string number(std::size_t n);

/// Exit status of what somebody interrupted.
inline constexpr int kInterrupted = 130;

/// From here on SIGINT and SIGTERM end nothing but are noted.
void note_interrupts();
bool interrupted();

}  // namespace cutaway::app
