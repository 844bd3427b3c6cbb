#include "trace/log/trace.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/trace_parts.h"

namespace cutaway {

namespace {

constexpr std::size_t kCheckpointEvents = 2048;
/// Of a long trace every second one is let go, and again. What changes from one to the next is kept
/// twice: with hundreds of containers that is hundreds of kilobytes, and is the larger part of what
/// a long trace takes. Ten thousand events are replayed in some 15 ms.
constexpr std::size_t kMostCheckpoints = 768;
/// Whoever steps back goes over the same events again and again: there they are closer.
constexpr std::size_t kNearEvents = 4096;
constexpr std::size_t kNearSpacing = 128;
constexpr std::size_t kMostNear = 128;

/// Of a buffer the first bytes are kept, and its true length.
void cut_buffers(Syscall& call) {
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  for (std::size_t i = 0; i < call.args.size() && i < shape.size(); ++i) {
    Arg& arg = call.args[i];
    if (shape[i].kind != ArgKind::Buffer || arg.tag != ArgTag::Bytes) continue;
    arg.length = std::max<std::uint64_t>(arg.length, arg.text.size());
    arg.text.resize(utf8_prefix(arg.text, kCaptureBytes));
  }
}

}  // namespace

struct Trace::Impl {
  EventStore events;
  Checkpoints checkpoints;
  Checkpoints near;  ///< those of the events before where somebody looked last
  std::size_t checkpoint_events = kCheckpointEvents;
  World head;
  std::vector<std::string> step_names;
  std::map<std::string, StepId, std::less<>> steps;

  /// The World after n events; checkpoints are left on the way.
  World replay_to(std::size_t n) {
    Checkpoints::Found found = checkpoints.nearest(n);
    Checkpoints::Found nearby = near.nearest(n);
    if (nearby.position > found.position) found = std::move(nearby);
    if (near.decoded() > kMostNear) near.clear();
    for (std::size_t at = found.position; at < n; ++at) {
      evolve(found.world, events.event(at));
      keep_checkpoint(at + 1, found.world);
      keep_near(at + 1, n, found.world);
    }
    return std::move(found.world);
  }
  void keep_near(std::size_t position, std::size_t n, const World& world) {
    const bool wanted = checkpoint_events > kNearSpacing && n - position < kNearEvents &&
                        position % kNearSpacing == 0;
    if (wanted && !near.contains(position)) near.put(position, world);
  }
  void keep_checkpoint(std::size_t position, const World& world) {
    if (position % checkpoint_events != 0 || checkpoints.contains(position)) return;
    checkpoints.put(position, world);
    if (checkpoints.decoded() <= kMostCheckpoints) return;
    checkpoint_events *= 2;
    checkpoints.thin_out(checkpoint_events);
  }
};

Trace::Trace(TraceHeader h) : header(std::move(h)), impl_(std::make_unique<Impl>()) {}

Trace::Trace(TraceParts parts)
    : header(std::move(parts.header)),
      blobs(std::move(parts.blobs)),
      damage(std::move(parts.damage)),
      impl_(std::make_unique<Impl>()) {
  impl_->events = std::move(parts.events);
  impl_->checkpoints = std::move(parts.checkpoints);
  for (const std::string& name : parts.step_names) step_id(name);
  impl_->head = impl_->replay_to(size());
}

Trace::~Trace() = default;
Trace::Trace(Trace&&) noexcept = default;
Trace& Trace::operator=(Trace&&) noexcept = default;

EventIndex Trace::append(Event&& event) {
  const std::size_t n = size();
  CHECK(n < kNoEvent);
  CHECK(n == 0 || event.stamp.t >= impl_->head.now);
  if (auto* call = std::get_if<Syscall>(&event.body)) cut_buffers(*call);
  evolve(impl_->head, event);
  impl_->events.append(event);
  impl_->keep_checkpoint(size(), impl_->head);
  return static_cast<EventIndex>(n);
}

std::size_t Trace::size() const { return impl_->events.size(); }
Record Trace::record(std::size_t n) const { return impl_->events.record(n); }
Event Trace::event(std::size_t n) const { return impl_->events.event(n); }
const World& Trace::head() const { return impl_->head; }
const EventStore& Trace::store() const { return impl_->events; }

World Trace::world_at(std::size_t n) const {
  CHECK(n <= size());
  return n == size() ? impl_->head : impl_->replay_to(n);
}

Trace::Mark Trace::mark() const {
  return Mark{size(), step_count(), blobs.size(), header.commands.size(), impl_->head};
}

void Trace::back_to(const Mark& mark) {
  impl_->events.cut_back(mark.events);
  impl_->checkpoints.cut_back(mark.events);
  impl_->near.clear();
  impl_->head = mark.head;
  while (step_count() > mark.steps) {
    impl_->steps.erase(impl_->step_names.back());
    impl_->step_names.pop_back();
  }
  blobs.cut_back(mark.blobs);
  header.commands.resize(mark.commands);
}

void Trace::set_checkpoint_interval(std::size_t events) {
  CHECK(events > 0 && size() == 0);
  impl_->checkpoint_events = events;
}

StepId Trace::step_id(std::string_view name) {
  if (name.empty()) return {};
  const auto found = impl_->steps.find(name);
  if (found != impl_->steps.end()) return found->second;
  CHECK(step_count() < kStepsMax);
  impl_->step_names.emplace_back(name);
  const StepId id{static_cast<std::uint32_t>(step_count())};
  impl_->steps.emplace(name, id);
  return id;
}

std::string_view Trace::step_name(StepId id) const {
  const std::vector<std::string>& names = impl_->step_names;
  return id.value > 0 && id.value <= names.size() ? std::string_view(names[id.value - 1])
                                                  : std::string_view();
}

std::size_t Trace::step_count() const { return impl_->step_names.size(); }

}  // namespace cutaway
