// Ids of a sandbox: nobody's, and never this machine's root.
#include <gtest/gtest.h>

#include "real/litmus/area.h"
#include "real/litmus/id_range.h"

namespace cutaway::real {
namespace {

TEST(IdRange, BeginsAtTheFirstIdThatIsAllowed) {
  const auto base = free_id_range({"root:x:0:0::/:/bin/sh\n", "root:x:0:\n", "", ""});
  ASSERT_TRUE(base);
  EXPECT_EQ(*base, kLitmusIdBaseMin);
}

TEST(IdRange, KeepsClearOfUsers) {
  const auto base = free_id_range({"u:x:365535:9::/:/bin/sh\n", "", "", ""});
  ASSERT_TRUE(base);
  EXPECT_EQ(*base, kLitmusIdBaseMin + kLitmusIdCount);
}

TEST(IdRange, KeepsClearOfGroupsAndOfRangesThatAreGivenAway) {
  const auto base = free_id_range({"", "g:x:300000:\n", "a:360000:65536\n", "b:431072:1\n"});
  ASSERT_TRUE(base);
  EXPECT_EQ(*base, kLitmusIdBaseMin + 3 * kLitmusIdCount);
}

TEST(IdRange, RefusesWhenAllAreGivenAway) {
  EXPECT_FALSE(free_id_range({"", "", "a:1:4294967294\n", ""}));
}

TEST(IdRange, PassesOverLinesThatSayNothing) {
  const auto base = free_id_range({"\nbroken\n:::\n", "", "x:y:z\n", "\n"});
  ASSERT_TRUE(base);
  EXPECT_EQ(*base, kLitmusIdBaseMin);
}

}  // namespace
}  // namespace cutaway::real
