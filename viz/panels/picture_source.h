// Where picture and sentence of a moment come from. A seam: the window draws what it is given.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/player/moment.h"
#include "viz/scene/caption.h"
#include "viz/scene/ship_from_world.h"

namespace cutaway::viz {

struct PictureWish {
  bool large_engine = false;         ///< while only the engine is at work
  int berths = 0;                    ///< containers to keep a place for
  const StepIndex* index = nullptr;  ///< of the trace, where there is one: it is not read anew
  int near_slot = kHostSlot;         ///< of the container that is looked at from near
  Census* census = nullptr;          ///< of the moment before, where there is one
};

struct PictureSource {
  std::function<ShipModel(const Trace&, const World&, const Moment&, const PictureWish&)> ship;
  std::function<Caption(const Trace&, const World&, const Moment&, const PictureWish&)> caption;
};

/// Both from the World. `cards`: the sentences of a greeting that come true one by one.
PictureSource world_pictures(std::vector<SentenceCard> cards = {});

}  // namespace cutaway::viz
