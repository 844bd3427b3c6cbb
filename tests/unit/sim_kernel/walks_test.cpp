// What a handler found on paths is for the effects of the same call alone.
#include "sim/kernel/walks.h"

#include <gtest/gtest.h>

namespace cutaway::sim {
namespace {

constexpr TaskId kTask{7};
constexpr std::size_t kEvents = 100;

Walks with_one(const char* path, LastLink last, const Location* from) {
  Walk found;
  found.where = Location{MountId{3}, "/there"};
  Walks walks;
  walks.begin(kTask, kEvents);
  walks.note(path, last, from, found);
  return walks;
}

TEST(Walks, AnswerTheSameQuestionOnce) {
  const Location from{MountId{3}, "/folder"};
  Walks walks = with_one("a", LastLink::NoFollow, &from);
  const std::optional<Walk> found = walks.take(kTask, kEvents, "a", LastLink::NoFollow, &from);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->where.path, "/there");
  EXPECT_FALSE(walks.take(kTask, kEvents, "a", LastLink::NoFollow, &from)) << "it has been taken";
}

TEST(Walks, AnswerNoOther) {
  const Location from{MountId{3}, "/folder"}, elsewhere{MountId{3}, "/other"};
  Walks walks = with_one("a", LastLink::NoFollow, &from);
  EXPECT_FALSE(walks.take(kTask, kEvents, "b", LastLink::NoFollow, &from));
  EXPECT_FALSE(walks.take(kTask, kEvents, "a", LastLink::Follow, &from));
  EXPECT_FALSE(walks.take(kTask, kEvents, "a", LastLink::NoFollow, &elsewhere));
  EXPECT_FALSE(walks.take(kTask, kEvents, "a", LastLink::NoFollow, nullptr));
  EXPECT_FALSE(walks.take(TaskId{8}, kEvents, "a", LastLink::NoFollow, &from));
  EXPECT_FALSE(walks.take(kTask, kEvents + 1, "a", LastLink::NoFollow, &from))
      << "the World is another";
  EXPECT_TRUE(walks.take(kTask, kEvents, "a", LastLink::NoFollow, &from));
  walks = with_one("a", LastLink::Follow, nullptr);
  walks.begin(kTask, kEvents);
  EXPECT_FALSE(walks.take(kTask, kEvents, "a", LastLink::Follow, nullptr)) << "of another call";
}

}  // namespace
}  // namespace cutaway::sim
