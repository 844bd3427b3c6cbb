// The steps of a container's life and the beats they belong to, as one table.
// Names are those of docs (canonical steps); simulator, runtime, picture and comparison share them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/abi/abi.h"

namespace cutaway::spec {

/// Who does a step.
enum class Who : std::uint8_t { Console, Client, Daemon, Shim, Runtime, Init, Workload };

/// The nine parts of a `docker run` (DESIGN §6), in the order in which they usually come.
enum class Beat : std::uint8_t { Ask, Look, Fetch, Create, Isolate, Limit, Start, Speak, End };

struct StepRow {
  std::string_view id;  ///< "root.pivot"
  Who who;
  Beat beat;
  /// Counted by a comparison (CONTRACT §3); engine steps are shown and not counted.
  bool compared;
};

const std::vector<StepRow>& step_rows();
/// The ids of those that are held against another run.
std::vector<std::string> compared_steps();
/// How a step is undone when a later one fails, and at the end: a key of the message files
/// ("undo.namespaces"), or the id of another step; empty: there is nothing to undo.
std::string_view undo_of(std::string_view step);
/// Null for a name that is no step.
const StepRow* find_step(std::string_view id);
/// The step of a call that the container's own program makes: "io.write" for what it writes to
/// stdout and stderr, "exit" for its end, else "work".
std::string_view workload_step(abi::Sys sys, std::int64_t first_argument);
std::string_view beat_name(Beat beat);
std::string_view who_name(Who who);

}  // namespace cutaway::spec
