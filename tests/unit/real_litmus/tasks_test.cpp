#include "real/litmus/tasks.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>

namespace cutaway::real {
namespace {

TEST(LitmusTasks, AListenerThatNobodyCanAskAnyMoreHasNothingToSay) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  // As a seccomp listener whose last task is gone: POLLHUP, and never more than that.
  ::close(ends[1]);
  const auto area = std::make_unique<LitmusArea>();
  LitmusTasks tasks(*area, -1, Fd(ends[0]));
  EXPECT_FALSE(tasks.listen(0));
  EXPECT_FALSE(tasks.idle(0));
}

}  // namespace
}  // namespace cutaway::real
