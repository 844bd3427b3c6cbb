#include "trace/log/cut.h"
#include "trace/log/layout.h"

#include <gtest/gtest.h>

#include "base/prng.h"
#include "tests/unit/trace_log/sample.h"
#include "trace/log/event_store.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

void expect_same(const Trace& a, const Trace& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(to_jsonl(a), to_jsonl(b));
  EXPECT_EQ(a.blobs.size(), b.blobs.size());
  a.blobs.each([&b](BlobId id, std::string_view bytes) { EXPECT_EQ(b.blobs.get(id), bytes); });
  EXPECT_TRUE(a.head() == b.head());
}

TEST(Cut, ReadsBackExactly) {
  const Trace trace = sample_trace();
  const auto back = from_cut("t.cut", to_cut(trace));
  ASSERT_TRUE(back) << back.error().message;
  expect_same(trace, *back);
  EXPECT_EQ(back->damage, "");
  EXPECT_EQ(to_cut(*back), to_cut(trace));
}

TEST(Cut, AnEmptyTrace) {
  const auto back = from_cut("t.cut", to_cut(Trace()));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->size(), 0U);
}

TEST(Cut, OtherFilesAndNewerVersionsAreRefused) {
  EXPECT_EQ(from_cut("t.cut", "").error().message, "t.cut: this is no trace (.cut)");
  EXPECT_EQ(from_cut("t.cut", to_jsonl(sample_trace())).error().message,
            "t.cut: this is no trace (.cut)");
  std::string newer = to_cut(sample_trace());
  newer[8] = 2;
  EXPECT_EQ(from_cut("t.cut", newer).error().message,
            "t.cut: this trace is version 2; this program reads up to 1");
}

TEST(Cut, RecordsWithOtherFieldsAreRefusedBeforeTheyAreMisread) {
  std::string other = to_cut(sample_trace());
  other[12] = static_cast<char>(other[12] + 1);
  EXPECT_EQ(from_cut("t.cut", other)
                .error()
                .message.rfind("t.cut: this trace was written by another version of cutaway, ", 0),
            0U);
  EXPECT_NE(record_layout(), 0U);
}

/// A trace long enough for several blocks and checkpoints.
Trace long_trace(std::size_t events) {
  Trace trace;
  Event event;
  event.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(event);
  Prng prng(1);
  while (trace.size() < events) {
    event.stamp.t += 10;
    event.stamp.task = TaskId{1};
    event.stamp.step = trace.step_id("step" + std::to_string(trace.size() / 500));
    event.body = TaskNamed{std::string(20, static_cast<char>('a' + prng.below(26)))};
    trace.append(event);
    event.body = ContainerLogged{"stdout", trace.blobs.put(std::to_string(prng.next())), 20};
    trace.append(event);
  }
  return trace;
}

TEST(Cut, CheckpointsComeFromTheFile) {
  const Trace trace = long_trace(20000);
  const std::string file = to_cut(trace);
  const auto places = cut_places("t.cut", file);
  ASSERT_TRUE(places);
  int checkpoints = 0;
  for (const CutPlace& place : *places)
    checkpoints += place.type == CutBlockType::Checkpoint ? 1 : 0;
  EXPECT_GE(checkpoints, 3);
  const auto back = from_cut("t.cut", file);
  ASSERT_TRUE(back);
  for (const std::size_t n : {19000U, 12345U, 1U, 0U, 20000U})
    EXPECT_TRUE(back->world_at(n) == trace.world_at(n)) << n;
}

TEST(Cut, TheIndexSaysWhatScanningFinds) {
  const std::string file = to_cut(long_trace(5000));
  const auto indexed = cut_places("t.cut", file);
  const auto scanned =
      cut_places("t.cut", std::string_view(file).substr(0, file.size() - kCutClosingBytes));
  ASSERT_TRUE(indexed && scanned);
  ASSERT_EQ(scanned->size(), indexed->size() + 1) << "the index itself is a block, too";
  for (std::size_t i = 0; i < indexed->size(); ++i) {
    EXPECT_EQ((*indexed)[i].at, (*scanned)[i].at);
    EXPECT_EQ((*indexed)[i].type, (*scanned)[i].type);
    EXPECT_EQ((*indexed)[i].first, (*scanned)[i].first);
    EXPECT_EQ((*indexed)[i].count, (*scanned)[i].count);
  }
}

TEST(CutWriter, IsReadableWhileItIsWritten) {
  Trace trace;
  CutWriter writer;
  std::string file;
  Event event;
  event.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(event);
  for (int i = 0; i < 3000; ++i) {
    event.stamp.t = i;
    event.stamp.task = TaskId{1};
    event.body = TaskNamed{std::to_string(i)};
    trace.append(event);
    file += i % 1000 == 500 ? writer.flush(trace) : writer.append(trace);
    if (i % 1000 != 500) continue;
    const auto so_far = from_cut("t.cut", file);
    ASSERT_TRUE(so_far) << so_far.error().message;
    EXPECT_EQ(so_far->size(), trace.size());
    EXPECT_TRUE(so_far->head() == trace.head());
  }
  file += writer.finish(trace);
  const auto whole = from_cut("t.cut", file);
  ASSERT_TRUE(whole);
  expect_same(trace, *whole);
}

// Cut off at every position: what is whole before it can be read, and nothing else happens.
TEST(CutHostile, EveryLength) {
  const Trace trace = sample_trace();
  const std::string file = to_cut(trace);
  const std::string text = to_jsonl(trace);
  std::size_t refused = 0;
  for (std::size_t size = 0; size < file.size(); ++size) {
    const std::string_view part = std::string_view(file).substr(0, size);
    const auto kept = from_cut("t.cut", part, CutOff::Keep);
    refused += from_cut("t.cut", part) ? 0U : 1U;
    if (!kept) continue;  // not even the header is whole
    const std::string whole = to_jsonl(*kept);
    ASSERT_EQ(text.compare(0, whole.size(), whole), 0) << size;
  }
  EXPECT_GT(refused, file.size() * 9 / 10);
}

// One byte changed at every position: noticed, or of no consequence.
TEST(CutHostile, EveryByteFlipped) {
  const Trace trace = sample_trace();
  const std::string file = to_cut(trace);
  const std::string text = to_jsonl(trace);
  for (std::size_t at = 0; at < file.size(); ++at) {
    std::string damaged = file;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    const auto read = from_cut("t.cut", damaged);
    if (read) {
      ASSERT_EQ(to_jsonl(*read), text) << "byte " << at;
    }
    from_cut("t.cut", damaged, CutOff::Keep);
    cut_places("t.cut", damaged);
  }
}

// Damage that has a right checksum: the content of each block is changed before it is packed.
TEST(CutHostile, DamageInsideBlocks) {
  const std::string file = to_cut(sample_trace());
  Prng prng(3);
  for (int round = 0; round < 400; ++round) {
    std::string damaged(file.substr(0, kCutOpeningBytes));
    CutBlockHead head;
    const std::uint64_t victim = prng.below(8);
    std::uint64_t block = 0;
    for (std::size_t at = kCutOpeningBytes; at < file.size() - kCutClosingBytes;
         at += kCutBlockHeadBytes + head.stored) {
      ASSERT_EQ(peek_block(file, at, head), BlockState::Whole);
      std::string bytes;
      ASSERT_TRUE(unpack_block(file, at, head, bytes));
      if (block++ == victim && !bytes.empty()) {
        for (std::uint64_t flips = prng.below(3) + 1; flips > 0; --flips) {
          bytes[static_cast<std::size_t>(prng.below(bytes.size()))] =
              static_cast<char>(prng.next());
        }
      }
      damaged += pack_block(head.type, head.first, head.count, bytes);
    }
    const auto read = from_cut("t.cut", damaged, CutOff::Keep);
    if (read) to_jsonl(*read);
  }
}

TEST(CutBlock, PacksAndUnpacks) {
  for (const std::string& bytes : {std::string(), std::string("x"), std::string(100000, 'y')}) {
    const std::string block = pack_block(CutBlockType::Blobs, 3, 4, bytes);
    CutBlockHead head;
    ASSERT_EQ(peek_block(block, 0, head), BlockState::Whole);
    EXPECT_EQ(head.first, 3U);
    EXPECT_EQ(head.count, 4U);
    std::string back;
    ASSERT_TRUE(unpack_block(block, 0, head, back));
    EXPECT_EQ(back, bytes);
  }
  EXPECT_LT(pack_block(CutBlockType::Blobs, 0, 0, std::string(100000, 'y')).size(), 1000U);
}

}  // namespace
}  // namespace cutaway
