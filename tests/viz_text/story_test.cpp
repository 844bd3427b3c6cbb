#include "viz/text/story.h"

#include <gtest/gtest.h>

#include "tests/viz_text/hand_trace.h"

namespace cutaway::viz {
namespace {

using abi::Sys;
using spec::Beat;

TEST(Story, NothingBeforeACommandIsTyped) {
  const Trace trace = hand_trace(hand_host());
  EXPECT_EQ(story_at(trace, 1).typed_at, kNowhere);
  EXPECT_FALSE(story_at(trace, 1).beat);
}

TEST(Story, BeatsGoOnAndIsolateAndLimitTakeTurns) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run busybox", {}}, "cli");
  add_call(trace, kDaemon, made(Sys::clone, {}), {}, "ns.clone");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Isolate);
  add_call(trace, kDaemon, made(Sys::mkdir, {}), {}, "cg.create");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Limit);
  add_call(trace, kDaemon, made(Sys::mount, {}), {}, "mnt.proc");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Isolate);
  add_call(trace, kDaemon, made(Sys::exit_group, {}), {}, "exit");
  add_call(trace, kDaemon, made(Sys::read, {}), {},
           "api.wait");  // the last answer of an old request
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::End);
}

TEST(Story, TheEndOfAChildIsNotTheEndOfTheProgram) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run -it busybox sh", {}}, "cli");
  add_call(trace, kDaemon, made(Sys::write, {}), {}, "io.write");
  add(trace, kDaemon, TaskForked{kWeb, kDaemon, {}, 0}, "work");
  add_call(trace, kWeb, made(Sys::exit_group, {}), {}, "exit");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Speak);
  add_call(trace, kDaemon, made(Sys::exit_group, {}), {}, "exit");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::End);
}

TEST(Story, WaitingIsNoProgress) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run busybox", {}}, "cli");
  add(trace, kDaemon, TaskBlocked{"wait4", "child"}, "reap");
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Ask);
}

TEST(Story, WhatOtherContainersDoMeanwhileIsNotPartOfIt) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run -d one", {}}, "cli");
  add(trace, kDaemon, ContainerStarted{kWeb, {}}, "api.start", {}, kWebBox);
  add(trace, kShell, CliDone{0}, "cli");
  add(trace, kShell, CliTyped{"docker run two", {}}, "cli");
  add_call(trace, kWeb, made(Sys::write, {}), {}, "io.write", kWebBox);
  EXPECT_EQ(story_at(trace, trace.size()).beat, Beat::Ask);
}

TEST(Story, AnotherCommandBeginsAnew) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run one", {}}, "cli");
  add_call(trace, kDaemon, made(Sys::exit_group, {}), {}, "exit");
  add(trace, kShell, CliDone{0}, "cli");
  EXPECT_TRUE(story_at(trace, trace.size()).done);
  add(trace, kShell, CliTyped{"docker ps", {}}, "cli");
  const Story story = story_at(trace, trace.size());
  EXPECT_FALSE(story.done);
  EXPECT_FALSE(story.has_reached(Beat::End));
}

TEST(Happening, AnEffectBelongsToItsCall) {
  Trace trace = hand_trace(hand_web());
  const EventIndex line = add_call(trace, kWeb, made(Sys::sethostname, {Arg::bytes("x")}),
                                   {NsHostnameSet{NsId(23), "x", ""}}, "uts.hostname");
  const auto effect = happening_at(trace, line);  // the effect, before the call has returned
  ASSERT_TRUE(effect && effect->call);
  EXPECT_EQ(effect->call->sys, Sys::sethostname);
  EXPECT_FALSE(effect->answered);
  const auto done = happening_at(trace, line + 1);
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->answered);
  ASSERT_EQ(done->effects.size(), 1U);
  EXPECT_EQ(done->effects[0].first, line - 1);
}

TEST(Happening, CanBeAboutAnEarlierEvent) {
  Trace trace = hand_trace(hand_web());
  const EventIndex first = add_call(trace, kWeb, made(Sys::getpid, {}, 1));
  add_call(trace, kWeb, made(Sys::getppid, {}, 0));
  const auto now = happening_at(trace, trace.size(), first);
  ASSERT_TRUE(now && now->call);
  EXPECT_EQ(now->call->sys, Sys::getpid);
  EXPECT_FALSE(happening_at(trace, 0));
}

}  // namespace
}  // namespace cutaway::viz
