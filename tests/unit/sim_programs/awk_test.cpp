// Programs of awk that would go round, grow, print or call themselves for ever end, with a word.
#include <gtest/gtest.h>

#include "sim/programs/awk/awk_run.h"

namespace cutaway::sim {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string complaint(const std::string& text) {
  AwkProgram program = parse_awk(text);
  if (!program.error.empty()) return program.error;
  AwkRun run(std::move(program));
  run.begin();
  EXPECT_TRUE(run.error().empty() || run.status() == 1);
  return run.error();
}

TEST(AwkBounds, WhatNeverEndsIsEnded) {
  EXPECT_EQ(complaint("BEGIN { while (1) n++ }").find("stopped: "), 0U);
  EXPECT_EQ(complaint("BEGIN { s = \"x\"; while (1) s = s s }").find("stopped: a text"), 0U);
  EXPECT_EQ(complaint("BEGIN { s = \"xx\"; while (1) gsub(/x/, \"&&\", s) }").find("stopped: "),
            0U);
  EXPECT_EQ(
      complaint("BEGIN { s = sprintf(\"%9999s\", \"x\"); while (1) print s }").find("stopped: it"),
      0U);
  EXPECT_EQ(complaint("function f(n) { return f(n + 1) } BEGIN { f(1) }").find("stopped: a func"),
            0U);
  const std::string deep = repeated("(", 30) + "f(n)" + repeated(")", 30);
  EXPECT_EQ(complaint("function f(n) { return " + deep + " } BEGIN { f(1) }").find("stopped: "),
            0U);
}

TEST(AwkBounds, WhatIsTooDeepToReadIsRefused) {
  for (const char* opens :
       {"(", "!", "-", "$", "++", "a[", "f(", "{", "if (1) ", "x = ", "1 ? 1 : ", "2^"})
    EXPECT_NE(complaint("BEGIN { x = " + repeated(opens, 20'000) + "1 }"), "") << opens;
  EXPECT_NE(complaint("BEGIN { print " + repeated("1 + ", 50'000) + "1 }"), "");
  EXPECT_NE(complaint("BEGIN { print " + repeated("x ", 50'000) + "1 }"), "");
  EXPECT_EQ(complaint("BEGIN { x = " + repeated("1 + ", 100) + "1 }"), "");
}

TEST(AwkBounds, AFormatMakesNoTextLargerThanAMachine) {
  AwkRun run(parse_awk("BEGIN { printf \"%999999999d|%.999999999f\", 1, 1 }"));
  run.begin();
  const auto output = run.take_output();
  ASSERT_EQ(output.size(), 1U);
  EXPECT_LT(output[0].text.size(), 100'000U);
}

}  // namespace
}  // namespace cutaway::sim
