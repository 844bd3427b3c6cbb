// Chunks far behind the end are packed; whoever looks at an event cannot tell.
#include "trace/log/event_store.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/trace_log/sample.h"
#include "trace/log/event_chunk.h"
#include "trace/log/event_codec.h"

namespace cutaway {
namespace {

constexpr std::size_t kChunk = EventStore::kChunkEvents;

Event numbered(std::size_t n) {
  Event event;
  event.stamp.t = static_cast<std::int64_t>(n) * 7;
  event.stamp.task = TaskId{static_cast<std::uint32_t>(n % 5 + 1)};
  event.body =
      call(abi::Sys::mkdir,
           {Arg::bytes("/folder/" + decimal(static_cast<std::int64_t>(n))), Arg::integer(0755)}, -1,
           abi::Errno::kEEXIST);
  return event;
}

void fill(EventStore& store, std::size_t to) {
  while (store.size() < to) store.append(numbered(store.size()));
}

void expect_numbered(const EventStore& store, std::size_t n) {
  const Event event = store.event(n);
  EXPECT_EQ(event.stamp.t, static_cast<std::int64_t>(n) * 7);
  EXPECT_EQ(event.stamp.task.value, n % 5 + 1);
  EXPECT_EQ(std::get<Syscall>(event.body).args[0].text,
            "/folder/" + decimal(static_cast<std::int64_t>(n)));
  EXPECT_EQ(store.record(n).err, static_cast<std::uint16_t>(abi::Errno::kEEXIST));
}

TEST(EventChunk, IsPackedToLessAndComesBackWhole) {
  EventChunk chunk;
  for (std::size_t n = 0; n < kChunk; ++n) {
    const Event event = numbered(n);
    Record record = record_of(event);
    chunk.begin(record);
    BinaryWriter out;
    write_payload(out, event.body);
    chunk.payload += out.bytes();
    chunk.records.push_back(record);
  }
  const std::string packed = pack_chunk(chunk);
  EXPECT_LT(packed.size() * 3, kChunk * sizeof(Record) + chunk.payload.size());
  const EventChunk back = unpack_chunk(packed);
  ASSERT_EQ(back.records.size(), kChunk);
  EXPECT_EQ(back.payload, chunk.payload);
  for (std::size_t n = 0; n < kChunk; ++n) {
    EXPECT_EQ(back.records[n].t, chunk.records[n].t);
    EXPECT_EQ(back.records[n].payload_at, chunk.records[n].payload_at);
    EXPECT_EQ(back.records[n].flags, chunk.records[n].flags);
  }
}

TEST(EventStore, EveryEventIsFoundInAnyOrder) {
  EventStore store;
  store.keep_open(2, 3);
  const std::size_t all = 12 * kChunk + 100;
  fill(store, all);
  for (std::size_t n = 0; n < all; n += 97) expect_numbered(store, n);
  for (std::size_t n = all; n > 0; n -= std::min<std::size_t>(n, 61)) expect_numbered(store, n - 1);
  for (std::size_t i = 0, n = 1; i < 3000; ++i, n = n * 7919 % all) expect_numbered(store, n);
}

TEST(EventStore, PayloadsAreCountedWhetherPackedOrNot) {
  EventStore packing, plain;
  packing.keep_open(1, 1);
  fill(packing, 5 * kChunk);
  fill(plain, 5 * kChunk);
  EXPECT_EQ(packing.payload_bytes(), plain.payload_bytes());
}

TEST(EventStore, GoesOnFromAPlaceThatWasPacked) {
  for (const std::size_t back :
       {7 * kChunk + 10, 4 * kChunk, 3 * kChunk + 1, kChunk, std::size_t{5}, std::size_t{0}}) {
    EventStore store;
    store.keep_open(2, 2);
    fill(store, 9 * kChunk + 50);
    expect_numbered(store, 0);
    expect_numbered(store, back > 0 ? back - 1 : 0);
    store.cut_back(back);
    ASSERT_EQ(store.size(), back);
    fill(store, 11 * kChunk);
    for (std::size_t n = 0; n < store.size(); n += 53) expect_numbered(store, n);
  }
}

}  // namespace
}  // namespace cutaway
