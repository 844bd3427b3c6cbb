// The events of a trace in memory: chunks of records, each chunk with its payloads in one piece.
// What lies far behind the end is packed; of it those chunks are open that were looked at last.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "trace/log/binary.h"
#include "trace/log/event_chunk.h"
#include "trace/log/trace.h"

namespace cutaway {

class EventStore {
 public:
  static constexpr std::size_t kChunkEvents = EventChunk::kEvents;
  /// How many chunks at the end stay as they are (a million events, some 100 MB), and how many of
  /// the others are open at a time.
  static constexpr std::size_t kOpenAtEnd = 1024, kOpenBefore = 256;

  /// Others than those above: for tests.
  void keep_open(std::size_t at_end, std::size_t before);

  std::size_t size() const { return size_; }
  std::size_t payload_bytes() const;
  void append(const Event& event);
  Record record(std::size_t n) const {
    CHECK(n < size_);
    return chunk_of(n).records[n % kChunkEvents];
  }
  /// Good until another event is looked at.
  std::string_view payload(std::size_t n) const;
  Event event(std::size_t n) const;

  /// Forgets all but the first n.
  void cut_back(std::size_t n);
  /// The World of the snapshot at n, or null.
  std::shared_ptr<const World> snapshot(std::size_t n) const;

  /// For readers of files: takes an event apart as it came. False (and nothing is taken) when it is
  /// none.
  bool append_raw(Record record, std::string_view payload, std::shared_ptr<const World> world);

 private:
  struct Place {
    std::string packed;  ///< empty: it never was
    /// None: it is packed, and closed.
    std::unique_ptr<EventChunk> open;
    std::size_t payload_bytes = 0;  ///< of a packed one
  };
  EventChunk& chunk_at_end();
  const EventChunk& chunk_of(std::size_t n) const {
    const Place& place = places_[n / kChunkEvents];
    return place.open ? *place.open : opened(n / kChunkEvents);
  }
  const EventChunk& opened(std::size_t index) const;
  void pack(std::size_t index);

  mutable std::vector<Place> places_;
  /// Packed ones that are open, and where in this ring the next one takes another's place.
  mutable std::vector<std::size_t> opened_;
  mutable std::size_t next_opened_ = 0;
  std::map<std::size_t, std::shared_ptr<const World>> snapshots_;
  BinaryWriter payload_;  ///< of the event that is appended
  std::size_t size_ = 0;
  std::size_t open_at_end_ = kOpenAtEnd, open_before_ = kOpenBefore;
};

}  // namespace cutaway
