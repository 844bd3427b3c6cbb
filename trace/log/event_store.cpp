#include "trace/log/event_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "trace/log/event_codec.h"

namespace cutaway {

void EventStore::keep_open(std::size_t at_end, std::size_t before) {
  CHECK(size_ == 0 && at_end > 0 && before > 0);
  open_at_end_ = at_end;
  open_before_ = before;
}

EventChunk& EventStore::chunk_at_end() {
  if (size_ % kChunkEvents == 0) {
    if (!places_.empty()) places_.back().open->payload.shrink_to_fit();  // it is full
    places_.emplace_back();
    places_.back().open = std::make_unique<EventChunk>();
    places_.back().open->records.reserve(kChunkEvents);
    if (places_.size() > open_at_end_) pack(places_.size() - 1 - open_at_end_);
  }
  return *places_.back().open;
}

void EventStore::pack(std::size_t index) {
  Place& place = places_[index];
  if (!place.packed.empty()) return;  // after a cut back: it has been far behind before
  place.packed = pack_chunk(*place.open);
  place.payload_bytes = place.open->payload.size();
  if (!place.packed.empty()) place.open = nullptr;
}

const EventChunk& EventStore::opened(std::size_t index) const {
  if (opened_.size() < open_before_) {
    opened_.push_back(index);
  } else {
    Place& other = places_[std::exchange(opened_[next_opened_], index)];
    if (!other.packed.empty()) other.open = nullptr;
    next_opened_ = (next_opened_ + 1) % open_before_;
  }
  Place& place = places_[index];
  place.open = std::make_unique<EventChunk>(unpack_chunk(place.packed));
  return *place.open;
}

std::size_t EventStore::payload_bytes() const {
  std::size_t sum = 0;
  for (const Place& place : places_)
    sum += place.open ? place.open->payload.size() : place.payload_bytes;
  return sum;
}

void EventStore::append(const Event& event) {
  Record record = record_of(event);
  EventChunk& chunk = chunk_at_end();
  chunk.begin(record);
  payload_.clear();
  write_payload(payload_, event.body);
  chunk.payload += payload_.bytes();
  if (const auto* snapshot = std::get_if<Snapshot>(&event.body))
    snapshots_[size_] = snapshot->world;
  chunk.records.push_back(record);
  ++size_;
}

bool EventStore::append_raw(Record record, std::string_view payload,
                            std::shared_ptr<const World> world) {
  Event event;
  if (!read_event(record, payload, event)) return false;
  if (std::holds_alternative<Snapshot>(event.body) != (world != nullptr)) return false;
  EventChunk& chunk = chunk_at_end();
  chunk.begin(record);
  chunk.payload += payload;
  if (world != nullptr) snapshots_[size_] = std::move(world);
  chunk.records.push_back(record);
  ++size_;
  return true;
}

void EventStore::cut_back(std::size_t n) {
  CHECK(n <= size_);
  snapshots_.erase(snapshots_.lower_bound(n), snapshots_.end());
  const std::size_t chunks = (n + kChunkEvents - 1) / kChunkEvents;
  places_.resize(chunks);
  opened_.erase(std::remove_if(opened_.begin(), opened_.end(),
                               [chunks](std::size_t index) { return index + 1 >= chunks; }),
                opened_.end());
  next_opened_ = 0;
  size_ = n;
  if (places_.empty()) return;
  // The last one grows from here on, and is no packed one any more.
  Place& last = places_.back();
  if (!last.open) last.open = std::make_unique<EventChunk>(unpack_chunk(last.packed));
  last.packed.clear();
  if (n % kChunkEvents != 0) last.open->cut_back(n % kChunkEvents);
}

std::string_view EventStore::payload(std::size_t n) const {
  CHECK(n < size_);
  return chunk_of(n).payload_of(n % kChunkEvents);
}

std::shared_ptr<const World> EventStore::snapshot(std::size_t n) const {
  const auto found = snapshots_.find(n);
  return found == snapshots_.end() ? nullptr : found->second;
}

Event EventStore::event(std::size_t n) const {
  CHECK(n < size_);
  const EventChunk& chunk = chunk_of(n);
  Event event;
  CHECK(read_event(chunk.records[n % kChunkEvents], chunk.payload_of(n % kChunkEvents), event));
  if (auto* body = std::get_if<Snapshot>(&event.body)) body->world = snapshot(n);
  return event;
}

}  // namespace cutaway
