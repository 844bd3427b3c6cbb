// Ships made up at random: everything that a World could ask the picture to show, and at its worst.
// The same seed gives the same ship, on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

// A linear congruential generator: the standard's distributions differ from library to library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2862933555777941757ULL + 3037000493ULL) {}
  // 0 … n − 1.
  std::size_t below(std::size_t n);
  bool chance(std::size_t percent) { return below(100) < percent; }
  double share() { return static_cast<double>(below(1001)) / 1000; }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

struct RandomShip {
  ShipModel model;
  Caption caption;
};

[[nodiscard]] RandomShip random_ship(std::uint64_t seed);

// Parts of it.
[[nodiscard]] std::string random_name(Dice& dice);
[[nodiscard]] EngineModel random_engine(Dice& dice, bool large);
[[nodiscard]] const std::vector<std::string>& random_calls();
void send_packet(Dice& dice, ShipModel& model);
void send_signal(Dice& dice, ShipModel& model);
void send_frame(Dice& dice, ShipModel& model);
void give_grace(Dice& dice, ShipModel& model);

}  // namespace cutaway::viz
