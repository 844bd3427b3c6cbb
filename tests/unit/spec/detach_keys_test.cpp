#include "spec/detach_keys.h"

#include <gtest/gtest.h>

namespace cutaway::spec {
namespace {

TEST(DetachKeys, CtrlPCtrlQLeavesAndWhatFollowsIsNotForTheContainer) {
  DetachKeys keys;
  EXPECT_EQ(keys.pass("ls\r"), "ls\r");
  EXPECT_EQ(keys.pass("a\x10"), "a");
  EXPECT_FALSE(keys.left());
  EXPECT_EQ(keys.pass("\x11rm\r"), "");
  EXPECT_TRUE(keys.left());
}

TEST(DetachKeys, WhatOnlyBeganLikeThemIsPassedOn) {
  DetachKeys keys;
  EXPECT_EQ(keys.pass("\x10"), "");
  EXPECT_EQ(keys.pass("x"), "\x10x");
  EXPECT_EQ(keys.pass("\x10\x10"), "\x10");
  EXPECT_EQ(keys.pass("\x11"), "");
  EXPECT_TRUE(keys.left());
}

TEST(DetachKeys, OthersAreAskedForAndNonsenseIsDockersOwn) {
  DetachKeys own("ctrl-a,d");
  EXPECT_EQ(own.pass("\x10\x11"), "\x10\x11");
  own.pass(
      "\x01"
      "d");
  EXPECT_TRUE(own.left());
  DetachKeys nonsense("ctrl-a,escape");
  nonsense.pass("\x10\x11");
  EXPECT_TRUE(nonsense.left());
}

}  // namespace
}  // namespace cutaway::spec
