// Has anything in a folder been written since one looked? For who writes a lesson, and wants to see
// each change at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace cutaway::app {

class FolderWatch {
 public:
  /// From now on this folder; no folder (a bundled lesson): nothing, which never changes.
  void look_at(const std::string& folder);
  /// Once for each change. It looks twice a second at most: whoever draws asks all the time.
  bool changed();

 private:
  using Clock = std::chrono::steady_clock;
  /// Another number when a file came, went, grew or was written.
  std::uint64_t state() const;

  std::string folder_;
  std::uint64_t seen_ = 0;
  Clock::time_point looked_;
};

}  // namespace cutaway::app
