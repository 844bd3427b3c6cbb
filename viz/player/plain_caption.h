// The sentence of a moment from the message files alone: that of its step or its beat.
#pragma once

#include "trace/log/trace.h"
#include "viz/player/moment.h"
#include "viz/scene/caption.h"

namespace cutaway::viz {

Caption plain_caption(const Trace& trace, const World& world, const Moment& moment);

}  // namespace cutaway::viz
