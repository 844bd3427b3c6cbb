// A future that was forked out of another one has both pasts, event by event.
#include "app/cli/fork_steps.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "trace/log/jsonl.h"

namespace cutaway::app {
namespace {

std::vector<std::string> future(const std::vector<ForkStep>& steps) {
  sim::SimulatorOptions options;
  if (!steps.empty()) options.pause_at = steps.front().position;
  sim::Simulator simulator(options);
  SideCommand first;
  first.words = {"run", "busybox", "echo", "hi"};
  first.line = "run busybox echo hi";
  const auto index = simulator.submit(first);
  EXPECT_TRUE(index);
  const bool done = static_cast<bool>(simulator.run_until_done(*index));
  EXPECT_EQ(done, steps.empty());
  const auto went = go_through(simulator, steps);
  EXPECT_TRUE(went) << went.error().message;
  return split(to_jsonl(simulator.take_trace()), '\n');
}

void expect_same_until(const std::vector<std::string>& a, const std::vector<std::string>& b,
                       std::size_t position) {
  ASSERT_GT(a.size(), position + 1);
  ASSERT_GT(b.size(), position + 1);
  for (std::size_t n = 0; n <= position; ++n) ASSERT_EQ(a[n], b[n]) << "line " << n;
}

TEST(ForkSteps, AForkOfAForkKeepsBothPasts) {
  const auto was = future({});
  const auto other = future({{900, "docker images"}});
  const std::size_t later = other.size() - 60;  // in what the first fork made
  const auto third = future({{900, "docker images"}, {later, "docker ps --all"}});
  expect_same_until(other, was, 900);
  expect_same_until(third, other, later);
  EXPECT_NE(third, other);
  const auto common = std::min({was.size(), third.size(), later});
  EXPECT_FALSE(std::equal(third.begin(), third.begin() + static_cast<long>(common), was.begin()))
      << "the past of the third is that of the second, not of the first";
}

TEST(ForkSteps, WhatCannotBeTypedIsAnError) {
  for (const char* line : {"", "  ", "docker ps 'open"}) {
    sim::Simulator simulator({});
    EXPECT_FALSE(go_through(simulator, {{0, line}})) << line;
  }
}

/// The screen of the program that was given the keyboard.
struct Typed {
  bool waits = false;
  std::size_t events = 0;
  std::string screen;
};

Typed after(const std::vector<ForkStep>& steps) {
  sim::SimulatorOptions options;
  options.pause_at = steps.front().position;
  sim::Simulator simulator(options);
  const auto went = go_through(simulator, steps);
  EXPECT_TRUE(went) << went.error().message;
  return {went && *went, simulator.trace().size(), simulator.command(0).stdout_text};
}

TEST(ForkSteps, KeysGoToTheProgramThatHasTheKeyboard) {
  const ForkStep run = {0, "docker run -it --rm busybox sh"};
  const Typed begun = after({run});
  EXPECT_TRUE(begun.waits) << "a shell asks";
  const Typed echo = after({run, {begun.events, "echo $((6*7))\r", true}});
  EXPECT_TRUE(echo.waits);
  EXPECT_NE(echo.screen.find("\n42"), std::string::npos) << echo.screen;
  const Typed over =
      after({run, {begun.events, "echo $((6*7))\r", true}, {echo.events, "exit\r", true}});
  EXPECT_FALSE(over.waits);
}

TEST(ForkSteps, AfterAnOrdinaryCommandNobodyReadsKeys) {
  sim::SimulatorOptions options;
  options.pause_at = 0;
  sim::Simulator simulator(options);
  EXPECT_FALSE(go_through(simulator, {{0, "docker ps"}, {1'000'000, "x", true}}));
}

}  // namespace
}  // namespace cutaway::app
