// The events of a trace in memory: chunks of records, each chunk with its payloads in one piece.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway {

class EventStore {
 public:
  static constexpr std::size_t kChunkEvents = 1024;

  std::size_t size() const { return size_; }
  std::size_t payload_bytes() const;
  void append(const Event& event);
  const Record& record(std::size_t n) const;
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
  struct Chunk {
    std::vector<Record> records;
    std::string payload;

    /// The next payload is this record's; it ends where the one after it begins.
    void begin(Record& record) const;
  };
  Chunk& open_chunk();

  std::vector<Chunk> chunks_;
  std::map<std::size_t, std::shared_ptr<const World>> snapshots_;
  std::size_t size_ = 0;
};

}  // namespace cutaway
