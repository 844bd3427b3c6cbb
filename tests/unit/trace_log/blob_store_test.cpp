#include "trace/log/blob_store.h"

#include <gtest/gtest.h>

namespace cutaway {
namespace {

TEST(BlobStore, KeepsEqualBytesOnce) {
  BlobStore store;
  const BlobId hi = store.put("hi");
  EXPECT_EQ(store.put("hi"), hi);
  EXPECT_NE(store.put("ho"), hi);
  EXPECT_EQ(store.get(hi), "hi");
  EXPECT_EQ(store.size(), 2U);
  EXPECT_EQ(store.bytes(), 4U);
  EXPECT_EQ(store.id_at(0), hi);
}

TEST(BlobStore, NothingHasIdZero) {
  BlobStore store;
  EXPECT_FALSE(store.put(""));
  EXPECT_EQ(store.get(BlobId{}), "");
  EXPECT_EQ(store.get(BlobId{77}), "");
  EXPECT_FALSE(store.contains(BlobId{77}));
}

// Two contents with one hash are still two contents.
TEST(BlobStore, CollisionsGetTheNextId) {
  BlobStore store(
      [](std::string_view bytes) { return static_cast<std::uint64_t>(bytes.size() - 3); });
  const BlobId abc = store.put("abc"), xyz = store.put("xyz"), four = store.put("four");
  EXPECT_EQ(abc.value, 1U) << "never 0";
  EXPECT_EQ(xyz.value, 2U);
  EXPECT_EQ(four.value, 3U);
  EXPECT_EQ(store.put("xyz"), xyz);
  EXPECT_EQ(store.get(abc), "abc");
  EXPECT_EQ(store.get(xyz), "xyz");
}

TEST(BlobStore, RestoresUnderTheIdOfAFile) {
  BlobStore store;
  EXPECT_TRUE(store.restore(BlobId{5}, "five"));
  EXPECT_TRUE(store.restore(BlobId{5}, "five"));
  EXPECT_FALSE(store.restore(BlobId{5}, "other"));
  EXPECT_FALSE(store.restore(BlobId{}, "x"));
  EXPECT_FALSE(store.restore(BlobId{6}, ""));
  EXPECT_EQ(store.get(BlobId{5}), "five");
}

}  // namespace
}  // namespace cutaway
