// What is checked on a call's way: the filter, the right, and what the asked table answers.
#include <gtest/gtest.h>

#include "tests/viz_text/hand_trace.h"
#include "trace/world/lookup.h"
#include "viz/panels/picture_panel.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/call_checks.h"
#include "viz/text/call_parts.h"
#include "viz/text/caption.h"

namespace cutaway::viz {
namespace {

using abi::Errno;
using abi::Sys;
using State = CaptionPart::State;

World filtered_web(std::uint64_t capabilities) {
  World world = hand_web();
  Credentials& who = world.tasks.mutate(kWeb).credentials;
  who.effective = who.permitted = who.bounding = capabilities;
  who.seccomp = SeccompMode::Filter;
  who.seccomp_filters = 1;
  return world;
}

constexpr std::uint64_t kNoAdmin = abi::kAllCapabilities & ~(std::uint64_t{1} << 21);

/// With all rights, in a pid namespace below the host's.
World able_web() {
  World world = hand_web();
  cutaway::Task& task = world.tasks.mutate(kWeb);
  task.credentials.effective = task.credentials.permitted = abi::kAllCapabilities;
  Namespace& pids = world.namespaces.mutate(task.in(cutaway::NsKind::Pid));
  pids.parent = world.tasks.at(kInit).in(cutaway::NsKind::Pid);
  pids.level = 1;
  return world;
}

const CaptionPart* part(const Caption& said, const std::string& head) {
  for (const CaptionPart& each : said.parts) {
    if (each.head == head) return &each;
  }
  return nullptr;
}

struct Asked {
  Caption said;
  Packet packet;
};
Asked ask(World world, const Syscall& call, std::vector<Body> effects = {}) {
  Trace trace = hand_trace(std::move(world));
  add_call(trace, kWeb, call, std::move(effects));
  Asked asked = {caption_of(trace, trace.head(), trace.size(), StepSize::Syscall), {}};
  const ShipModel model = ship_model(trace, trace.head(), trace.size());
  EXPECT_TRUE(model.packet);
  if (model.packet) asked.packet = *model.packet;
  return asked;
}

Syscall mount_call(Errno err) {
  return made(Sys::mount,
              {Arg::bytes("none"), Arg::bytes("/mnt"), Arg::bytes("tmpfs"), Arg::integer(0),
               Arg::bytes("")},
              err == Errno::kOk ? 0 : -1, err);
}

TEST(Checks, TheFilterStopsACallAtTheGate) {
  const Asked asked = ask(filtered_web(kNoAdmin), mount_call(Errno::kEPERM));
  EXPECT_EQ(asked.packet.reach, Where::Gate);
  EXPECT_TRUE(asked.packet.refused);
  EXPECT_FALSE(asked.packet.rights);
  ASSERT_TRUE(part(asked.said, "Gate"));
  EXPECT_EQ(part(asked.said, "Gate")->value, "filter: EPERM");
  EXPECT_EQ(part(asked.said, "Gate")->state, State::Bad);
  EXPECT_EQ(part(asked.said, "Which mounts?"), nullptr);
  EXPECT_NE(asked.said.why.find("filter"), std::string::npos);
}

TEST(Checks, AMissingRightStopsItBehindTheGate) {
  World world = hand_web();
  world.tasks.mutate(kWeb).credentials.effective = kNoAdmin;
  const Asked asked = ask(world, mount_call(Errno::kEPERM));
  EXPECT_EQ(asked.packet.reach, Where::Rights);
  EXPECT_EQ(part(asked.said, "Gate")->state, State::Ok);
  ASSERT_TRUE(part(asked.said, "Rights"));
  EXPECT_EQ(part(asked.said, "Rights")->value, "SYS_ADMIN: lacks it");
  EXPECT_EQ(part(asked.said, "Rights")->state, State::Bad);
  EXPECT_EQ(asked.packet.stations.back().where, Where::Rights);
}

TEST(Checks, WhoHasTheRightGoesOnToTheTable) {
  const Asked asked = ask(able_web(), mount_call(Errno::kOk));
  EXPECT_TRUE(asked.packet.rights);
  EXPECT_EQ(part(asked.said, "Rights")->value, "SYS_ADMIN: has it");
  EXPECT_EQ(asked.packet.reach, Where::Table);
  ASSERT_EQ(asked.packet.stations.size(), 5U);
  EXPECT_EQ(asked.packet.stations[2].where, Where::Rights);
  EXPECT_EQ(stop_count(asked.packet), 5);
  // The same numbers under the sentence.
  for (const Station& station : asked.packet.stations)
    EXPECT_EQ(asked.said.parts[static_cast<std::size_t>(station.number) - 1].number,
              station.number);
}

TEST(Checks, ARightCountsInTheUserNamespaceThatOwnsTheTable) {
  World world = able_web();
  // A user namespace of its own: all rights there, none over the machine.
  Namespace users;
  users.id = NsId(77);
  users.type = cutaway::NsKind::User;
  users.parent = world.tasks.at(kInit).in(cutaway::NsKind::User);
  users.level = 1;
  users.inode = 4026532077U;
  world.namespaces.put(users.id, users);
  cutaway::Task& task = world.tasks.mutate(kWeb);
  task.ns[static_cast<std::size_t>(cutaway::NsKind::User)] = users.id;
  world.namespaces.mutate(task.in(cutaway::NsKind::Uts)).owner = users.id;
  world.namespaces.mutate(task.in(cutaway::NsKind::Mnt)).owner = users.parent;
  const cutaway::Task& web = world.tasks.at(kWeb);
  const auto own = right_check(world, web, made(Sys::sethostname, {Arg::bytes("x")}));
  ASSERT_TRUE(own);
  EXPECT_TRUE(own->held);
  EXPECT_EQ(right_words(world, *own), "SYS_ADMIN in user …2077: has it");
  const auto hosts = right_check(world, web, mount_call(Errno::kEPERM));
  EXPECT_FALSE(hosts->held);
  EXPECT_EQ(right_words(world, *hosts), "SYS_ADMIN: lacks it");
  EXPECT_FALSE(right_check(world, web, made(Sys::getpid, {}, 1)));
}

TEST(Checks, APidHereIsAnotherThere) {
  const Asked asked = ask(able_web(), made(Sys::kill, {Arg::integer(1), Arg::integer(0)}));
  EXPECT_EQ(part(asked.said, "Which pids?")->value, "1 here is 4711 there");
  const Asked own = ask(able_web(), made(Sys::getpid, {}, 1));
  EXPECT_EQ(part(own.said, "Which pids?")->value, "1 here is 4711 there");
}

TEST(Checks, AFilterThatThisVeryCallLoadsWasNotInItsWay) {
  Trace trace = hand_trace(hand_web());
  Credentials who = trace.head().tasks.at(kWeb).credentials;
  who.seccomp = SeccompMode::Filter;
  who.seccomp_filters = 1;
  add_call(trace, kWeb, made(Sys::seccomp, {Arg::integer(1), Arg::integer(0)}),
           {TaskCredentialsSet{who}});
  const Caption said = caption_of(trace, trace.head(), trace.size(), StepSize::Syscall);
  EXPECT_EQ(part(said, "Gate")->value, "no filter");
  add_call(trace, kWeb, made(Sys::getuid, {}, 0));
  const Caption next = caption_of(trace, trace.head(), trace.size(), StepSize::Syscall);
  EXPECT_EQ(part(next, "Gate")->value, "filter: let through");
}

}  // namespace
}  // namespace cutaway::viz
