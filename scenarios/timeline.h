// The timeline of a trace is in the spec room, where others than the runner need it, too.
#pragma once

#include "spec/trace_timeline.h"

namespace cutaway::scenarios {

using spec::first_position;
using spec::TimelineWindow;
using spec::TraceTimeline;

}  // namespace cutaway::scenarios
