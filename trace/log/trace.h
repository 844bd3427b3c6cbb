// A trace: header, events, the names of its steps, the bytes it refers to, and checkpoints to seek by.
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

/// What a trace keeps of every event in memory: 64 bytes; the rest of the body is encoded apart.
struct Record {
  std::int64_t t = 0;
  std::int64_t ret = 0;                 ///< syscalls
  std::int64_t dur = 0;                 ///< syscalls
  std::uint64_t payload_at = 0;         ///< offset of the encoded body
  std::uint32_t payload_bytes = 0;
  std::uint32_t task = 0;
  std::uint32_t container = 0;
  std::uint32_t call = 0;
  EventIndex cause = kNoEvent;
  std::uint16_t step = 0;
  std::uint16_t sys = 0xffff;           ///< syscalls: which
  std::uint16_t err = 0;
  std::uint8_t body = 0;                ///< index in Body
  std::uint8_t how = 0;
  std::uint32_t reserved = 0;
};
static_assert(sizeof(Record) == 64);

class Trace {
 public:
  explicit Trace(TraceHeader header = {});
  ~Trace();
  Trace(Trace&&) noexcept;
  Trace& operator=(Trace&&) noexcept;

  TraceHeader header;
  BlobStore blobs;

  /// Appends and applies: `head()` is the World afterwards. Index of the new event.
  EventIndex append(Event event);
  std::size_t size() const;
  const Record& record(std::size_t n) const;
  /// The event, decoded.
  Event event(std::size_t n) const;

  /// The World after all events.
  const World& head() const;
  /// The World after the first n events, 0 ≤ n ≤ size(): nearest checkpoint, then replay.
  World world_at(std::size_t n) const;
  /// How often a checkpoint is kept (events); set before the first append.
  void set_checkpoint_interval(std::size_t events);

  StepId step_id(std::string_view name);
  /// Empty for none.
  std::string_view step_name(StepId id) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway
