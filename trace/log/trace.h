// A trace: header, events, the names of its steps, the bytes it refers to, and checkpoints to seek
// by.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trace/event/event.h"
#include "trace/event/header.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway {

/// What a trace keeps of every event in memory: 48 bytes; the rest of the body is encoded apart,
/// with how long a call took, which nobody looks for among millions.
struct Record {
  std::int64_t t = 0;
  std::int64_t ret = 0;          ///< syscalls
  std::uint32_t payload_at = 0;  ///< offset of the encoded body among those of its chunk
  std::uint32_t task = 0;
  std::uint32_t container = 0;
  std::uint32_t call = 0;
  EventIndex cause = kNoEvent;
  std::uint16_t step = 0;
  std::uint16_t sys = 0xffff;  ///< syscalls: which
  std::uint16_t err = 0;
  std::uint8_t body = 0;  ///< index in Body
  std::uint8_t how = 0;
  std::uint32_t flags = 0;

  static constexpr std::uint32_t kNotReturned = 1;  ///< a syscall that never did
};
static_assert(sizeof(Record) == 48);

/// How many steps a trace can name.
inline constexpr std::size_t kStepsMax = 0xffff;

class EventStore;
struct TraceParts;

class Trace {
 public:
  explicit Trace(TraceHeader header = {});
  /// Put together from what a file holds.
  explicit Trace(TraceParts parts);
  ~Trace();
  Trace(Trace&&) noexcept;
  Trace& operator=(Trace&&) noexcept;

  TraceHeader header;
  BlobStore blobs;
  /// Not empty: the file was cut off or damaged, and how; this is what was whole.
  std::string damage;

  /// Appends and applies: `head()` is the World afterwards. Index of the new event. Times never
  /// decrease. Of a buffer (ArgKind::Buffer) the first kCaptureBytes are kept.
  EventIndex append(Event&& event);
  EventIndex append(const Event& event) { return append(Event(event)); }
  std::size_t size() const;
  Record record(std::size_t n) const;
  /// The event, decoded.
  Event event(std::size_t n) const;

  /// The World after all events.
  const World& head() const;
  /// The World after the first n events, 0 ≤ n ≤ size(): nearest checkpoint, then replay. Leaves
  /// checkpoints on its way, so going on from there is quick.
  World world_at(std::size_t n) const;
  /// How far it has come; back_to(mark()) is as if nothing had been appended since.
  struct Mark {
    std::size_t events = 0, steps = 0, blobs = 0, commands = 0;
    World head;
  };
  Mark mark() const;
  void back_to(const Mark& mark);
  /// How often a checkpoint is kept (events); set before the first append.
  void set_checkpoint_interval(std::size_t events);

  StepId step_id(std::string_view name);
  /// Empty for none.
  std::string_view step_name(StepId id) const;
  /// Ids of steps are 1 … step_count().
  std::size_t step_count() const;

  const EventStore& store() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway
