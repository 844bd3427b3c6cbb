// What a picture may ask an agent to change: two kinds of lines, and nothing else gets through.
#include "app/live/change_line.h"

#include <gtest/gtest.h>

#include "base/prng.h"
#include "base/text.h"

namespace cutaway::app {
namespace {

std::string words(std::string_view line) {
  const auto found = words_of_change(line);
  return found ? join(*found, " ") : "refused";
}

TEST(ChangeLine, WhatAPictureAsksIsWhatTheAgentDoes) {
  using viz::ChangeKind;
  const viz::ChangeAsk asks[] = {{ChangeKind::Memory, "64m", "0123abc"},
                                 {ChangeKind::Memory, "25189916672", "web"},
                                 {ChangeKind::Cpus, "0.5", "web"},
                                 {ChangeKind::Pids, "-1", "web"},
                                 {ChangeKind::Signal, "TERM", "web"}};
  for (const viz::ChangeAsk& ask : asks) {
    const std::string line = change_line(ask);
    EXPECT_TRUE(is_change_line(line)) << line;
    EXPECT_EQ(words(line), join(viz::docker_words(ask), " ")) << line;
  }
  EXPECT_EQ(words("update memory 64m web"), "update --memory 64m --memory-swap 128m web");
  EXPECT_EQ(words("kill STOP web"), "kill --signal STOP web");
}

TEST(ChangeLine, AnythingElseIsRefused) {
  for (const char* line :
       {"update", "kill", "kill TERM", "kill TERM a b", "update memory 64m", "kill HUP web",
        "update disk 1g web", "update signal TERM web", "update memory -1m web",
        "update memory 64m -f", "kill TERM --all", "update  64m web", "update memory 64m a/b",
        "kill TERM $(id)", "rm -f web", "update pids -1 -1", "update memory --privileged web"})
    EXPECT_EQ(words(line), "refused") << line;
}

// Whatever comes over the socket, only update and kill of one container come out.
TEST(ChangeLine, AnyLineIsRefusedOrHarmless) {
  const std::vector<std::string> pieces = split(
      "update|kill|memory|cpus|pids|signal|TERM|KILL|64m|-1|--all|-f|web|| |\t|\xff|0.5|a/b|;|rm",
      '|');
  Prng random(1);
  int through = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string line;
    for (std::uint64_t n = random.below(6); n > 0; --n)
      line += pieces[random.below(pieces.size())] + (random.below(8) == 0 ? "" : " ");
    if (!line.empty()) line.pop_back();
    const auto found = words_of_change(line);
    if (!found) continue;
    ++through;
    ASSERT_TRUE(found->front() == "update" || found->front() == "kill") << line;
    ASSERT_NE(found->back().front(), '-') << line;
  }
  EXPECT_GT(through, 5);
}

}  // namespace
}  // namespace cutaway::app
