#include "viz/text/event_words.h"

#include <gtest/gtest.h>

#include "tests/viz_text/hand_trace.h"
#include "trace/event/kind.h"

namespace cutaway::viz {
namespace {

std::string said(const World& world, TaskId task, Body body) {
  Event event;
  event.stamp.task = task;
  event.stamp.container = kWebBox;
  event.body = std::move(body);
  return event_words(spec::Words::of(), world, event);
}

TEST(EventWords, EveryKindHasWords) {
  for (std::size_t i = 0; i < std::variant_size_v<BodyVariant>; ++i) {
    const Body body = empty_body(i);
    if (std::holds_alternative<Syscall>(body)) continue;
    const KindOp name = kind_of(body);
    const std::string key =
        "event." + std::string(name.kind) + (name.op.empty() ? "" : "." + std::string(name.op));
    const bool by_form = key == "event.task.moved" || key == "event.image.lookup";
    EXPECT_TRUE(by_form || !spec::Words::of()[key].what.empty()) << key;
  }
}

// A template that names a field which its event does not have would leave a hole.
TEST(EventWords, TemplatesNameFieldsThatAreThere) {
  const World world = hand_web();
  for (std::size_t i = 0; i < std::variant_size_v<BodyVariant>; ++i) {
    Body body = empty_body(i);
    if (std::holds_alternative<Syscall>(body)) continue;
    if (std::holds_alternative<Note>(body)) body = Note{"says itself", ""};
    const std::string words = said(world, kWeb, body);
    EXPECT_EQ(words.find('{'), std::string::npos) << words;
    EXPECT_FALSE(words.empty()) << event_form(body);
  }
}

TEST(EventWords, SayNumbersAsPeopleKnowThem) {
  const World world = hand_web();
  EXPECT_EQ(said(world, kWeb, TaskExited{7, 0}), "1 in web ended with 7");
  EXPECT_EQ(said(world, kWeb, TaskExited{0, 9}), "1 in web was ended by SIGKILL");
  EXPECT_EQ(said(world, kDaemon, TaskForked{kWeb, kDaemon, {4711, 1}, 0}),
            "new task 1 = 4711: one number in each pid namespace");
  EXPECT_EQ(said(world, kWeb, NsCreated{cutaway::NsKind::Mnt, NsId(20), NsId(6), 0}),
            "a new mnt namespace, …1020");
  EXPECT_EQ(said(world, kDaemon, LayerFetched{"sha256:17eec7bbc9d79f21", 1500, 2400}),
            "layer 17eec7bbc9d7: 1.5 kB of 2.4 kB are here");
  EXPECT_EQ(said(world, kDaemon, ImageLookedUp{"busybox:latest", "cache", false}),
            "busybox:latest is not in the image cache");
  EXPECT_EQ(said(world, kWeb, CgroupOom{kWebCgroup, "/x", "memory", kWeb}),
            "1 in web is chosen to die: the cgroup is full");
}

TEST(EventWords, CredentialsInOneLine) {
  EXPECT_EQ(credentials_words(Credentials{}), "root, 41 of 41 capabilities");
  EXPECT_EQ(credentials_words(hand_web().tasks.at(kWeb).credentials),
            "root, 14 of 41 capabilities, filtered");
}

}  // namespace
}  // namespace cutaway::viz
