// Typing in the terminal of the window: lines at its prompt, keys for a program. What is typed is
// asked of whoever can run it.
#include <gtest/gtest.h>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/typed_words.h"

namespace cutaway::viz {
namespace {

class Typing : public ::testing::Test {
 protected:
  Typing() {
    fork().possible = true;
    fork().futures = {{"as it was", 0}};
    to_prompt();
  }
  ForkState& fork() { return window_.state().fork; }
  TypedLine& line() { return window_.state().terminal.line; }
  /// The last moment at which a prompt waits.
  void to_prompt() {
    std::size_t at = window_.player().count();
    while (at > 0 && !window_.state().transcript.waits_for_command(at)) --at;
    window_.player().jump(at);
    frames();
  }
  void frames() {
    for (int i = 0; i < 3; ++i) window_.frame();
  }
  void begin() {
    window_.type("$");
    frames();
  }
  void enter(const char* words) {
    begin();
    window_.type(words);
    window_.key(ImGuiKey_Enter);
    frames();
  }
  void a_program_has_the_keyboard() {
    fork().futures[0].keyboard = true;
    window_.player().jump(window_.player().count());
    frames();
    begin();
  }
  std::string keys() {
    std::string all;
    if (fork().ask && fork().ask->keys) all = fork().ask->text;
    fork().ask.reset();
    return all;
  }

  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1600, 900};
};

TEST_F(Typing, ALineIsAskedForAndPlayed) {
  const std::size_t before = window_.player().position();
  begin();
  EXPECT_TRUE(line().active);
  window_.type("docker ps");
  EXPECT_EQ(window_.player().position(), before) << "letters are letters here";
  window_.key(ImGuiKey_Enter);
  ASSERT_TRUE(fork().ask);
  EXPECT_EQ(fork().ask->text, "docker ps");
  EXPECT_FALSE(fork().ask->keys);
  EXPECT_TRUE(fork().ask->plays);
  EXPECT_EQ(line().text, "");
  show_what_came(window_.state(), *fork().ask);
  EXPECT_TRUE(window_.player().playing());
}

TEST_F(Typing, AnEmptyLineAsksForNothingAndKeepsTheKeyboard) {
  begin();
  window_.key(ImGuiKey_Enter);
  frames();
  EXPECT_FALSE(fork().ask);
  window_.type("l");
  EXPECT_EQ(line().text, "l");
}

TEST_F(Typing, TheMouseBeginsAndEscapeEndsIt) {
  ASSERT_TRUE(window_.click("##Terminal line"));
  frames();
  window_.type("doc");
  EXPECT_EQ(line().text, "doc");
  window_.key(ImGuiKey_Escape);
  frames();
  EXPECT_FALSE(line().active);
  window_.type("?");
  EXPECT_TRUE(window_.state().help) << "keys are keys again";
}

TEST_F(Typing, WhatWasTypedBeforeComesBack) {
  std::vector<std::string> typed;
  for (const ScreenLine& each : window_.state().view.screen.screen.joined()) {
    if (each.typed) typed.push_back(each.text);
  }
  ASSERT_FALSE(typed.empty());
  begin();
  window_.type("half");
  window_.key(ImGuiKey_UpArrow);
  EXPECT_EQ(line().text, typed.back());
  window_.key(ImGuiKey_DownArrow);
  EXPECT_EQ(line().text, "half");
}

TEST_F(Typing, AWordIsCompleted) {
  begin();
  window_.type("docker ru");
  window_.key(ImGuiKey_Tab);
  EXPECT_EQ(line().text, "docker run ");
  EXPECT_TRUE(line().active) << "Tab is no wish for another panel here";
}

TEST_F(Typing, AProgramGetsEachKeyAsATerminalSendsIt) {
  a_program_has_the_keyboard();
  window_.type("ls");
  EXPECT_EQ(keys(), "ls");
  window_.key(ImGuiKey_Enter);
  EXPECT_EQ(keys(), "\r");
  frames();
  window_.key(ImGuiKey_Backspace);
  EXPECT_EQ(keys(), "\x7f");
  window_.key(ImGuiKey_UpArrow);
  EXPECT_EQ(keys(), "\x1b[A");
}

TEST_F(Typing, ControlRightBracketTakesTheKeysBack) {
  a_program_has_the_keyboard();
  EXPECT_TRUE(window_.shows("Ctrl ]"));
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  window_.key(ImGuiKey_C);
  EXPECT_EQ(keys(), "\x03");
  window_.key(ImGuiKey_RightBracket);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  frames();
  EXPECT_FALSE(line().active);
  EXPECT_EQ(keys(), "");
}

TEST_F(Typing, TheKeyboardComesBackWithThePrompt) {
  begin();
  window_.type("docker ps");
  window_.key(ImGuiKey_Enter);
  fork().ask.reset();
  window_.player().jump(window_.player().count());
  window_.state().fork.futures[0].keyboard = true;
  frames();
  EXPECT_TRUE(line().active);
}

TEST_F(Typing, ARecordingTakesNothing) {
  fork() = ForkState();
  frames();
  EXPECT_FALSE(window_.find("##Terminal line"));
  window_.type("$");
  frames();
  EXPECT_FALSE(line().active);
}

// The terminal's own words, as in cutaway shell.
TEST_F(Typing, UndoGoesBackByCommandsAndTypingThereIsAnotherFuture) {
  const std::size_t prompt = window_.player().position();
  enter("undo");
  EXPECT_FALSE(fork().ask);
  EXPECT_LT(window_.player().position(), prompt);
  EXPECT_TRUE(window_.state().notice.shown());
  const std::size_t before = window_.player().position();
  run_typed_word(window_.state(), "redo");
  EXPECT_GT(window_.player().position(), before);
}

TEST_F(Typing, AtAndWhyAreAboutTheMoment) {
  enter("at 12");
  EXPECT_EQ(window_.player().position(), 12U);
  run_typed_word(window_.state(), "at last");
  EXPECT_EQ(window_.player().position(), window_.player().count());
  run_typed_word(window_.state(), "why row:host");
  EXPECT_TRUE(window_.state().inspector.selected);
  run_typed_word(window_.state(), "why row:nobody");
  EXPECT_NE(window_.state().notice.words.find("there is no row:nobody"), std::string::npos);
}

TEST_F(Typing, SwitchShowsAnotherFuture) {
  fork().futures.push_back({"docker ps", 10});
  enter("switch 'docker ps'");
  EXPECT_EQ(fork().show, std::optional<std::size_t>(1));
  run_typed_word(window_.state(), "switch 1");
  EXPECT_EQ(fork().show, std::optional<std::size_t>(0));
  fork().show.reset();
  run_typed_word(window_.state(), "switch 3");
  EXPECT_FALSE(fork().show);
}

TEST_F(Typing, WrongWordsSayWhatWasExpected) {
  for (const auto& [line, says] :
       {std::pair("undo x", "undo, or undo 3"), std::pair("at x y", "at 120, or at last"),
        std::pair("why", "why task:4711"), std::pair("switch", "switch 2")}) {
    EXPECT_TRUE(run_typed_word(window_.state(), line));
    EXPECT_NE(window_.state().notice.words.find(says), std::string::npos) << line;
  }
  EXPECT_FALSE(run_typed_word(window_.state(), "docker ps"));
  EXPECT_FALSE(run_typed_word(window_.state(), "ls undo"));
}

}  // namespace
}  // namespace cutaway::viz
