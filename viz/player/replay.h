// A range of the trace that is played in so many seconds; and a wait that is played in full.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "viz/player/player.h"

namespace cutaway::viz {

/// Marked on the timeline. Each stop of the player's step size has the same share of the time.
class RangeReplay {
 public:
  static constexpr std::array<int, 5> kSeconds = {5, 10, 20, 30, 60};

  /// The other end is dropped when it would be on the wrong side.
  void mark_begin(std::size_t position);
  void mark_end(std::size_t position);
  void clear();
  bool marked() const { return begin_ && end_; }
  std::optional<std::size_t> begin() const { return begin_; }
  std::optional<std::size_t> end() const { return end_; }

  int seconds() const { return seconds_; }
  void set_seconds(int seconds) { seconds_ = seconds; }
  bool loops = false;

  bool playing() const { return playing_; }
  /// From the beginning of the range. Nothing without both ends.
  void start(Player& player);
  void stop() { playing_ = false; }
  /// Lets time pass. True: draw again. Whoever moves the player otherwise ends it.
  bool advance(Player& player, double seconds);
  /// Seconds until the next stop.
  double until_next() const;

 private:
  std::size_t stops_of(const Player& player) const;
  double per_stop() const;

  std::optional<std::size_t> begin_, end_;
  int seconds_ = 10;
  bool playing_ = false;
  double elapsed_ = 0;
  std::size_t stops_ = 1;     ///< steps from its beginning to its end
  std::size_t stop_ = 0;      ///< how many steps have been made
  std::size_t position_ = 0;  ///< where it left the player
};

/// Time that passed between the step before this position and it, whichever way one came here.
std::int64_t wait_before(const Player& player);

class WaitReplay {
 public:
  /// False: this step was no wait.
  bool start(const Player& player);
  void stop() { playing_ = false; }
  bool playing() const { return playing_; }
  std::int64_t whole_ns() const { return whole_; }
  std::int64_t passed_ns() const;
  /// True: draw again. A player that stands elsewhere ends it.
  bool advance(const Player& player, double seconds);

 private:
  bool playing_ = false;
  std::int64_t whole_ = 0;
  double elapsed_ = 0;
  std::size_t position_ = 0;
};

}  // namespace cutaway::viz
