// Front door: litmus programs on the simulated kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "spec/litmus.h"
#include "spec/litmus_judge.h"
#include "trace/event/header.h"
#include "trace/log/trace.h"

namespace cutaway::sim {

struct LitmusOptions {
  Machine machine;
  std::uint64_t seed = 1;
  std::string id;  ///< for the header; may be empty
  /// Stands still as soon as the trace has so many events.
  std::optional<std::size_t> pause_at;
};

/// The machine that a document asks for, where it does.
Machine litmus_machine(const spec::Litmus& litmus, Machine machine);

struct LitmusRun {
  Trace trace;
  std::int64_t held = 0;
  std::vector<spec::LitmusFailure> failed;
  std::vector<spec::LitmusGave> gave = {};  ///< by the document's own program, in that order
};

/// Runs it to its end: all its tasks have ended, or none of them goes on, or 5 s are over.
LitmusRun run_litmus(const spec::Litmus& litmus, const LitmusOptions& options);

}  // namespace cutaway::sim
