// The grace of docker stop: read from events made by hand, since it is time that matters here.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"
#include "tests/viz_text/hand_trace.h"
#include "viz/player/lane_graces.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/caption.h"
#include "viz/text/explain_look.h"
#include "viz/text/signal_parts.h"

namespace cutaway::viz {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Appends an event so long after the last one.
void later(Trace& trace, std::int64_t ns, TaskId task, Body body) {
  Event event;
  event.stamp.t = trace.head().now + ns;
  event.stamp.task = task;
  event.body = std::move(body);
  trace.append(std::move(event));
}

Trace typed(const std::string& line, World world = hand_web()) {
  Trace trace = hand_trace(std::move(world));
  add(trace, kShell, CliTyped{line, split(line, ' ')});
  return trace;
}

void send(Trace& trace, std::int32_t sig) {
  add(trace, kDaemon, SignalSent{sig, kDaemon, kWeb, "pidfd_send_signal(2)"});
}

/// Asked to stop, and nobody listens.
Trace dropped(const std::string& line, World world = hand_web()) {
  Trace trace = typed(line, std::move(world));
  send(trace, abi::sig::kTerm);
  add(trace, kWeb, SignalIgnored{abi::sig::kTerm, kDaemon, kWeb, "pid 1 without a handler"});
  return trace;
}

ShipModel at_end(const Trace& trace, std::int64_t later_ns = 0) {
  PictureOptions options;
  options.later_ns = later_ns;
  return ship_model(trace, trace.head(), trace.size(), options);
}

Caption said_at_end(const Trace& trace) {
  return caption_of(trace, trace.head(), trace.size(), StepSize::Effect);
}

TEST(Grace, BeginsWithTheSignalAndRunsTenSecondsUnlessToldOtherwise) {
  const Trace trace = dropped("docker stop web");
  const ShipModel model = at_end(trace);
  ASSERT_TRUE(model.grace);
  EXPECT_EQ(model.grace->end, GraceEnd::Waits);
  EXPECT_EQ(model.grace->id, "web");
  EXPECT_EQ(model.grace->patience_ns, 10 * kSecond);
  EXPECT_TRUE(model.grace->dropped);
  const ShipModel later = at_end(trace, 2'800'000'000);
  EXPECT_EQ(grace_words(*later.grace), "7.2 s left of 10, then SIGKILL");
  EXPECT_EQ(later.engine.station(StationId::Server).sub, "2.8 of 10 s");
  EXPECT_NEAR(later.engine.station(StationId::Server).waiting, 0.28, 0.001);
  // Never beyond its end: what comes then is an event.
  EXPECT_EQ(grace_clock(*at_end(trace, 99 * kSecond).grace), "0.0");
}

TEST(Grace, IsAsLongAsTheCommandOrTheContainerSays) {
  EXPECT_EQ(at_end(dropped("docker stop -t 3 web")).grace->patience_ns, 3 * kSecond);
  EXPECT_EQ(at_end(dropped("docker restart --time 4 web")).grace->patience_ns, 4 * kSecond);
  const Grace endless = *at_end(dropped("docker stop -t -1 web"), 5 * kSecond).grace;
  EXPECT_TRUE(endless.endless());
  EXPECT_EQ(grace_words(endless), "5.0 s, without end, no SIGKILL");
  World world = hand_web();
  world.containers.mutate(kWebBox).config =
      R"({"Words":["run","--name","web","--stop-timeout","25","nginx"]})";
  EXPECT_EQ(at_end(dropped("docker stop web", world)).grace->patience_ns, 25 * kSecond);
  EXPECT_EQ(at_end(dropped("docker stop -t 2 web", world)).grace->patience_ns, 2 * kSecond);
}

TEST(Grace, OnlyStopAndRestartGiveIt) {
  EXPECT_FALSE(at_end(dropped("docker kill -s TERM web")).grace);
  EXPECT_FALSE(at_end(dropped("docker ps")).grace);
  // A signal from inside is nobody's stop.
  Trace trace = typed("docker stop web");
  add(trace, kWeb, SignalSent{abi::sig::kTerm, kWeb, kWeb, "kill(2)"});
  EXPECT_FALSE(at_end(trace).grace);
}

TEST(Grace, WhoEndsInTimeIsNotKilled) {
  Trace trace = typed("docker stop web");
  send(trace, abi::sig::kTerm);
  later(trace, kSecond / 5, kWeb, TaskExited{0, 0});
  const ShipModel model = at_end(trace);
  ASSERT_TRUE(model.grace);
  EXPECT_EQ(model.grace->end, GraceEnd::Ended);
  EXPECT_EQ(grace_words(*model.grace), "0.2 of 10 s used, no SIGKILL");
  EXPECT_FALSE(model.signal);
  const Caption said = said_at_end(trace);
  EXPECT_EQ(said.what, "nginx ended after 0.2 s of 10 s.");
  EXPECT_EQ(said.why, "In time: no SIGKILL is sent.");
  // Time that passes afterwards is not the grace's.
  later(trace, 5 * kSecond, kDaemon, TaskNamed{"dockerd"});
  EXPECT_EQ(grace_clock(*at_end(trace).grace), "0.2");
  add(trace, kShell, CliDone{0});
  EXPECT_FALSE(at_end(trace).grace);
}

TEST(Grace, WhoDoesNotIsKilledAtItsEnd) {
  Trace trace = dropped("docker stop -t 3 web");
  later(trace, 3 * kSecond, kDaemon,
        SignalSent{abi::sig::kKill, kDaemon, kWeb, "pidfd_send_signal(2)"});
  const ShipModel model = at_end(trace);
  EXPECT_EQ(model.grace->end, GraceEnd::Killed);
  EXPECT_EQ(grace_words(*model.grace), "0.0 s left of 3, SIGKILL sent");
  const Caption said = said_at_end(trace);
  EXPECT_EQ(said.what, "3 s were up: the server sends SIGKILL.");
  EXPECT_NE(said.why.find("pid namespace"), std::string::npos);
}

// The numbers under the sentence are those of the balloons in the picture.
TEST(Grace, SenderTableDoorAndClockAreNumberedAlike) {
  const Trace trace = dropped("docker stop web");
  const Caption said = said_at_end(trace);
  ASSERT_EQ(said.parts.size(), 4U);
  EXPECT_EQ(said.parts[0].value, "dockerd 812");
  EXPECT_EQ(said.parts[1].value, "4711 is 1 in web");
  EXPECT_EQ(said.parts[2].value, "no: pid 1 without a handler");
  EXPECT_EQ(said.parts[2].state, CaptionPart::State::Bad);
  EXPECT_EQ(said.parts[3].value, "0.0 of 10 s");
  const ShipModel model = at_end(trace);
  ASSERT_TRUE(model.packet);
  EXPECT_EQ(model.packet->task, "task:812");
  EXPECT_EQ(model.packet->label, "pidfd_send_signal(4711, SIGTERM)");
  ASSERT_EQ(model.packet->stations.size(), 2U);
  EXPECT_EQ(model.packet->stations[0].number, 1);
  EXPECT_EQ(model.packet->stations[1].number, 2);
  EXPECT_EQ(model.signal->number, 3);
  EXPECT_EQ(model.grace->number, 4);
  EXPECT_EQ(said.what, "The kernel dropped SIGTERM at the door of pid 1.");
  EXPECT_NE(said.why.find("The server now waits 10 s, then sends SIGKILL."), std::string::npos);
}

TEST(Grace, WhatWasDroppedLiesAtTheDoorWhileTheClockRuns) {
  Trace trace = dropped("docker stop web");
  add_call(trace, kWeb, made(abi::Sys::getpid, {}, 1));
  const ShipModel model = at_end(trace);
  ASSERT_TRUE(model.signal);
  EXPECT_TRUE(model.signal->dropped);
  EXPECT_EQ(model.signal->number, 0);
  later(trace, 10 * kSecond, kDaemon, SignalSent{abi::sig::kKill, kDaemon, kWeb, "kill(2)"});
  add_call(trace, kDaemon, made(abi::Sys::getpid, {}, 812));
  EXPECT_FALSE(at_end(trace).signal);
}

TEST(Grace, TheTwinSaysTheClock) {
  const Trace trace = dropped("docker stop web");
  Look look;
  look.later_ns = 2'800'000'000;
  const auto said = explain_look(trace, trace.size(), look, 100);
  ASSERT_TRUE(said);
  EXPECT_NE(said->find("Clock: A, web: 7.2 s left of 10, then SIGKILL; balloon 4."),
            std::string::npos)
      << *said;
  EXPECT_NE(said->find("Grace 2.8 of 10 s"), std::string::npos);
}

TEST(Grace, TwoAreStoppedOneAfterTheOther) {
  World world = hand_web();
  cutaway::Container other = world.containers.at(kWebBox);
  other.number = ContainerId(2);
  other.name = "job";
  other.config = R"({"Words":["run","-d","--name","job","busybox","sh"]})";
  other.id[0] = 'a';
  other.slot = 1;
  other.init = TaskId(9);
  world.containers.put(other.number, other);
  cutaway::Task task = world.tasks.at(kWeb);
  task.id = task.leader = TaskId(9);
  task.container = other.number;
  task.pids = {4800, 1};
  world.tasks.put(task.id, task);
  Trace trace = typed("docker stop -t 2 web job", world);
  send(trace, abi::sig::kTerm);
  later(trace, kSecond, kWeb, TaskExited{0, 0});
  add(trace, kDaemon, SignalSent{abi::sig::kTerm, kDaemon, TaskId(9), "kill(2)"});
  EXPECT_EQ(stop_waits(trace, trace.head(), trace.size(), 1).size(), 2U);
  const ShipModel model = at_end(trace);
  EXPECT_EQ(model.grace->id, "job");
  EXPECT_EQ(model.grace->slot, 1);
  EXPECT_EQ(model.grace->patience_ns, 2 * kSecond);
}

// On the timeline ten seconds are a stretch with a tick for each, whatever few events they have.
// The answer of a call that still waits is not told in advance.
TEST(Grace, TheWaitIsNotAnsweredBeforeItsEnd) {
  sim::Simulator simulator{sim::SimulatorOptions()};
  for (const char* line : {"run -d --name web busybox sleep 1000", "stop web"}) {
    SideCommand command;
    command.line = line;
    command.words = split(line, ' ');
    const auto index = simulator.submit(command);
    ASSERT_TRUE(index && simulator.run_until_done(*index));
  }
  const Trace trace = simulator.take_trace();
  std::size_t waited = 0;
  std::size_t answered = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call == nullptr || call->err != abi::Errno::kETIMEDOUT) continue;
    const auto said_at = [&](std::size_t position) {
      const World world = trace.world_at(position);
      return caption_of(trace, world, position, StepSize::Syscall).what;
    };
    for (std::size_t position = n; position > 0; --position) {
      if (trace.event(position - 1).stamp.call != event.stamp.call) break;
      waited += said_at(position).find("ETIMEDOUT") == std::string::npos ? 1U : 0U;
    }
    answered += said_at(n + 1).find("ETIMEDOUT") == std::string::npos ? 0U : 1U;
  }
  EXPECT_GT(waited, 0U);
  EXPECT_EQ(answered, 1U);
}

TEST(Grace, MakesRoomForItselfOnTheTimeline) {
  Trace trace = dropped("docker stop web");
  later(trace, 10 * kSecond, kDaemon, SignalSent{abi::sig::kKill, kDaemon, kWeb, "kill(2)"});
  for (int i = 0; i < 40; ++i) add_call(trace, kDaemon, made(abi::Sys::getpid, {}, 812));
  add(trace, kShell, CliDone{0});
  const StepIndex index(trace);
  const auto graces = graces_of(trace, index);
  ASSERT_EQ(graces.size(), 1U);
  EXPECT_EQ(graces[0].waited / kSecond, 10);
  EXPECT_EQ(graces[0].end, GraceEnd::Killed);
  const Track plain = Track::paced(1000, index);
  const Track track = with_room(plain, graces);
  const auto wide = [&](const Track& t) { return t.at(graces[0].to + 1) - t.at(graces[0].to); };
  EXPECT_LT(wide(plain), 60);
  EXPECT_GT(wide(track), 150);
  EXPECT_NEAR(track.at(trace.size()), 1000, 0.01);
  for (std::size_t n = 1; n <= trace.size(); ++n) EXPECT_GE(track.at(n), track.at(n - 1));
  const auto lane = lane_graces(graces, track);
  ASSERT_EQ(lane.size(), 1U);
  EXPECT_EQ(lane[0].label, "grace: 10.0 of 10 s");
  EXPECT_EQ(lane[0].ticks.size(), 9U);
}

}  // namespace
}  // namespace cutaway::viz
