#include "base/result.h"

#include <gtest/gtest.h>

#include <string>

namespace cutaway {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(ErrorCode::Usage, "odd", "take an even one");
  return value / 2;
}
Status check(int value) {
  TRY(half(value));
  return {};
}
Result<int> quarter(int value) {
  TRY_ASSIGN(const int once, half(value));
  return half(once);
}

TEST(Result, ValueOrError) {
  EXPECT_EQ(half(4).value(), 2);
  EXPECT_EQ(half(3).error().message, "odd");
  EXPECT_EQ(half(3).error().hint, "take an even one");
}

TEST(Result, TryHandsTheErrorOn) {
  EXPECT_TRUE(check(2));
  EXPECT_EQ(check(3).error().code, ErrorCode::Usage);
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_FALSE(quarter(6));
}

}  // namespace
}  // namespace cutaway
