#include "viz/player/step_index.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "spec/plan/steps.h"
#include "viz/player/event_class.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMany = 100'000;         // events at once
constexpr std::uint32_t kUsualNumbers = 4096;  // numbers of slots and of containers below this

std::size_t mark_list(StepSize size) {
  CHECK(size == StepSize::Syscall || size == StepSize::Effect);
  return size == StepSize::Syscall ? 0 : 1;
}

/// Ends of units ascend, so the first one behind a position is found by halving.
struct EndsAfter {
  bool operator()(std::size_t position, const StepUnit& unit) const {
    return position < unit.at.to;
  }
  bool operator()(std::size_t position, EventIndex mark) const {
    return position < std::size_t{mark} + 1;
  }
};
struct EndsBefore {
  bool operator()(const StepUnit& unit, std::size_t position) const {
    return unit.at.to < position;
  }
  bool operator()(EventIndex mark, std::size_t position) const {
    return std::size_t{mark} + 1 < position;
  }
};

std::size_t end_of(const StepUnit& unit) { return unit.at.to; }
std::size_t end_of(EventIndex mark) { return std::size_t{mark} + 1; }

template <class Unit>
std::size_t next_end(const std::vector<Unit>& units, std::size_t position, std::size_t count) {
  const auto found = std::upper_bound(units.begin(), units.end(), position, EndsAfter());
  return found == units.end() ? count : end_of(*found);
}

template <class Unit>
std::size_t previous_end(const std::vector<Unit>& units, std::size_t position) {
  const auto found = std::lower_bound(units.begin(), units.end(), position, EndsBefore());
  return found == units.begin() ? 0 : end_of(*(found - 1));
}

template <class Unit>
Stretch unit_around(const std::vector<Unit>& units, std::size_t position, std::size_t count) {
  const auto found = std::lower_bound(units.begin(), units.end(), position, EndsBefore());
  const std::size_t from = found == units.begin() ? 0 : end_of(*(found - 1));
  return {from, found == units.end() ? count : end_of(*found)};
}

}  // namespace

void StepIndex::extend(const Trace& trace) {
  if (!story_) story_.emplace(trace);
  reserve_for(trace);
  for (; count_ < trace.size(); ++count_) note(trace, count_);
}

// A trace that comes as a whole: lists that double as they grow would take up to three times what
// they hold. One that grows event by event is left to do so.
void StepIndex::reserve_for(const Trace& trace) {
  if (trace.size() < count_ + count_ / 2 + kMany) return;
  // As if all were calls: what is not written to is no memory yet.
  who_.reserve(trace.size());
  marks_[0].reserve(trace.size());
  lines_.reserve(trace.size());
}

void StepIndex::note(const Trace& trace, std::size_t n) {
  const Record record = trace.record(n);
  const auto event = static_cast<EventIndex>(n);
  const EventClass kind = event_class(trace, n, record);
  kinds_.note(n, record.body);
  who_.push_back(static_cast<std::uint8_t>(record.task));
  if (kind == EventClass::Syscall) {
    marks_[0].push_back(event);
    if (record.call >= lines_.size()) lines_.resize(record.call + 1, kNoEvent);
    if (record.call != 0) lines_[record.call] = event;
  }
  if (kind == EventClass::Effect) marks_[1].push_back(event);
  if (kind != EventClass::Syscall) note_deed(record, event);
  if (is<Loss>(record)) losses_.push_back(event);
  if (is<TaskForked>(record)) makers_[std::get<TaskForked>(trace.event(n).body).child] = event;
  if (is<ContainerCreated>(record)) {
    const cutaway::Container made = std::get<ContainerCreated>(trace.event(n).body).container;
    note_container(made);
  }
  if (is<Snapshot>(record) && n == 0) beginning_ = 1;
  note_command(trace, n, record);
  note_story(n, record);
}

void StepIndex::note_container(const cutaway::Container& made) {
  containers_[made.number] = {made.slot, made.id, made.name};
  const std::uint32_t number = made.number.value;
  if (number >= kUsualNumbers) return;
  if (number >= slots_.size()) slots_.resize(number + 1, kHostSlot);
  slots_[number] = made.slot;
}

void StepIndex::note_deed(const Record& record, EventIndex event) {
  if (record.task == 0) return;
  if (record.task >= deeds_.size()) deeds_.resize(std::size_t{record.task} + 1);
  Deeds& deeds = deeds_[record.task];
  (often_done().test(record.body) ? deeds.often : deeds.seldom).push_back(event);
}

/// The shell has read the line before it is typed to the client: that belongs to the command.
std::size_t StepIndex::before_typing(const Trace& trace, std::size_t typed) {
  const std::uint32_t shell = trace.record(typed).task;
  std::size_t from = typed;
  while (shell != 0 && from > 1 && trace.record(from - 1).task == shell) --from;
  return from;
}

void StepIndex::note_command(const Trace& trace, std::size_t n, const Record& record) {
  OpenRun& run = open_[index_of(StepSize::Command)];
  if (is<CliTyped>(record)) {
    for (OpenRun& open : open_) open.ends = true;
    if (units_[0].empty()) beginning_ = before_typing(trace, n);
    run_on(StepSize::Command, n, std::get<CliTyped>(trace.event(n).body).line);
  } else if (!run.ends) {
    units_[0].back().at.to = n + 1;
    vote(StepSize::Command, slot_of(ContainerId(record.container)));
  }
  if (is<CliDone>(record)) run.ends = true;
}

// The story knows which beat it is: it does not go back when an old request is answered at last.
void StepIndex::note_story(std::size_t n, const Record& record) {
  if (!story_->read(n, record)) return;
  stories_.note(n, story_->story());
  if (!story_->tells(record)) return;
  const Story& story = story_->story();
  const int slot = slot_of(ContainerId(record.container));
  run_on(StepSize::Beat, n, spec::beat_name(*story.beat));
  run_on(StepSize::EngineStep, n, story.step->id);
  vote(StepSize::Beat, slot);
  vote(StepSize::EngineStep, slot);
}

void StepIndex::run_on(StepSize size, std::size_t n, std::string_view label) {
  std::vector<StepUnit>& units = units_[index_of(size)];
  OpenRun& run = open_[index_of(size)];
  if (run.ends || units.back().label != label) {
    units.push_back({{n, n + 1}, std::string(label), kHostSlot});
    run = OpenRun{{}, false};
  }
  units.back().at.to = n + 1;
}

std::size_t& StepIndex::Votes::operator[](int slot) {
  static_assert(kHostSlot == -1);
  const auto at = static_cast<std::size_t>(static_cast<std::int64_t>(slot) + 1);
  if (at >= kUsualNumbers) return others_[slot];  // negative ones too
  if (at >= usual_.size()) usual_.resize(at + 1);
  return usual_[at];
}

void StepIndex::vote(StepSize size, int slot) {
  StepUnit& unit = units_[index_of(size)].back();
  Votes& votes = open_[index_of(size)].votes;
  const std::size_t count = ++votes[slot];
  if (count >= votes[unit.slot]) unit.slot = slot;
}

const std::vector<StepUnit>& StepIndex::units(StepSize size) const {
  CHECK(index_of(size) < units_.size());
  return units_[index_of(size)];
}

const std::vector<EventIndex>& StepIndex::marks(StepSize size) const {
  return marks_[mark_list(size)];
}

std::size_t StepIndex::unit_count(StepSize size) const {
  return index_of(size) < units_.size() ? units(size).size() : marks(size).size();
}

std::size_t StepIndex::next(StepSize size, std::size_t position) const {
  if (index_of(size) < units_.size()) return next_end(units(size), position, count_);
  return next_end(marks(size), position, count_);
}

std::size_t StepIndex::previous(StepSize size, std::size_t position) const {
  if (index_of(size) < units_.size()) return previous_end(units(size), position);
  return previous_end(marks(size), position);
}

Stretch StepIndex::stretch_at(StepSize size, std::size_t position) const {
  if (position == 0) return {};
  if (index_of(size) < units_.size()) return unit_around(units(size), position, count_);
  return unit_around(marks(size), position, count_);
}

std::size_t StepIndex::ordinal(StepSize size, std::size_t position) const {
  if (index_of(size) >= units_.size()) {
    const std::vector<EventIndex>& all = marks(size);
    return static_cast<std::size_t>(
        std::upper_bound(all.begin(), all.end(), position, EndsAfter()) - all.begin());
  }
  const std::vector<StepUnit>& all = units(size);
  const auto ahead = std::partition_point(
      all.begin(), all.end(), [position](const StepUnit& unit) { return unit.at.from < position; });
  return static_cast<std::size_t>(ahead - all.begin());
}

Story story_at(const Trace& trace, std::size_t position, const StepIndex* index) {
  if (index == nullptr) return story_at(trace, position);
  CHECK(position <= index->count());
  return index->story_at(position);
}

EventIndex StepIndex::line_of(CallId call) const {
  return call.value < lines_.size() ? lines_[call.value] : kNoEvent;
}

EventIndex StepIndex::maker_of(TaskId task) const {
  const auto found = makers_.find(task);
  return found == makers_.end() ? kNoEvent : found->second;
}

const BodySet& often_done() {
  static const BodySet kinds =
      bodies<TaskOn, TaskOff, TaskBlocked, BytesMoved, CgroupUsage, CliPrinted>();
  return kinds;
}

const Deeds& StepIndex::deeds_of(TaskId task) const {
  static const Deeds none;
  return task.value < deeds_.size() ? deeds_[task.value] : none;
}

int StepIndex::slot_of(ContainerId container) const {
  if (container.value < slots_.size()) return slots_[container.value];
  const auto found = containers_.find(container);
  return found == containers_.end() ? kHostSlot : found->second.slot;
}

bool StepIndex::is_called(ContainerId container, std::string_view id_or_name) const {
  const auto found = containers_.find(container);
  if (found == containers_.end() || id_or_name.empty()) return false;
  return found->second.name == id_or_name || starts_with(found->second.id, id_or_name);
}

}  // namespace cutaway::viz
