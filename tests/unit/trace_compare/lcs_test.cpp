// The bit-parallel length beside the table of the textbook.
#include "trace/compare/lcs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/prng.h"

namespace cutaway {
namespace {

using List = std::vector<std::uint32_t>;

std::int64_t by_table(const List& a, const List& b) {
  std::vector<std::vector<std::int64_t>> table(a.size() + 1,
                                               std::vector<std::int64_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                         : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

TEST(Lcs, of_small_lists) {
  EXPECT_EQ(lcs_length({}, {}), 0);
  EXPECT_EQ(lcs_length({1, 2, 3}, {}), 0);
  EXPECT_EQ(lcs_length({}, {1}), 0);
  EXPECT_EQ(lcs_length({1, 2, 3}, {1, 2, 3}), 3);
  EXPECT_EQ(lcs_length({1, 2, 3, 4}, {4, 3, 2, 1}), 1);
  EXPECT_EQ(lcs_length({1, 2, 3, 4}, {2, 9, 4}), 2);
}

TEST(Lcs, as_the_table_says_on_random_lists) {
  Prng random(7);
  for (int round = 0; round < 300; ++round) {
    const auto letters = 1 + random.below(12);
    const auto list = [&] {
      List made(random.below(200));  // over the borders of machine words
      for (std::uint32_t& each : made) each = static_cast<std::uint32_t>(random.below(letters));
      return made;
    };
    const List a = list();
    const List b = list();
    ASSERT_EQ(lcs_length(a, b), by_table(a, b)) << "round " << round;
  }
}

TEST(Lcs, equal_neighbours_are_one) {
  EXPECT_EQ(collapsed({}), List());
  EXPECT_EQ(collapsed({5, 5, 5, 1, 1, 5}), (List{5, 1, 5}));
}

}  // namespace
}  // namespace cutaway
