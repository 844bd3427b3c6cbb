// The model on Worlds made by hand: what no bundled scenario shows.
#include <gtest/gtest.h>

#include "spec/words.h"
#include "tests/viz_text/hand_trace.h"
#include "tests/viz_text/model_strings.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/caption.h"
#include "viz/text/explain.h"

namespace cutaway::viz {
namespace {

using abi::Errno;
using abi::Sys;

ShipModel model_at_end(const Trace& trace) { return ship_model(trace, trace.head(), trace.size()); }

TEST(Picture, BeforeAnEventKnowsAContainerThereIsOnlyTheHost) {
  const Trace trace = hand_trace(hand_host());
  const ShipModel empty = ship_model(trace, trace.world_at(0), 0);
  EXPECT_FALSE(empty.host.gate);
  EXPECT_TRUE(empty.hardware.memory.empty());
  const ShipModel model = model_at_end(trace);
  EXPECT_TRUE(model.containers.empty());
  EXPECT_TRUE(model.host.gate);
  EXPECT_EQ(model.host.table(Column::Uts).front().text, "lab");
  EXPECT_EQ(model.hardware.card_name, "eth0");
  EXPECT_EQ(model.engine.station(StationId::Hub).sub, "not asked");
}

TEST(Picture, AContainerHasItsOwnTablesAndTheHostsUsers) {
  const ShipModel model = model_at_end(hand_trace(hand_web()));
  ASSERT_EQ(model.containers.size(), 1U);
  const Container& web = model.containers[0];
  EXPECT_EQ(web.actor.name, "web");
  EXPECT_EQ(web.state, "running");
  EXPECT_TRUE(web.solid);
  EXPECT_TRUE(web.actor.mesh);
  EXPECT_EQ(web.actor.ns[index_of(Column::Mount)], NsKind::Own);
  EXPECT_EQ(web.actor.ns[index_of(Column::User)], NsKind::Host);
  EXPECT_TRUE(web.actor.table(Column::User).empty());
  EXPECT_EQ(web.actor.table(Column::Mount).front().sub, "overlay");
  EXPECT_EQ(web.actor.table(Column::Pid).front().text, "1 = 4711");
  EXPECT_EQ(web.actor.table(Column::Uts).front().text, "8f2c1a3b77de");
  ASSERT_EQ(web.tasks.size(), 1U);
  EXPECT_EQ(web.tasks[0].pid_here, "1");
  EXPECT_EQ(web.tasks[0].id, "task:4711");
}

TEST(Picture, ALimitIsALidAndTheHostIsTheMachineWithoutContainers) {
  const ShipModel model = model_at_end(hand_trace(hand_web()));
  const Actor& web = model.containers[0].actor;
  ASSERT_TRUE(web.memory);
  EXPECT_TRUE(web.memory->limited);
  EXPECT_FALSE(web.memory->full);
  EXPECT_EQ(web.memory->label, "16.0 of 64 MiB");
  EXPECT_DOUBLE_EQ(web.memory->used, 0.25);
  EXPECT_EQ(model.host.memory->label, "512 MiB");
  EXPECT_FALSE(model.host.memory->limited);
  EXPECT_FALSE(web.cpu);  // nothing has been on a cpu: nothing is known
  EXPECT_TRUE(model.hardware.cpus.empty());
}

TEST(Picture, TimeOnCpusIsDrawnOnLanes) {
  Trace trace = hand_trace(hand_web());
  add(trace, kDaemon, TaskOn{0});
  add(trace, kDaemon, TaskOff{1000});
  add(trace, kWeb, TaskOn{1});
  add(trace, kWeb, Syscall{});
  PictureOptions options;
  options.cpu_window_ns = 4000;
  const ShipModel model = ship_model(trace, trace.head(), trace.size(), options);
  ASSERT_EQ(model.hardware.cpus.size(), 2U);
  ASSERT_EQ(model.hardware.cpus[0].size(), 1U);
  EXPECT_EQ(model.hardware.cpus[0][0].slot, kHostSlot);
  EXPECT_DOUBLE_EQ(model.hardware.cpus[0][0].from, 0.25);
  EXPECT_DOUBLE_EQ(model.hardware.cpus[0][0].to, 0.5);
  ASSERT_EQ(model.hardware.cpus[1].size(), 1U);  // still on: until now
  EXPECT_EQ(model.hardware.cpus[1][0].slot, 0);
  EXPECT_DOUBLE_EQ(model.hardware.cpus[1][0].to, 1);
  EXPECT_EQ(model.containers[0].actor.cpu->label, "0.3 of 0.5");
}

TEST(Picture, ACallGoesToTheTableThatAnswersIt) {
  Trace trace = hand_trace(hand_web());
  add_call(trace, kWeb, made(Sys::sethostname, {Arg::bytes("x"), Arg::integer(1)}),
           {NsHostnameSet{NsId(23), "x", ""}}, "uts.hostname", kWebBox);
  const ShipModel model = model_at_end(trace);
  ASSERT_TRUE(model.packet);
  EXPECT_EQ(model.packet->slot, 0);
  EXPECT_EQ(model.packet->task, "task:4711");
  EXPECT_EQ(model.packet->column, Column::Uts);
  EXPECT_EQ(model.packet->reach, Where::Table);
  EXPECT_EQ(model.packet->answer, "= 0");
  EXPECT_EQ(model.packet->stations.back().number, 5) << "who, gate, rights, row, table";
  EXPECT_TRUE(model.containers[0].actor.table(Column::Uts).front().strong);
  EXPECT_EQ(model.containers[0].tasks[0].mode, TaskMode::Now);
}

TEST(Picture, BeforeItsAnswerACallIsOnItsWay) {
  Trace trace = hand_trace(hand_web());
  const EventIndex line = add_call(trace, kWeb, made(Sys::sethostname, {Arg::bytes("x")}),
                                   {NsHostnameSet{NsId(23), "x", ""}});
  const ShipModel model = ship_model(trace, trace.world_at(line), line);
  ASSERT_TRUE(model.packet);
  EXPECT_FALSE(model.packet->answer);
  EXPECT_FALSE(model.packet->stations.back().done);
}

TEST(Picture, WhatIsNotPermittedStopsWhereRightsAreChecked) {
  Trace trace = hand_trace(hand_web());
  add_call(trace, kWeb, made(Sys::sethostname, {Arg::bytes("x")}, 0, Errno::kEPERM));
  const ShipModel model = model_at_end(trace);
  EXPECT_TRUE(model.packet->refused);
  EXPECT_EQ(model.packet->reach, Where::Rights);
  EXPECT_EQ(model.packet->answer, "EPERM");
}

TEST(Picture, ASignalThatIsDroppedSaysSo) {
  Trace trace = hand_trace(hand_web());
  add(trace, kWeb, SignalIgnored{15, kDaemon, kWeb, "pid 1 without a handler"});
  const ShipModel model = model_at_end(trace);
  ASSERT_TRUE(model.signal);
  EXPECT_EQ(model.signal->label, "SIGTERM, dropped");
  EXPECT_EQ(model.signal->task, "task:4711");
  EXPECT_TRUE(model.signal->dropped);
}

TEST(Picture, TheVictimIsMarked) {
  Trace trace = hand_trace(hand_web());
  add(trace, kWeb, CgroupOom{kWebCgroup, "/docker/8f2c", "memory", kWeb});
  EXPECT_EQ(model_at_end(trace).containers[0].tasks[0].mode, TaskMode::Victim);
}

TEST(Picture, AnEndedTaskStaysUntilItIsReaped) {
  Trace trace = hand_trace(hand_web());
  add(trace, kWeb, TaskExited{137, 9}, {}, {}, kWebBox);
  EXPECT_EQ(model_at_end(trace).containers[0].tasks[0].mode, TaskMode::Ended);
  add(trace, kDaemon, ContainerExited{137, 9, true, ""}, {}, {}, kWebBox);
  add(trace, kWeb, TaskReaped{kDaemon}, {}, {}, kWebBox);
  const Container web = model_at_end(trace).containers[0];
  EXPECT_TRUE(web.tasks.empty());
  EXPECT_EQ(web.state, "exited 137");
  EXPECT_TRUE(web.state_is_bad);
  EXPECT_FALSE(web.solid);
}

TEST(Picture, ManyCallsOfOneKindAreOneStream) {
  Trace trace = hand_trace(hand_web());
  for (int i = 0; i < 30; ++i) add_call(trace, kWeb, made(Sys::getppid, {}, 0), {}, "work");
  const ShipModel model = model_at_end(trace);
  EXPECT_TRUE(model.packet->stream);
  EXPECT_EQ(model.packet->label, "getppid × 30");
}

TEST(Picture, ALayerOnItsWayIsFilledByTheShareThatIsHere) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run hello-world", {}}, "cli");
  add(trace, kDaemon, ImageLookedUp{"hello-world:latest", "cache", false}, "image.look");
  add(trace, kDaemon, LayerFetched{"sha256:17eec7bbc9d79f21", 1500, 2400}, "layer.fetch");
  const ShipModel model = model_at_end(trace);
  ASSERT_EQ(model.hardware.layers.size(), 1U);
  EXPECT_EQ(model.hardware.layers[0].label, "hello-world");
  EXPECT_EQ(model.hardware.layers[0].note, "1.5 of 2.4 kB");
  EXPECT_DOUBLE_EQ(model.hardware.layers[0].fraction, 0.625);
  EXPECT_TRUE(model.hardware.layers[0].strong);
  EXPECT_EQ(model.engine.station(StationId::Cache).sub, "hello-world 62 %");
  EXPECT_EQ(model.engine.station(StationId::Hub).state, StationState::Active);
}

TEST(Picture, LargeEngineShowsTheQuestionsAndTheSentencesToCome) {
  Trace trace = hand_trace(hand_host());
  add(trace, kShell, CliTyped{"docker run hello-world", {}}, "cli");
  add(trace, kShell, ApiRequested{RequestId(1), "POST", "/containers/create"}, "api.create");
  add(trace, kDaemon, ImageLookedUp{"hello-world:latest", "cache", false}, "image.look");
  add(trace, kDaemon, ApiAnswered{RequestId(1), 404}, "image.look");
  add(trace, kShell, ApiRequested{RequestId(2), "POST", "/images/create?fromImage=hello-world"},
      "api.pull");
  PictureOptions options;
  options.large_engine = true;
  options.sentence_cards = {
      {"Asked.", "ask"}, {"Fetched.", "fetch"}, {"Started.", "create, start"}};
  const ShipModel model = ship_model(trace, trace.head(), trace.size(), options);
  EXPECT_EQ(model.size[0], ShipModel::Size::Large);
  EXPECT_EQ(model.quiet[1], "nothing of hello-world runs yet");
  const auto& messages = model.engine.messages;
  ASSERT_EQ(messages.size(), 4U);
  EXPECT_EQ(messages[1].label, "create");
  EXPECT_EQ(messages[2].label, "404 no such image");
  EXPECT_EQ(messages[2].kind, MessageKind::Refusal);
  EXPECT_EQ(messages[2].number, 2);
  EXPECT_EQ(messages[3].label, "pull");
  EXPECT_EQ(messages[3].number, 3);
  EXPECT_EQ(model.engine.cards_title, "The three sentences that hello-world will say");
  ASSERT_EQ(model.engine.cards.size(), 3U);
  EXPECT_EQ(model.engine.cards[0].step, Step::Done);
  EXPECT_EQ(model.engine.cards[1].step, Step::Now);
  EXPECT_EQ(model.engine.cards[2].step, Step::Ahead);
}

TEST(Caption, NamesWhoAsksTheGateTheTableTheEffectAndTheAnswer) {
  Trace trace = hand_trace(hand_web());
  const EventIndex line = add_call(trace, kWeb, made(Sys::sethostname, {Arg::bytes("x")}),
                                   {NsHostnameSet{NsId(23), "x", ""}}, "uts.hostname");
  const Caption said = caption_of(trace, trace.head(), line + 1, StepSize::Syscall);
  EXPECT_EQ(said.what, "The hostname becomes x.");
  ASSERT_EQ(said.parts.size(), 6U);
  EXPECT_EQ(said.parts[0].value, "4711, root, 14 caps");
  EXPECT_EQ(said.parts[1].value, "filter: let through");
  EXPECT_EQ(said.parts[2].value, "SYS_ADMIN: has it");
  EXPECT_EQ(said.parts[3].head, "Which hostname?");
  EXPECT_EQ(said.parts[3].value, "the name here is x");
  EXPECT_EQ(said.parts[4].value, "hostname x");
  EXPECT_EQ(said.parts[5].value, "0");
  const Caption before = caption_of(trace, trace.world_at(line), line, StepSize::Syscall);
  EXPECT_EQ(before.parts.back().state, CaptionPart::State::Next);
  EXPECT_EQ(caption_of(trace, trace.head(), line + 1, StepSize::EngineStep).what,
            spec::Words::of()["step.uts.hostname"].what);
}

TEST(Explain, HoldsEverythingThatThePictureShows) {
  Trace trace = hand_trace(hand_web());
  add_call(trace, kWeb,
           made(Sys::openat, {Arg::integer(-100), Arg::bytes("/x")}, 0, Errno::kENOENT), {}, "work",
           kWebBox);
  add(trace, kWeb, SignalSent{15, kDaemon, kWeb, "kill(2)"});
  for (std::size_t n = 0; n <= trace.size(); ++n) {
    const std::string words = one_line(explain(trace, n));
    for (const std::string& mark : strings_of(ship_model(trace, trace.world_at(n), n))) {
      EXPECT_NE(words.find(one_line(mark)), std::string::npos) << "at " << n << ": " << mark;
    }
  }
}

}  // namespace
}  // namespace cutaway::viz
