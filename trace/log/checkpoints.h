// Worlds at some positions of a trace, to seek by. One that came from a file stays encoded until it
// is asked for.
#pragma once

#include <map>
#include <string>

#include "trace/world/world.h"

namespace cutaway {

class Checkpoints {
 public:
  void put(std::size_t position, const World& world);
  /// `encoded`: as encode_world wrote it.
  void put_encoded(std::size_t position, std::string encoded);
  bool contains(std::size_t position) const { return places_.count(position) != 0; }
  void clear();
  /// How many are in memory, decoded.
  std::size_t decoded() const { return decoded_; }
  /// Lets go of those in memory whose position is no multiple of `spacing`.
  void thin_out(std::size_t spacing);

  /// Lets go of those behind `position`.
  void cut_back(std::size_t position);

  struct Found {
    std::size_t position = 0;
    World world;
  };
  /// The last one at or before `position`; the empty World at 0 when there is none.
  Found nearest(std::size_t position) const;

 private:
  struct Place {
    World world;
    std::string encoded;  ///< not empty: not decoded yet
  };
  mutable std::map<std::size_t, Place> places_;
  mutable std::size_t decoded_ = 0;
};

std::string encode_world(const World& world);
/// False when these bytes are no World.
bool decode_world(std::string_view bytes, World& world);

}  // namespace cutaway
