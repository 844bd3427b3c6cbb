// Forks: what is typed is asked of whoever can run it, and both futures can be looked at.
#include <gtest/gtest.h>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"

namespace cutaway::viz {
namespace {

class Fork : public ::testing::Test {
 protected:
  Fork() {
    fork().possible = true;
    fork().futures = {{"as it was", 0}};
    window_.player().jump(20);
    window_.frame();
  }
  ForkState& fork() { return window_.state().fork; }

  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1600, 900};
};

TEST_F(Fork, WhatIsTypedIsAskedFor) {
  ASSERT_TRUE(window_.click("Fork here"));
  EXPECT_TRUE(fork().typing);
  window_.frame();
  window_.frame();
  window_.type("docker ps");
  window_.key(ImGuiKey_Enter);
  ASSERT_TRUE(fork().ask);
  EXPECT_EQ(fork().ask->text, "docker ps");
  EXPECT_EQ(window_.player().position(), 20U) << "keys of the player are letters here";
}

TEST_F(Fork, EscapeClosesTheLineAndAsksForNothing) {
  window_.type("f");
  EXPECT_TRUE(fork().typing);
  window_.frame();
  window_.key(ImGuiKey_Escape);
  window_.frame();
  window_.key(ImGuiKey_Escape);
  EXPECT_FALSE(fork().typing);
  EXPECT_FALSE(fork().ask);
}

TEST_F(Fork, AProblemIsToldWhereItWasTyped) {
  fork().begin();
  fork().problem = "not yet: docker top, in the simulator";
  window_.frame();
  EXPECT_TRUE(window_.shows("not yet: docker top, in the simulator"));
}

TEST_F(Fork, FuturesAreChosenByClickAndByKey) {
  EXPECT_FALSE(window_.find("1 as it was")) << "one future needs no choice";
  fork().futures.push_back({"docker stop web", 20});
  fork().shown = 1;
  window_.frame();
  ASSERT_TRUE(window_.click("1 as it was"));
  EXPECT_EQ(fork().show, 0U);
  fork().show.reset();
  window_.type(">");
  EXPECT_EQ(fork().show, 0U);
  window_.type("c");
  EXPECT_TRUE(fork().compare);
}

TEST_F(Fork, AnotherFutureIsShownAtTheSamePosition) {
  const Trace longer = hand_trace();
  window_.player().set_size(StepSize::Beat);
  show_trace(window_.state(), longer, 20);
  window_.frame();
  EXPECT_EQ(&window_.player().trace(), &longer);
  EXPECT_EQ(window_.player().position(), 20U);
  EXPECT_EQ(window_.player().size(), StepSize::Beat);
}

TEST_F(Fork, ARecordingHasOneFuture) {
  fork() = ForkState();
  window_.frame();
  EXPECT_FALSE(window_.find("Fork here"));
  window_.type("f");
  EXPECT_FALSE(fork().typing);
}

}  // namespace
}  // namespace cutaway::viz
