#include "spec/trace_timeline.h"

#include "trace/log/jsonl.h"

namespace cutaway::spec {

namespace {

// JSON of an event is some ten times its record; traces that are longer than this are converted
// again each time.
constexpr std::size_t kKeptMax = 20'000;

}  // namespace

TraceTimeline::TraceTimeline(const Trace& trace) : trace_(trace), world_(trace.world_at(0)) {}
TraceTimeline::~TraceTimeline() = default;

std::size_t TraceTimeline::count() const { return trace_.size(); }

const Json& TraceTimeline::event(std::size_t n) {
  if (n >= kKeptMax) return beyond_ = event_to_json(trace_, n, world(n));
  while (kept_.size() <= n) {
    const std::size_t next = kept_.size();
    kept_.push_back(event_to_json(trace_, next, world(next)));
  }
  return kept_[n];
}

std::optional<Json> TraceTimeline::part(std::size_t n, std::string_view pointer) {
  return world_part(world(n), pointer);
}

const World& TraceTimeline::world(std::size_t n) {
  if (n < at_) {
    world_ = trace_.world_at(n);
    at_ = n;
  }
  for (; at_ < n; ++at_) evolve(world_, trace_.event(at_));
  return world_;
}

std::optional<std::size_t> first_position(const Predicate& predicate, Timeline& timeline,
                                          std::size_t first) {
  Watch watch(predicate);
  TimelineWindow window(timeline, first, first);
  for (std::size_t n = first; n <= timeline.count(); ++n) {
    window.extend(n);
    if (watch.holds(window)) return n;
  }
  return std::nullopt;
}

}  // namespace cutaway::spec
