// The grace that docker stop gives: what was sent to whom, how long the daemon is patient, and how
// it went on. Read from the events since the command was typed; nothing is assumed to come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/scene/grace_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// One container that was asked to end by the command that runs (stop, restart).
struct StopWait {
  ContainerId container;
  TaskId init;                  ///< whom the signal was for
  std::size_t sent = 0;         ///< index of its SignalSent
  std::size_t over = kNowhere;  ///< index of what ended the wait; kNowhere: it goes on
  std::int32_t signal = 0;
  std::string rule;           ///< of its SignalSent: "kill(2)"
  TaskId from;                ///< who sent it; none: nobody whom the trace knows
  std::int64_t since = 0;     ///< ns of the trace's clock
  std::int64_t until = 0;     ///< now, or when it was over
  std::int64_t patience = 0;  ///< ns; less than 0: for ever
  bool dropped = false;       ///< the kernel dropped it at pid 1's door
  GraceEnd end = GraceEnd::Waits;
};

/// In the order in which they were asked; empty when no stop or restart runs.
[[nodiscard]] std::vector<StopWait> stop_waits(const Trace& trace, const World& world,
                                               std::size_t position, std::size_t typed_at);
/// The one to show: the first that still waits, else the last.
[[nodiscard]] std::optional<StopWait> stop_wait_at(const Trace& trace, const World& world,
                                                   std::size_t position, std::size_t typed_at);

/// As the picture shows it.
[[nodiscard]] Grace grace_of(const World& world, const StopWait& wait);

/// How long the daemon is patient with this container: the command's -t, else what the container
/// was created with (--stop-timeout), else docker's ten seconds.
[[nodiscard]] std::int64_t patience_ns(const World& world, const cutaway::Container& container,
                                       std::string_view stop_line);

/// A stretch of the trace in which somebody had grace: what the timeline shows.
struct GraceStretch {
  std::size_t from = 0, to = 0;  ///< positions: after the signal, before what ended it
  std::int64_t waited = 0, patience = 0;
  int slot = kHostSlot;
  GraceEnd end = GraceEnd::Waits;
};
/// Of the command whose line is `line` and whose events are [from, to).
[[nodiscard]] std::vector<GraceStretch> grace_stretches(const Trace& trace, std::size_t from,
                                                        std::size_t to, std::string_view line);

}  // namespace cutaway::viz
