// StepIndex: where the steps of each size begin and end in a trace. Computed once, in one pass; a
// trace that grows is followed with extend().
//
//   StepIndex index(trace);
//   std::size_t after = index.next(StepSize::Beat, position);
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/player/body_blocks.h"
#include "viz/player/step_size.h"
#include "viz/text/story.h"
#include "viz/text/story_log.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

/// Events [from, to): once they have happened, the position is `to`.
struct Stretch {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// A command, a beat or an engine step, as the timeline shows it.
struct StepUnit {
  Stretch at;
  std::string label;
  int slot = kHostSlot;  ///< of the container that most of its events are about
};

/// What a task did beside its calls, and what was done to it: events with its stamp, ascending.
struct Deeds {
  std::vector<EventIndex> often;   ///< of the kinds of often_done()
  std::vector<EventIndex> seldom;  ///< all others
};
/// Kinds of events that come all the time: who runs, who waits, what is counted.
const BodySet& often_done();

class StepIndex {
 public:
  StepIndex() = default;
  explicit StepIndex(const Trace& trace) { extend(trace); }

  /// Takes in what the trace has got since the last call. Must be the same trace.
  void extend(const Trace& trace);
  /// Events seen so far.
  std::size_t count() const { return count_; }
  /// Where the story begins: the machine stands, and no command has been typed.
  std::size_t beginning() const { return beginning_; }

  /// Command, beat, engine step: the units in order. (The finer sizes have marks.)
  const std::vector<StepUnit>& units(StepSize size) const;
  /// Syscall, effect: the events themselves, ascending.
  const std::vector<EventIndex>& marks(StepSize size) const;
  std::size_t unit_count(StepSize size) const;

  /// The position one step later (at most count()) or earlier (at least 0).
  std::size_t next(StepSize size, std::size_t position) const;
  std::size_t previous(StepSize size, std::size_t position) const;
  /// The unit that event position − 1 belongs to; empty at 0. What lies between two units belongs
  /// to the later one, what comes after the last is a unit of its own.
  Stretch stretch_at(StepSize size, std::size_t position) const;
  /// How many units have been begun at this position: "beat 3 of 9".
  std::size_t ordinal(StepSize size, std::size_t position) const;

  /// The story of the command that runs at this position.
  Story story_at(std::size_t position) const { return stories_.at(position); }
  /// Which kinds of events are where.
  const BodyBlocks& kinds() const { return kinds_; }
  /// The syscall event of a call; kNoEvent while it has not returned within the trace.
  EventIndex line_of(CallId call) const;
  /// The event that made this task; kNoEvent when it was there from the start.
  EventIndex maker_of(TaskId task) const;
  const Deeds& deeds_of(TaskId task) const;
  /// Does event n bear the stamp of this task? Sometimes yes where the answer is no: so that
  /// thousands of events are passed over without a look at each.
  bool may_be_by(TaskId task, std::size_t n) const {
    return n >= who_.size() || who_[n] == static_cast<std::uint8_t>(task.value);
  }
  int slot_of(ContainerId container) const;
  /// Where something was lost, ascending: the trace says how much, not what.
  const std::vector<EventIndex>& losses() const { return losses_; }
  /// Does the container have this name, or an id that begins so? Also after its removal.
  bool is_called(ContainerId container, std::string_view id_or_name) const;

 private:
  void reserve_for(const Trace& trace);
  void note(const Trace& trace, std::size_t n);
  static std::size_t before_typing(const Trace& trace, std::size_t typed);
  void note_command(const Trace& trace, std::size_t n, const Record& record);
  void note_container(const cutaway::Container& made);
  void note_deed(const Record& record, EventIndex event);
  void note_story(std::size_t n, const Record& record);
  void run_on(StepSize size, std::size_t n, std::string_view label);
  void vote(StepSize size, int slot);

  struct ContainerSign {
    int slot = kHostSlot;
    std::string id, name;
  };
  /// Events by slot. Each event of the trace is counted, so the usual slots stand in a list; a file
  /// may name any number.
  class Votes {
   public:
    std::size_t& operator[](int slot);

   private:
    std::vector<std::size_t> usual_;
    std::map<int, std::size_t> others_;
  };
  /// The run that is still open at the end of a list.
  struct OpenRun {
    Votes votes;
    bool ends = true;  ///< the next event begins another
  };

  std::size_t count_ = 0;
  BodyBlocks kinds_;
  std::size_t beginning_ = 0;
  std::optional<StoryReader> story_;
  StoryLog stories_;
  std::array<std::vector<StepUnit>, 3> units_;
  std::array<OpenRun, 3> open_;
  std::array<std::vector<EventIndex>, 2> marks_;
  std::vector<EventIndex> lines_;  ///< by call
  std::vector<EventIndex> losses_;
  std::map<TaskId, EventIndex> makers_;
  std::vector<Deeds> deeds_;       ///< by task
  std::vector<std::uint8_t> who_;  ///< the lowest bits of each event's task
  std::map<ContainerId, ContainerSign> containers_;
  std::vector<int> slots_;  ///< of the containers with usual numbers, by number
};

/// The story at a position: from the index of the trace where there is one, else read anew.
Story story_at(const Trace& trace, std::size_t position, const StepIndex* index);

}  // namespace cutaway::viz
