#include "trace/log/event_chunk.h"

#include <lz4.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "base/check.h"

namespace cutaway {

namespace {

static_assert(std::is_trivially_copyable_v<Record>);

/// What stands before the packed bytes.
struct Sizes {
  std::uint32_t records = 0, payload = 0;
  std::size_t raw() const { return records * sizeof(Record) + payload; }
};

/// The first bytes of all records, then the second ones, and so on.
std::string to_planes(const std::vector<Record>& records) {
  std::string planes(records.size() * sizeof(Record), '\0');
  const char* bytes = reinterpret_cast<const char*>(records.data());
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (std::size_t byte = 0; byte < sizeof(Record); ++byte)
      planes[byte * records.size() + i] = bytes[i * sizeof(Record) + byte];
  }
  return planes;
}

/// Most bytes of records are 0 in all of a chunk: high ones of small numbers.
bool is_zero(std::string_view plane) {
  return plane.empty() ||
         (plane[0] == '\0' && std::memcmp(plane.data(), plane.data() + 1, plane.size() - 1) == 0);
}

std::vector<Record> from_planes(std::string_view planes, std::size_t count) {
  std::vector<Record> records(count);
  char* bytes = reinterpret_cast<char*>(records.data());
  std::fill_n(bytes, count * sizeof(Record), '\0');
  for (std::size_t byte = 0; byte < sizeof(Record); ++byte) {
    const std::string_view plane = planes.substr(byte * count, count);
    if (is_zero(plane)) continue;
    for (std::size_t i = 0; i < count; ++i) bytes[i * sizeof(Record) + byte] = plane[i];
  }
  return records;
}

}  // namespace

void EventChunk::begin(Record& record) const {
  CHECK(payload.size() <= UINT32_MAX);
  record.payload_at = static_cast<std::uint32_t>(payload.size());
}

std::string_view EventChunk::payload_of(std::size_t at) const {
  const std::size_t from = records[at].payload_at;
  const std::size_t to = at + 1 < records.size() ? records[at + 1].payload_at : payload.size();
  return std::string_view(payload).substr(from, to - from);
}

void EventChunk::cut_back(std::size_t events) {
  if (events >= records.size()) return;
  payload.resize(records[events].payload_at);
  records.resize(events);
}

std::string pack_chunk(const EventChunk& chunk) {
  const Sizes sizes{static_cast<std::uint32_t>(chunk.records.size()),
                    static_cast<std::uint32_t>(chunk.payload.size())};
  if (sizes.raw() > LZ4_MAX_INPUT_SIZE) return {};
  const std::string raw = to_planes(chunk.records) + chunk.payload;
  const int most = LZ4_compressBound(static_cast<int>(raw.size()));
  std::string packed(sizeof sizes + static_cast<std::size_t>(most), '\0');
  std::memcpy(packed.data(), &sizes, sizeof sizes);
  const int size = LZ4_compress_default(raw.data(), packed.data() + sizeof sizes,
                                        static_cast<int>(raw.size()), most);
  if (size <= 0) return {};
  packed.resize(sizeof sizes + static_cast<std::size_t>(size));
  packed.shrink_to_fit();
  return packed;
}

EventChunk unpack_chunk(std::string_view packed) {
  Sizes sizes;
  CHECK(packed.size() > sizeof sizes);
  std::memcpy(&sizes, packed.data(), sizeof sizes);
  packed.remove_prefix(sizeof sizes);
  std::string raw(sizes.raw(), '\0');
  const int size = LZ4_decompress_safe(packed.data(), raw.data(), static_cast<int>(packed.size()),
                                       static_cast<int>(raw.size()));
  CHECK(size >= 0 && static_cast<std::size_t>(size) == raw.size());
  EventChunk chunk;
  const std::size_t planes = raw.size() - sizes.payload;
  chunk.records = from_planes(std::string_view(raw).substr(0, planes), sizes.records);
  chunk.payload = raw.substr(planes);
  return chunk;
}

}  // namespace cutaway
