// The numbered stations of the bytes that moved last. Private to viz/scene.
#pragma once

#include "spec/words.h"
#include "viz/scene/channels_model.h"
#include "viz/text/byte_moves.h"

namespace cutaway::viz {

/// In the order of the way: what has been done, and what comes next.
void fill_stations(const spec::Words& words, const ByteTrail& trail, ChannelColumn& column);

}  // namespace cutaway::viz
