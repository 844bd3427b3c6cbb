#include "viz/player/event_filter.h"

#include <algorithm>

#include "base/text.h"
#include "trace/event/kind.h"
#include "viz/player/event_class.h"
#include "viz/player/event_line.h"

namespace cutaway::viz {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

bool lists(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::string_view kind_name(const Trace& trace, std::size_t n) {
  const Record& record = trace.record(n);
  if (is<BytesMoved>(record)) return kind_of(trace.event(n).body).kind;
  return kind_of(empty_body(record.body)).kind;
}

/// Without a wish: calls, and what the engine and the kernel do of their own accord.
bool shown_by_itself(const Trace& trace, std::size_t n, bool effects) {
  switch (event_class(trace, n)) {
    case EventClass::Noise:
    case EventClass::Detail:
      return false;
    case EventClass::Effect:
      return effects || trace.record(n).call == 0;
    default:
      return true;
  }
}

bool has_all_words(const std::vector<std::string>& words, const Trace& trace,
                   const StepIndex& index, std::size_t n) {
  if (words.empty()) return true;
  const std::string text = lower(line_words(trace, index, n) + "\n" + line_whole(trace, index, n));
  return std::all_of(words.begin(), words.end(), [&text](const std::string& word) {
    return text.find(word) != std::string::npos;
  });
}

}  // namespace

EventFilter EventFilter::parse(std::string_view text) {
  EventFilter filter;
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    const std::size_t colon = word.find(':');
    const std::string key = colon == std::string::npos ? "" : lower(word.substr(0, colon));
    const std::string value = colon == std::string::npos ? "" : word.substr(colon + 1);
    if (key == "kind" && lower(value) == "all")
      filter.all = true;
    else if (key == "kind")
      filter.kinds.push_back(lower(value));
    else if (key == "container")
      filter.containers.push_back(value);
    else if (key == "task")
      filter.tasks.push_back(value);
    else if (key == "step")
      filter.steps.push_back(value);
    else
      filter.words.push_back(lower(word));
  }
  return filter;
}

bool EventFilter::wishes() const {
  return all ||
         !(kinds.empty() && containers.empty() && tasks.empty() && steps.empty() && words.empty());
}

bool EventFilter::matches(const Trace& trace, const StepIndex& index, std::size_t n) const {
  const Record& record = trace.record(n);
  if (!kinds.empty() && !lists(kinds, kind_name(trace, n))) return false;
  if (kinds.empty() && !all && !shown_by_itself(trace, n, effects)) return false;
  const ContainerId container(record.container);
  const auto called = [&](const std::string& name) { return index.is_called(container, name); };
  if (!containers.empty() && std::none_of(containers.begin(), containers.end(), called)) {
    return false;
  }
  const auto begins = [&](const std::string& name) {
    return starts_with(trace.step_name(StepId(record.step)), name);
  };
  if (!steps.empty() && std::none_of(steps.begin(), steps.end(), begins)) return false;
  if (!tasks.empty() && !lists(tasks, decimal(pid_of(trace, index, TaskId(record.task))))) {
    return false;
  }
  return has_all_words(words, trace, index, n);
}

void FilteredEvents::set(std::string_view text, bool effects) {
  if (text == text_ && filter_.effects == effects) return;
  text_ = text;
  filter_ = EventFilter::parse(text);
  filter_.effects = effects;
  rows_.clear();
  seen_ = 0;
}

bool FilteredEvents::scan(const Trace& trace, const StepIndex& index, std::size_t budget) {
  static const BodySet kOthers = bodies<Syscall>().flip();
  const std::size_t end = std::min(index.count(), seen_ + budget);
  if (rows_.empty()) rows_.reserve(index.count());  // what is not written to is no memory yet
  const auto any = [](std::size_t) { return true; };
  while (seen_ < end) {
    // Without a wish all calls are shown: they need no look, and are most of a long trace.
    const std::size_t look_at =
        filter_.wishes() ? seen_ : index.kinds().first_from(trace, seen_, end, kOthers, any);
    for (; seen_ < std::min(look_at, end); ++seen_) rows_.push_back(static_cast<EventIndex>(seen_));
    if (seen_ == end) break;
    if (filter_.matches(trace, index, seen_)) rows_.push_back(static_cast<EventIndex>(seen_));
    ++seen_;
  }
  return seen_ < index.count();
}

std::size_t FilteredEvents::past(std::size_t position) const {
  return static_cast<std::size_t>(std::lower_bound(rows_.begin(), rows_.end(), position) -
                                  rows_.begin());
}

}  // namespace cutaway::viz
