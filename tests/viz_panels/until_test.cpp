// Run until: events, predicates, words, quick choices; forwards, backwards, and never.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/player/event_line.h"

namespace cutaway::viz {
namespace {

class Until : public ::testing::Test {
 protected:
  /// Where it is found, looked for from here; 0: never.
  std::size_t find(Goal goal, std::size_t from, Way way = Way::Forward) {
    search_.start(std::move(goal), from, way);
    while (search_.scan(trace_, player_.index())) {
    }
    return search_.found().value_or(0);
  }
  std::size_t find(std::string_view text, std::size_t from, Way way = Way::Forward) {
    Result<Goal> goal = Goal::parse(text);
    EXPECT_TRUE(goal.has_value()) << (goal ? "" : goal.error().message);
    return goal ? find(std::move(*goal), from, way) : 0;
  }
  std::size_t quick(const char* name, std::size_t from, Way way = Way::Forward) {
    player_.jump(from);
    for (const QuickGoal& each : quick_goals()) {
      if (std::string(each.name) == name)
        return find(each.make(trace_, player_.index(), player_.world(), player_.moment(), {}), from,
                    way);
    }
    ADD_FAILURE() << name;
    return 0;
  }
  std::string line(std::size_t position) {
    return position == 0 ? "never" : line_words(trace_, player_.index(), position - 1);
  }

  Trace trace_ = hand_trace();
  Player player_{trace_};
  RunUntil search_;
};

TEST_F(Until, AnEventForwardsAndBackwards) {
  const std::size_t first = find(R"({"kind":"syscall","name":"clone"})", 0);
  EXPECT_EQ(line(first), "clone, pid 4690");
  const std::size_t second = find(R"({"kind":"syscall","name":"clone"})", first);
  EXPECT_GT(second, first);
  EXPECT_EQ(find(R"({"kind":"syscall","name":"clone"})", second, Way::Back), first);
  EXPECT_EQ(find(R"({"kind":"syscall","name":"clone"})", first, Way::Back), 0U);
  EXPECT_EQ(line(find(R"({"kind":"ns","op":"hostname_set","hostname":"8f2c4a1b9d3e"})", 0)),
            "hostname 8f2c4a1b9d3e");
  EXPECT_EQ(find(R"({"kind":"ns","op":"hostname_set","hostname":"other"})", 0), 0U);
}

TEST_F(Until, AnEventOfAContainerByNameAndOfATask) {
  const std::size_t made = find(R"({"kind":"container","op":"created"})", 0);
  EXPECT_EQ(line(made), "8f2c4a1b9d3e created");
  const std::size_t pivot =
      find(R"({"kind":"syscall","name":"pivot_root","container":"quirky_hopper"})", 0);
  EXPECT_EQ(line(pivot), "pivot_root . .");
  EXPECT_EQ(find(R"({"kind":"syscall","name":"pivot_root","container":"nobody"})", 0), 0U);
  EXPECT_EQ(find(R"({"kind":"syscall","name":"pivot_root","task":{"pid":4711}})", 0), pivot);
  EXPECT_EQ(find(R"({"kind":"syscall","name":"pivot_root","task":{"pid":1}})", 0), 0U);
}

TEST_F(Until, APredicateComesTrue) {
  const char* there_is = R"({"now":{"path":"/containers/quirky_hopper","exists":true}})";
  const char* crowded = R"({"now":{"path":"/tasks/99","exists":true}})";
  const std::size_t there = find(there_is, 0);
  EXPECT_EQ(line(there), "8f2c4a1b9d3e created");
  EXPECT_EQ(find(there_is, trace_.size(), Way::Back), there);
  EXPECT_EQ(find(there_is, there), 0U);
  EXPECT_EQ(search_.never().substr(0, 17), "It holds already,");
  EXPECT_EQ(find(crowded, 0), 0U);
  EXPECT_NE(search_.never().find("the run ends without"), std::string::npos) << search_.never();
}

TEST_F(Until, WordsOfTheEventsList) {
  EXPECT_EQ(line(find("kind:mount", 0)), "never");  // the hand-made trace has no such effect
  EXPECT_EQ(line(find("pivot", 0)), "pivot_root . .");
  EXPECT_EQ(line(find("task:4711 mount", trace_.size(), Way::Back)), "mount tmpfs /mnt EPERM");
}

TEST_F(Until, QuickChoices) {
  EXPECT_EQ(line(quick("clone", 0)), "clone, pid 4690");
  EXPECT_EQ(line(quick("EPERM", 0)), "mount tmpfs /mnt EPERM");
  EXPECT_EQ(line(quick("failed call", 0)), "access /etc/ld.so.preload ENOENT");
  EXPECT_EQ(quick("OOM kill", 0), 0U);
  EXPECT_EQ(search_.never(), "Never after event 0: the run ends without an OOM kill.");
  EXPECT_EQ(quick("OOM kill", 9, Way::Back), 0U);
  EXPECT_EQ(search_.never(), "Never before event 9: an OOM kill.");
  const std::size_t own = quick("this process's call", 33);
  EXPECT_GT(own, 33U);
  EXPECT_EQ(trace_.record(own - 1).task, trace_.record(32).task);
  EXPECT_NE(quick("change of it", 33), 0U);
}

TEST_F(Until, WhatIsNoQuestionIsAnError) {
  for (const char* text : {"", "   ", "{", R"({"kind":"no such kind"})", R"({"nonsense":1})"})
    EXPECT_FALSE(Goal::parse(text).has_value()) << text;
}

/// A rare event among a million is found without a look at the others; this counts them.
TEST(UntilLarge, KindsOfAMillionEventsAreNotDecoded) {
  Trace trace{TraceHeader()};
  Event noise;
  noise.body = SignalMaskSet{0};
  for (int i = 0; i < 1'000'000; ++i) trace.append(noise);
  Event done;
  done.body = CliDone{3};
  trace.append(done);
  StepIndex index(trace);
  std::size_t looked_at = 0;
  Goal goal = *Goal::parse(R"({"kind":"cli","op":"done"})");
  const auto passes = goal.passes;
  goal.passes = [&looked_at, passes](const Trace& t, const StepIndex& i, std::size_t n) {
    ++looked_at;
    return passes(t, i, n);
  };
  RunUntil search;
  search.start(goal, 0, Way::Forward);
  EXPECT_FALSE(search.scan(trace, index));
  EXPECT_EQ(search.found(), std::optional<std::size_t>(trace.size()));
  EXPECT_EQ(looked_at, 1U);
}

class UntilCard : public ::testing::Test {
 protected:
  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1280, 720};
  void settle() {
    for (int i = 0; i < 4; ++i) window_.frame();
  }
};

TEST_F(UntilCard, AKeyOpensItADigitChoosesAndItCloses) {
  window_.type("u");
  settle();
  ASSERT_TRUE(window_.shows("Run until …"));
  const StepSize before = window_.player().size();
  window_.type("3");
  settle();
  EXPECT_EQ(window_.player().size(), before);  // the digit was the card's
  EXPECT_FALSE(window_.shows("Run until …"));
  EXPECT_EQ(trace_.record(window_.player().position() - 1).err,
            static_cast<std::uint16_t>(abi::Errno::kEPERM));
}

TEST_F(UntilCard, SaysPlainlyThatItNeverHappens) {
  window_.type("u");
  settle();
  ASSERT_TRUE(window_.click("OOM kill"));
  settle();
  EXPECT_TRUE(window_.shows("Never after event")) << window_.words();
  window_.key(ImGuiKey_Escape);
  settle();
  EXPECT_FALSE(window_.shows("Run until …"));
}

TEST_F(UntilCard, ALineIsTypedAndBackIsAChoice) {
  window_.player().last();
  window_.type("U");
  settle();
  ASSERT_TRUE(window_.click("##Until"));
  window_.type("pivot");
  ASSERT_TRUE(window_.click("Look"));
  settle();
  EXPECT_EQ(line_words(trace_, window_.player().index(), window_.player().position() - 1),
            "pivot_root . .");
  window_.type("u");
  settle();
  window_.click("##Until");
  window_.state().tools.until.text = "{";
  window_.click("Look");
  settle();
  EXPECT_FALSE(window_.state().tools.until.says.empty());
}

}  // namespace
}  // namespace cutaway::viz
