#include "base/prng.h"

#include <gtest/gtest.h>

namespace cutaway {
namespace {

// The reference implementation's first numbers for seed 1234567 (splitmix64.c, Vigna).
TEST(Prng, IsSplitmix64) {
  Prng prng(1234567);
  EXPECT_EQ(prng.next(), 6457827717110365317ULL);
  EXPECT_EQ(prng.next(), 3203168211198807973ULL);
  EXPECT_EQ(prng.next(), 9817491932198370423ULL);
}

TEST(Prng, ACopyGoesOnTheSame) {
  Prng a(5);
  a.next();
  Prng b = a;
  EXPECT_EQ(a.next(), b.next());
  EXPECT_EQ(a.state(), b.state());
}

TEST(Prng, Below) {
  Prng prng(9);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(prng.below(7), 7U);
}

}  // namespace
}  // namespace cutaway
