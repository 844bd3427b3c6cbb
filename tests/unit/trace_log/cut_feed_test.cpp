// A trace that comes in pieces is the trace.
#include "trace/log/cut_feed.h"

#include <gtest/gtest.h>

#include "tests/unit/trace_log/sample.h"
#include "trace/log/cut.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

/// Events of the sample again and again, so that there are several blocks; each flushed as a live
/// run flushes.
Trace growing_trace(CutWriter& writer, std::string& bytes) {
  Trace trace;
  Event event;
  event.body = Snapshot{std::make_shared<const World>(sample_world())};
  trace.append(event);
  for (int i = 0; i < 300; ++i) {
    event.stamp.t += 10;
    event.stamp.task = TaskId{1};
    event.stamp.cause = static_cast<EventIndex>(trace.size() - 1);
    event.stamp.step = trace.step_id("step" + std::to_string(i / 50));
    event.body = TaskNamed{"name" + std::to_string(i)};
    trace.append(event);
    event.body = ContainerLogged{"stdout", trace.blobs.put(std::to_string(i)), 3};
    trace.append(event);
    if (i % 7 == 0) bytes += writer.flush(trace);
  }
  return trace;
}

TEST(CutFeed, ComesInPiecesOfAnySize) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{97}, std::size_t{100'000}}) {
    CutWriter writer;
    std::string bytes;
    const Trace trace = growing_trace(writer, bytes);
    bytes += writer.finish(trace);
    Trace back;
    CutFeed feed("live");
    std::size_t events = 0;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      const auto came = feed.take(std::string_view(bytes).substr(at, piece), back);
      ASSERT_TRUE(came) << came.error().message;
      events += *came;
    }
    EXPECT_TRUE(feed.closed());
    EXPECT_EQ(events, trace.size());
    EXPECT_EQ(to_jsonl(back), to_jsonl(trace));
    EXPECT_TRUE(back.head() == trace.head());
  }
}

TEST(CutFeed, WhatIsWholeIsThereBeforeTheRestCame) {
  CutWriter writer;
  std::string bytes;
  const Trace trace = growing_trace(writer, bytes);
  bytes += writer.flush(trace);
  Trace back;
  CutFeed feed("live");
  ASSERT_TRUE(feed.take(bytes, back));
  EXPECT_EQ(back.size(), trace.size());
  EXPECT_TRUE(feed.headed());
  EXPECT_FALSE(feed.closed());
}

TEST(CutFeed, OtherBytesAreRefused) {
  Trace trace;
  EXPECT_EQ(CutFeed("live").take("this is no trace at all", trace).error().message,
            "live: this is no trace (.cut)");
  std::string bytes = to_cut(sample_trace());
  bytes[kCutOpeningBytes + kCutBlockHeadBytes + 3] ^= 1;
  EXPECT_EQ(CutFeed("live").take(bytes, trace).error().message, "live: what came is no trace");
}

}  // namespace
}  // namespace cutaway
