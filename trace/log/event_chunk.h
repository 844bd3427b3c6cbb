// A piece of a trace in memory: so many records, and their payloads in one piece. One that nobody
// has looked at for long is packed to a third of its size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway {

struct EventChunk {
  static constexpr std::size_t kEvents = 1024;

  std::vector<Record> records;
  std::string payload;

  /// The next payload is this record's; it ends where the one after it begins.
  void begin(Record& record) const;
  std::string_view payload_of(std::size_t at) const;
  /// Forgets all but the first `events`.
  void cut_back(std::size_t events);
};

/// The chunk as fewer bytes (lz4; the records byte by byte of all of them, which alike are beside
/// one another then). Empty: it cannot be packed.
std::string pack_chunk(const EventChunk& chunk);
/// What pack_chunk was given.
EventChunk unpack_chunk(std::string_view packed);

}  // namespace cutaway
