// What a trace is made of, for those who read it from a file.
#pragma once

#include <string>
#include <vector>

#include "trace/log/checkpoints.h"
#include "trace/log/event_store.h"
#include "trace/log/trace.h"

namespace cutaway {

struct TraceParts {
  TraceHeader header;
  BlobStore blobs;
  std::vector<std::string> step_names;  ///< of ids 1, 2, …
  EventStore events;
  Checkpoints checkpoints;
  std::string damage;
};

}  // namespace cutaway
