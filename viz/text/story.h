// Where in the story of a command a trace stands: which beat, which step, what has just happened.
// Functions of (trace, position); position N is the World after the first N events.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "spec/plan/steps.h"
#include "trace/log/trace.h"

namespace cutaway::viz {

inline constexpr std::size_t kBeatCount = 9;
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
/// How far apart the line of a call and its effects may lie. A call that blocks for long has its
/// effects right before its line or right before it blocked.
inline constexpr std::size_t kCallReach = 4096;

/// Does an event only tell how time was spent (on and off a cpu, blocked, counters)? Such events
/// come whenever they like and say nothing of how far the story is.
[[nodiscard]] bool is_background(const Record& record);

/// The command that was typed last, and how far it is.
struct Story {
  std::size_t typed_at = kNowhere;            ///< index of its CliTyped; kNowhere: none yet
  bool done = false;                          ///< its CliDone has come
  std::array<bool, kBeatCount> reached = {};  ///< by spec::Beat
  std::optional<spec::Beat> beat;             ///< now
  const spec::StepRow* step = nullptr;        ///< now
  std::size_t beat_from = kNowhere;           ///< index of the first event of this beat …
  std::size_t step_from = kNowhere;           ///< … and of this step
  bool looked = false;                        ///< the image cache was asked
  bool hub_asked = false;

  [[nodiscard]] bool has_reached(spec::Beat b) const {
    return reached[static_cast<std::size_t>(b)];
  }
};

/// Reads a trace event by event and keeps the story of the command that runs. A beat does not go
/// back, but for isolate and limit, which take turns: the last answer of a request made long ago
/// belongs to where the story is. What containers of earlier commands do meanwhile is not part of
/// it.
class StoryReader {
 public:
  explicit StoryReader(const Trace& trace) : trace_(&trace) {}
  /// Event n; in order, from 0. False: it is not part of the story, which is as before.
  bool read(std::size_t n) { return read(n, trace_->record(n)); }
  bool read(std::size_t n, const Record& record);
  [[nodiscard]] const Story& story() const { return story_; }
  /// Does this event belong to a step of the command's story?
  [[nodiscard]] bool tells(const Record& record) const;

 private:
  void note_step(const spec::StepRow& row, std::size_t n);
  void note_child(std::size_t n);
  [[nodiscard]] spec::Beat beat_of(const spec::StepRow& row, std::size_t n) const;
  [[nodiscard]] const spec::StepRow* row_of(const Record& record) const;

  const Trace* trace_;
  Story story_;
  std::vector<std::uint32_t> running_;              ///< containers that run now
  std::vector<std::uint32_t> children_;             ///< tasks that containers' programs made
  std::vector<std::uint32_t> others_;               ///< those that ran when the command was typed
  mutable std::vector<const spec::StepRow*> rows_;  ///< by StepId
};
/// Reads all that has been; whoever looks at many positions keeps a StoryLog.
[[nodiscard]] Story story_at(const Trace& trace, std::size_t position);

/// What has happened last: an event, and the call that it belongs to.
struct Happening {
  std::size_t index = 0;  ///< of the event
  Event event;
  std::optional<Syscall> call;        ///< the event itself, or the call that did it
  std::size_t call_index = kNowhere;  ///< of the call's line
  TaskId caller;                      ///< who made the call; else whose event it is
  bool answered = false;              ///< the call's line has come
  /// What the call has changed so far, in order; without a call the event itself.
  std::vector<std::pair<std::size_t, Event>> effects;
};
/// The event before `position`, or the one asked for. None at the beginning.
[[nodiscard]] std::optional<Happening> happening_at(const Trace& trace, std::size_t position,
                                                    EventIndex focus = kNoEvent);

/// Index of the line of the call that event `n` belongs to; kNowhere when there is none (yet).
[[nodiscard]] std::size_t line_of_call(const Trace& trace, std::size_t n);

}  // namespace cutaway::viz
