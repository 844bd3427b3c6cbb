#include "viz/text/story.h"

#include <algorithm>

#include "viz/player/event_class.h"

namespace cutaway::viz {

namespace {

using spec::Beat;

bool belongs(const Record& record, std::uint32_t call) { return call != 0 && record.call == call; }

bool may_go_back(Beat from, Beat to) { return from == Beat::Limit && to == Beat::Isolate; }

bool contains(const std::vector<std::uint32_t>& list, std::uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The effects that lie before `n` and belong to the same call, which `caller` makes.
void collect_effects(const Trace& trace, std::size_t n, Happening& now) {
  const std::uint32_t call = trace.record(now.index).call;
  const std::size_t stop = n > kCallReach ? n - kCallReach : 0;
  std::vector<std::size_t> found;
  for (std::size_t i = n + 1; i > stop; --i) {
    const Record& record = trace.record(i - 1);
    const bool line = is<Syscall>(record);
    if (belongs(record, call)) {
      if (!line && !is_background(record)) found.push_back(i - 1);
    } else if (line && record.task == now.caller.value) {
      break;  // the caller's call before this one
    }
  }
  for (auto at = found.rbegin(); at != found.rend(); ++at) {
    now.effects.emplace_back(*at, trace.event(*at));
  }
}

}  // namespace

bool is_background(const Record& record) {
  return is<Snapshot>(record) || is<TaskBlocked>(record) || is<TaskOn>(record) ||
         is<TaskOff>(record) || is<CgroupUsage>(record) || is<Note>(record);
}

const spec::StepRow* StoryReader::row_of(const Record& record) const {
  if (record.step == 0) return nullptr;
  while (rows_.size() <= record.step) {
    const StepId id(static_cast<std::uint32_t>(rows_.size()));
    rows_.push_back(id ? spec::find_step(trace_->step_name(id)) : nullptr);
  }
  return rows_[record.step];
}

bool StoryReader::tells(const Record& record) const {
  if (story_.typed_at == kNowhere || is_background(record)) return false;
  const spec::StepRow* row = row_of(record);
  if (row == nullptr) return false;
  const bool of_container = row->who == spec::Who::Workload || row->id == "log.copy";
  return !of_container || !contains(others_, record.container);
}

/// A program ends with the process that docker started; when a child of it does, it goes on.
Beat StoryReader::beat_of(const spec::StepRow& row, std::size_t n) const {
  const bool inside = row.id == "exit" && contains(children_, trace_->record(n).task);
  return inside ? Beat::Speak : row.beat;
}

void StoryReader::note_child(std::size_t n) {
  const spec::StepRow* row = row_of(trace_->record(n));
  if (row != nullptr && row->who == spec::Who::Workload)
    children_.push_back(std::get<TaskForked>(trace_->event(n).body).child.value);
}

void StoryReader::note_step(const spec::StepRow& row, std::size_t n) {
  const Beat here = beat_of(row, n);
  const bool on = !story_.beat || *story_.beat < here || may_go_back(*story_.beat, here);
  const Beat beat = on ? here : *story_.beat;
  if (story_.beat != beat) story_.beat_from = n;
  if (story_.step != &row) story_.step_from = n;
  story_.beat = beat;
  story_.step = &row;
  story_.reached[static_cast<std::size_t>(beat)] = true;
  if (row.id == "hub.resolve" || row.id == "layer.fetch") story_.hub_asked = true;
}

bool StoryReader::read(std::size_t n, const Record& record) {
  bool part = true;
  if (is<CliTyped>(record)) {
    story_ = {};
    story_.typed_at = n;
    others_ = running_;
  } else if (is<CliDone>(record)) {
    story_.done = true;
  } else if (is<ImageLookedUp>(record)) {
    story_.looked = true;
  } else {
    part = false;
  }
  if (is<ContainerStarted>(record)) running_.push_back(record.container);
  if (is<TaskForked>(record)) note_child(n);
  if (is<ContainerExited>(record)) {
    running_.erase(std::remove(running_.begin(), running_.end(), record.container), running_.end());
  }
  if (!tells(record)) return part;
  note_step(*row_of(record), n);
  return true;
}

Story story_at(const Trace& trace, std::size_t position) {
  StoryReader reader(trace);
  for (std::size_t n = 0; n < position && n < trace.size(); ++n) reader.read(n);
  return reader.story();
}

std::size_t line_of_call(const Trace& trace, std::size_t n) {
  const Record& record = trace.record(n);
  if (is<Syscall>(record)) return n;
  if (record.call == 0) return kNowhere;
  const std::size_t stop = std::min(trace.size(), n + kCallReach);
  for (std::size_t i = n + 1; i < stop; ++i) {
    const Record& later = trace.record(i);
    if (is<Syscall>(later) && belongs(later, record.call)) return i;
  }
  return kNowhere;
}

std::optional<Happening> happening_at(const Trace& trace, std::size_t position, EventIndex focus) {
  if (position == 0 || position > trace.size()) return std::nullopt;
  Happening now;
  now.index = focus < position ? focus : position - 1;
  now.event = trace.event(now.index);
  now.caller = now.event.stamp.task;
  now.call_index = line_of_call(trace, now.index);
  if (now.call_index == kNowhere) {
    now.effects.emplace_back(now.index, now.event);
    return now;
  }
  Event line = trace.event(now.call_index);
  now.caller = line.stamp.task;
  now.answered = now.call_index < position;
  now.call = std::get<Syscall>(std::move(line.body));
  collect_effects(trace, std::min(now.call_index, position - 1), now);
  return now;
}

}  // namespace cutaway::viz
