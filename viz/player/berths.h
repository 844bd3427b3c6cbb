// Berths: how many containers the picture keeps a place for, so that none of them moves when
// another one comes. A whole trace needs as many as ever were there at once; one that grows is
// followed with extend().
#pragma once

#include <cstddef>

#include "viz/player/body_blocks.h"

namespace cutaway::viz {

class Berths {
 public:
  Berths() = default;
  explicit Berths(const Trace& trace);

  /// Takes in what the trace has got since the last call. Must be the same trace; `kinds` is of all
  /// of it.
  void extend(const Trace& trace, const BodyBlocks& kinds);
  int count() const { return count_; }

 private:
  std::size_t read_ = 0;  ///< events
  int count_ = 0;
};

}  // namespace cutaway::viz
