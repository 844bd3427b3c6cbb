// A run that is watched while it happens: what the window knows beside the trace so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/player/changes.h"

namespace cutaway::viz {

/// What a watcher asks of the run itself; the one who owns the window passes it on.
enum class LiveAsk : std::uint8_t {
  GoOn,     ///< what stands still goes on
  OneStep,  ///< goes on, and stands still again before the next step
  Hold,     ///< stands still before its next step
};

struct Live {
  bool follow = true;  ///< the picture stays with what happens now
  bool over = false;   ///< the run has ended: no more events come
  bool asked = false;  ///< a Hold is on its way
  int held_count = 0;  ///< how many of its tasks stand still
  std::string held;    ///< before what, when one does
  std::vector<LiveAsk> asks;
  std::vector<ChangeAsk> changes;  ///< limits and signals that were asked for
  std::string refused;             ///< what the agent would not do; whoever shows it clears it
  /// Where the picture was when it was last brought up to now; another place: somebody moved it.
  std::optional<std::size_t> shown;

  bool stands() const { return held_count > 0; }
  /// Takes in what the run has told since the last time.
  void extend(const Trace& trace);
  void ask(LiveAsk what);

 private:
  std::size_t seen_ = 0;
};

}  // namespace cutaway::viz
