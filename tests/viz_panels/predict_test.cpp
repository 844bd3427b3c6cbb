// Predict first: questions whose right answer is what the run really does.
#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/text/call_words.h"

namespace cutaway::viz {
namespace {

class Predict : public ::testing::Test {
 protected:
  std::optional<Question> at(std::size_t position, StepSize size) {
    player_.set_size(size);
    player_.jump(position);
    return question_at(player_);
  }
  Trace trace_ = hand_trace();
  Player player_{trace_};
};

TEST_F(Predict, EveryQuestionHasOneRightAnswerAmongDifferentOnes) {
  std::set<std::size_t> places;
  for (const StepSize size : kStepSizes) {
    std::size_t asked = 0;
    for (std::size_t n = 0; n <= trace_.size(); ++n) {
      const auto question = at(n, size);
      if (!question) continue;
      ++asked;
      EXPECT_GE(question->options.size(), 2U);
      EXPECT_LE(question->options.size(), 4U);
      ASSERT_LT(question->right, question->options.size());
      places.insert(question->right);
      const std::set<std::string> different(question->options.begin(), question->options.end());
      EXPECT_EQ(different.size(), question->options.size()) << question->asks;
      EXPECT_GT(question->until, n);
      const auto again = at(n, size);
      EXPECT_EQ(again->options, question->options);  // no dice
    }
    EXPECT_GT(asked, 10U) << step_size_name(size);
  }
  EXPECT_GE(places.size(), 3U);  // the right one does not always stand at the same place
  EXPECT_FALSE(at(trace_.size(), StepSize::Syscall));
}

TEST_F(Predict, ACallAnswersWhatTheTraceSays) {
  std::size_t calls = 0;
  for (std::size_t n = 0; n < trace_.size(); ++n) {
    const auto question = at(n, StepSize::Syscall);
    if (!question || question->asks.find("kernel answer") == std::string::npos) continue;
    ++calls;
    const Record& record = trace_.record(question->until - 1);
    ASSERT_TRUE(is<Syscall>(record));
    const auto err = static_cast<abi::Errno>(record.err);
    const std::string& right = question->options[question->right];
    if (record.err != 0)
      EXPECT_EQ(right.substr(0, right.find(':')), abi::errno_name(err));
    else
      EXPECT_EQ(right, decimal(record.ret));
  }
  EXPECT_GT(calls, 10U);
}

TEST_F(Predict, ARefusedMountIsAskedWithItsErrno) {
  for (std::size_t n = trace_.size(); n > 0; --n) {
    if (trace_.record(n - 1).err != static_cast<std::uint16_t>(abi::Errno::kEPERM)) continue;
    const auto question = at(n - 1, StepSize::Syscall);
    ASSERT_TRUE(question);
    EXPECT_EQ(question->options[question->right], "EPERM: Operation not permitted");
    EXPECT_NE(std::find(question->options.begin(), question->options.end(), "0"),
              question->options.end());
    return;
  }
  FAIL();
}

TEST_F(Predict, TheNextBeatIsOneOfTheBeats) {
  player_.set_size(StepSize::Beat);
  const auto question = at(player_.index().beginning(), StepSize::Beat);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->asks, "What happens next?");
  EXPECT_EQ(question->options[question->right], "You ask the client; the client asks the server.");
}

TEST_F(Predict, AnExitCodeIsExplained) {
  const auto question = at(0, StepSize::Command);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->options[question->right], decimal(0));
  EXPECT_EQ(question->because, "0: it did what it should.");
}

TEST_F(Predict, AQuestionOfOnesOwn) {
  player_.set_size(StepSize::Syscall);
  player_.jump(32);
  OwnQuestion typed{"Is it allowed?", {"yes", "", "no"}, 2, ""};
  const auto question = own_question(typed, player_);
  ASSERT_TRUE(question.has_value()) << question.error().message;
  EXPECT_EQ(question->options, (std::vector<std::string>{"yes", "no"}));
  EXPECT_EQ(right_option(*question, trace_, 32), 1U);
  typed.options = {"only one"};
  EXPECT_FALSE(own_question(typed, player_).has_value());
  typed = {"", {"a", "b"}, 0, ""};
  EXPECT_FALSE(own_question(typed, player_).has_value());
  typed = {"What?", {"a", "b", ""}, 2, ""};
  EXPECT_FALSE(own_question(typed, player_).has_value());
  player_.last();
  typed = {"What?", {"a", "b"}, 0, ""};
  EXPECT_FALSE(own_question(typed, player_).has_value());
}

TEST_F(Predict, APredicateDecides) {
  player_.set_size(StepSize::Syscall);
  for (std::size_t n = trace_.size(); n > 0; --n) {
    if (!is<NsHostnameSet>(trace_.record(n - 1))) continue;
    player_.jump(n - 1);
    const char* renamed = R"({"kind":"ns","op":"hostname_set"})";
    const auto yes = own_question({"Is it renamed?", {"yes", "no"}, 0, renamed}, player_);
    ASSERT_TRUE(yes.has_value()) << yes.error().message;
    EXPECT_EQ(right_option(*yes, trace_, n - 1), 0U);
    player_.jump(5);
    const auto no = own_question({"Is it renamed?", {"yes", "no"}, 0, renamed}, player_);
    ASSERT_TRUE(no.has_value());
    EXPECT_EQ(right_option(*no, trace_, 5), 1U);
    EXPECT_FALSE(own_question({"?", {"yes", "no"}, 0, "{\"nonsense\":1}"}, player_).has_value());
    return;
  }
  FAIL();
}

class PredictCard : public ::testing::Test {
 protected:
  Trace trace_ = hand_trace();
  WindowDriver window_{trace_, 1600, 900};
  PredictState& predict() { return window_.state().tools.predict; }
  void settle() {
    for (int i = 0; i < 4; ++i) window_.frame();
  }
};

TEST_F(PredictCard, TheRunAnswersWhatWasChosen) {
  window_.player().jump(33);
  settle();
  ASSERT_TRUE(window_.click("Predict first"));
  settle();
  ASSERT_TRUE(predict().question);
  EXPECT_TRUE(window_.shows("The run waits for you."));
  const Question question = *predict().question;
  const std::size_t wrong = question.right == 0 ? 1 : 0;
  ASSERT_TRUE(window_.click("option " + std::to_string(wrong + 1)));
  settle();
  EXPECT_EQ(window_.player().position(), question.until);
  EXPECT_TRUE(window_.shows("Not so.")) << window_.words();
  window_.type("q");
  settle();
  ASSERT_TRUE(predict().question);
  window_.type(std::to_string(predict().question->right + 1));
  settle();
  EXPECT_TRUE(window_.shows("Right."));
  EXPECT_TRUE(window_.shows("1 of 2 right"));
  window_.key(ImGuiKey_LeftArrow);
  settle();
  EXPECT_FALSE(predict().open);  // whoever goes on has done with it
}

TEST_F(PredictCard, AQuestionIsWrittenAndAsked) {
  window_.player().jump(33);
  settle();
  window_.type("Q");
  settle();
  ASSERT_TRUE(window_.click("##Asks"));
  window_.type("Who decides?");
  ASSERT_TRUE(window_.click("##Option1"));
  window_.type("docker");
  ASSERT_TRUE(window_.click("##Option2"));
  window_.type("the kernel");
  ASSERT_TRUE(window_.click("right 2"));
  ASSERT_TRUE(window_.click("Ask it"));
  settle();
  ASSERT_TRUE(predict().question) << predict().says;
  EXPECT_TRUE(window_.shows("Who decides?"));
  window_.type("2");
  settle();
  EXPECT_TRUE(window_.shows("Right.")) << window_.words();
}

}  // namespace
}  // namespace cutaway::viz
