#include "trace/log/event_store.h"

#include <utility>

#include "base/check.h"
#include "trace/log/event_codec.h"

namespace cutaway {

EventStore::Chunk& EventStore::open_chunk() {
  if (size_ % kChunkEvents == 0) {
    if (!chunks_.empty()) chunks_.back().payload.shrink_to_fit();  // it is full
    chunks_.emplace_back();
    chunks_.back().records.reserve(kChunkEvents);
  }
  return chunks_.back();
}

std::size_t EventStore::payload_bytes() const {
  std::size_t sum = 0;
  for (const Chunk& chunk : chunks_) sum += chunk.payload.size();
  return sum;
}

void EventStore::Chunk::begin(Record& record) const {
  CHECK(payload.size() <= UINT32_MAX);
  record.payload_at = static_cast<std::uint32_t>(payload.size());
}

void EventStore::append(const Event& event) {
  Record record = record_of(event);
  Chunk& chunk = open_chunk();
  chunk.begin(record);
  BinaryWriter out(chunk.payload);
  write_payload(out, event.body);
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
  Chunk& chunk = open_chunk();
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
  chunks_.resize((n + kChunkEvents - 1) / kChunkEvents);
  const std::size_t left = n % kChunkEvents;
  if (left != 0 && left < chunks_.back().records.size()) {
    Chunk& last = chunks_.back();
    last.payload.resize(last.records[left].payload_at);
    last.records.resize(left);
  }
  size_ = n;
}

const Record& EventStore::record(std::size_t n) const {
  CHECK(n < size_);
  return chunks_[n / kChunkEvents].records[n % kChunkEvents];
}

std::string_view EventStore::payload(std::size_t n) const {
  const std::size_t from = record(n).payload_at;
  const Chunk& chunk = chunks_[n / kChunkEvents];
  const std::size_t next = n % kChunkEvents + 1;
  const std::size_t to =
      next < chunk.records.size() ? chunk.records[next].payload_at : chunk.payload.size();
  return std::string_view(chunk.payload).substr(from, to - from);
}

std::shared_ptr<const World> EventStore::snapshot(std::size_t n) const {
  const auto found = snapshots_.find(n);
  return found == snapshots_.end() ? nullptr : found->second;
}

Event EventStore::event(std::size_t n) const {
  Event event;
  CHECK(read_event(record(n), payload(n), event));
  if (auto* body = std::get_if<Snapshot>(&event.body)) body->world = snapshot(n);
  return event;
}

}  // namespace cutaway
