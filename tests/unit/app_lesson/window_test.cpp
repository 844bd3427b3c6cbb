// A lesson in the window: what each key and each button does.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "base/os/files.h"
#include "base/text.h"
#include "tests/unit/app_lesson/lesson_window.h"

namespace cutaway::app {
namespace {

using lessons::PageKind;

class InTheWindow : public ::testing::Test {
 protected:
  void turn_to(const std::string& key) {
    const lessons::Play& play = window_.play();
    for (std::size_t i = 0; i < play.pages().size(); ++i) {
      if (play.key(play.pages()[i]) == key) viz::turn_lesson(window_.window.state(), i);
    }
    window_.settle();
  }
  std::size_t choice_of(const std::string& key, std::size_t index, std::size_t count) {
    const auto order = window_.play().shuffled(count, key);
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (order[i] == index) return i + 1;
    }
    return 0;
  }
  bool click_choice(const std::string& key, std::size_t index, std::size_t count) {
    const bool clicked =
        window_.window.click("choice " + std::to_string(choice_of(key, index, count)));
    window_.settle();
    return clicked;
  }

  LessonWindow window_;
};

TEST_F(InTheWindow, TheListBeginsALessonByMouseAndByKeyboard) {
  ASSERT_TRUE(window_.window.click("Lessons"));
  window_.settle();
  EXPECT_TRUE(window_.reads("Part 1: what a first course says"));
  ASSERT_TRUE(window_.window.click("lesson who-does-what"));
  window_.settle();
  ASSERT_TRUE(window_.lesson().playing());
  EXPECT_EQ(window_.play().lesson().id, "who-does-what");
  window_.window.type("L");
  window_.settle();
  window_.window.key(ImGuiKey_DownArrow);
  window_.window.key(ImGuiKey_Enter);
  window_.settle();
  EXPECT_EQ(window_.play().lesson().number, 3);
  window_.window.type("L");
  window_.settle();
  window_.window.key(ImGuiKey_Escape);
  window_.settle();
  EXPECT_FALSE(window_.lesson().list.open);
  EXPECT_TRUE(window_.lesson().playing());
}

/// A lesson's folder of one's own, and what its author writes.
class InTheWindowOfAnAuthor : public InTheWindow {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(above_);
    std::filesystem::copy(CUTAWAY_SOURCE_DIR "/lessons/content/02-who-does-what", folder_,
                          std::filesystem::copy_options::recursive);
  }
  void TearDown() override { std::filesystem::remove_all(above_); }
  void replace(const std::string& file, const std::string& was, const std::string& is) {
    std::ifstream in(folder_ + "/" + file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t at = text.find(was);
    ASSERT_NE(at, std::string::npos) << was;
    text.replace(at, was.size(), is);
    std::ofstream(folder_ + "/" + file) << text;
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    window_.settle();
  }

  const std::string above_ = ::testing::TempDir() + "cutaway-author-" + std::to_string(::getpid());
  const std::string folder_ = above_ + "/02-who-does-what";
};

TEST_F(InTheWindowOfAnAuthor, WhatIsWrittenIsThereAtOnceOnTheSamePage) {
  window_.begin(folder_);
  ASSERT_TRUE(window_.lesson().playing());
  viz::turn_lesson(window_.window.state(), 3);
  window_.settle();
  const lessons::Play& play = window_.play();
  const std::string page = play.key(play.page()), said = play.said(page);
  replace("text.en.md", said.substr(0, 12), "Lo " + said.substr(0, 12));
  EXPECT_EQ(window_.play().key(window_.play().page()), page);
  EXPECT_TRUE(starts_with(window_.play().said(page), "Lo "));
  EXPECT_TRUE(window_.reads("The lesson's files have changed"));
}

TEST_F(InTheWindowOfAnAuthor, AMistakeIsSaidAndTheLessonStays) {
  window_.begin(folder_);
  replace("lesson.json", "\"steps\"", "\"stepps\"");
  EXPECT_TRUE(window_.reads("lesson.json:"));
  EXPECT_TRUE(window_.lesson().playing());
  replace("lesson.json", "\"stepps\"", "\"steps\"");
  EXPECT_TRUE(window_.reads("The lesson's files have changed"));
}

TEST_F(InTheWindow, AWrongPredictionSaysWhyAndCounts) {
  window_.begin("2");
  turn_to("predict.who-connects");
  EXPECT_TRUE(window_.reads("The run stands still until you have chosen"));
  ASSERT_TRUE(click_choice("predict.who-connects", 1, 3));
  EXPECT_TRUE(window_.reads("Not so. Docker is two programs"));
  ASSERT_TRUE(click_choice("predict.who-connects", 0, 3));
  EXPECT_EQ(window_.play().record().predictions.at("who-connects"), "client") << "the first one";
}

TEST_F(InTheWindow, ADigitAnswersAQuestionAndIsAStepSizeElsewhere) {
  window_.begin("2");
  turn_to("predict.who-connects");
  window_.window.type(std::to_string(choice_of("predict.who-connects", 0, 3)));
  window_.settle();
  EXPECT_TRUE(window_.reads("Right. Yes: the server keeps the images"));
  turn_to("step.typed");
  window_.window.type("4");
  window_.settle();
  EXPECT_EQ(window_.window.player().size(), viz::StepSize::Syscall);
}

TEST_F(InTheWindow, AnOrderIsClickedCheckedAndMended) {
  window_.begin("2");
  turn_to("exercise.stations");
  ASSERT_TRUE(click_choice("exercise.stations", 1, 7));
  ASSERT_TRUE(window_.window.click("Check"));
  window_.settle();
  EXPECT_TRUE(window_.reads("This is not yet the order"));
  ASSERT_TRUE(click_choice("exercise.stations", 1, 7));  // not this one first
  for (std::size_t i = 0; i < 7; ++i)
    window_.window.type(std::to_string(choice_of("exercise.stations", i, 7)));
  window_.settle();
  ASSERT_TRUE(window_.window.click("Check"));
  window_.settle();
  EXPECT_TRUE(window_.reads("Right."));
  EXPECT_FALSE(window_.window.find("Check"));
}

TEST_F(InTheWindow, HintsComeInThreeGradesThenASolution) {
  window_.begin("2");
  turn_to("exercise.fetch-only");
  ASSERT_TRUE(window_.window.click("Hint"));
  window_.settle();
  EXPECT_TRUE(window_.reads("Running is more than fetching"));
  EXPECT_FALSE(window_.reads("by a request of its own"));
  window_.window.type("H");
  window_.window.type("H");
  window_.settle();
  EXPECT_TRUE(window_.reads("The command is docker pull busybox"));
  ASSERT_TRUE(window_.window.click("Solution"));
  window_.settle();
  EXPECT_TRUE(window_.reads("One solution"));
}

TEST_F(InTheWindow, GoalsThatAreNotMetAreToldOneByOne) {
  window_.begin("2");
  turn_to("exercise.fetch-only");
  EXPECT_TRUE(window_.reads("The image cache does not hold busybox yet"));
  EXPECT_FALSE(window_.reads("this command did more than fetch"));
  window_.type_line("docker run busybox true");
  EXPECT_TRUE(window_.reads("this command did more than fetch"));
  EXPECT_FALSE(window_.reads("does not hold busybox yet"));
  window_.window.key(ImGuiKey_Escape);  // out of the terminal
  window_.window.type("N");
  window_.settle();
  EXPECT_FALSE(window_.reads("this command did more than fetch"));
  window_.type_line("docker pull busybox");
  EXPECT_TRUE(window_.reads("Done: all goals are met."));
}

TEST_F(InTheWindow, WhatIsForbiddenIsToldAndNotDone) {
  window_.begin("13");
  turn_to("exercise.twice");
  const std::size_t before = window_.window.player().count();
  window_.type_line("docker run busybox true");
  EXPECT_TRUE(window_.reads("This exercise is about the two halves"));
  EXPECT_EQ(window_.window.player().count(), before);
}

TEST_F(InTheWindow, FromAnyMomentOneMayTryAndComeBack) {
  window_.begin("2");
  turn_to("step.ended");
  const std::size_t here = window_.window.player().position();
  window_.type_line("docker ps");
  EXPECT_GT(window_.window.player().position(), here);
  ASSERT_TRUE(window_.window.click("Back to this moment"));
  window_.settle();
  EXPECT_EQ(window_.window.player().position(), here);
  EXPECT_FALSE(window_.window.find("Back to this moment"));
  window_.window.key(ImGuiKey_LeftArrow);
  window_.window.key(ImGuiKey_LeftArrow);
  window_.settle();
  window_.window.type("j");
  window_.settle();
  EXPECT_EQ(window_.window.player().position(), here);
}

TEST_F(InTheWindow, WhatIsClickedInThePictureIsPicked) {
  window_.begin("10");
  turn_to("exercise.outside-the-hull");
  const viz::HitArea* client = nullptr;
  for (const viz::HitArea& area : window_.window.state().picture.hits) {
    if (area.id == "station:client") client = &area;
  }
  ASSERT_NE(client, nullptr);
  window_.window.click_at({client->box.mid_x(), client->box.mid_y()});
  window_.settle();
  ASSERT_EQ(window_.lesson().page.picked.size(), 1U);
  const lessons::Exercise& exercise = *window_.lesson().exercise();
  EXPECT_EQ(exercise.stations[window_.lesson().page.picked[0]].id, "client");
  EXPECT_FALSE(window_.window.state().right.shown()) << "nothing is looked at meanwhile";
}

TEST_F(InTheWindow, AnAnswerIsWritten) {
  window_.begin("24");
  turn_to("exercise.outer-number");
  window_.window.type("1");
  window_.window.key(ImGuiKey_Enter);
  window_.settle();
  EXPECT_EQ(window_.lesson().page.verdict, false);
  EXPECT_TRUE(window_.reads("Not so."));
  window_.lesson().page.words.clear();
  ASSERT_TRUE(window_.window.click("##Answer"));
  window_.window.type(window_.play().solution(*window_.lesson().exercise())[0]);
  window_.window.key(ImGuiKey_Enter);
  window_.settle();
  EXPECT_TRUE(window_.reads("Right."));
}

TEST_F(InTheWindow, AQuestionIsNotAnsweredByThePicture) {
  window_.begin("2");
  turn_to("predict.who-connects");
  EXPECT_FALSE(window_.reads("The server, not the client, fetches the image"));
  EXPECT_TRUE(window_.reads("What comes is hidden until you have chosen."));
  const std::size_t here = window_.window.player().position();
  window_.window.click_at({1500, 860});  // in the lanes: they are hidden, too
  window_.settle();
  EXPECT_EQ(window_.window.player().position(), here);
  turn_to("step.hub");
  EXPECT_TRUE(window_.reads("The server, not the client, fetches the image"));
}

TEST_F(InTheWindow, ThePictureIsAboutTheEventThatTheStepWasFoundBy) {
  window_.begin("7");
  turn_to("step.two");
  EXPECT_TRUE(window_.reads("execve(\"/usr/bin/python\")"));
}

TEST_F(InTheWindow, ADeckThatAPageIsNotAboutIsFoldedUntilSomebodyWantsIt) {
  window_.begin("16");
  turn_to("step.kill");
  const viz::Decks folded = viz::lesson_decks(window_.window.state());
  EXPECT_FALSE(folded.hardware);
  window_.window.type("v");
  window_.settle();
  EXPECT_TRUE(viz::lesson_decks(window_.window.state()).hardware);
}

TEST_F(InTheWindow, TheSameForRealIsOfferedWhereTheRealSideCan) {
  window_.begin("1");
  window_.window.type("R");
  window_.settle();
  EXPECT_TRUE(window_.reads("This lesson's run is made up"));
  turn_to("closer");
  EXPECT_FALSE(window_.window.shows("The same for real"));
  window_.begin("16");
  turn_to("closer");
  EXPECT_TRUE(window_.window.shows("The same for real"));
}

TEST_F(InTheWindow, MarksAreNotLetters) {
  window_.begin("9");
  EXPECT_TRUE(window_.reads("Container is a way"));
  EXPECT_EQ(window_.window.words().find("*Container"), std::string::npos);
}

TEST_F(InTheWindow, TheOtherLanguage) {
  window_.begin("2");
  ASSERT_TRUE(window_.window.click("Deutsch"));
  window_.settle();
  EXPECT_TRUE(window_.reads("Wer macht was"));
  ASSERT_TRUE(window_.window.click("Weiter"));
  window_.settle();
  window_.window.type("D");
  window_.settle();
  EXPECT_TRUE(window_.reads("Who does what"));
}

TEST_F(InTheWindow, LeavingShowsWhatWasThereBefore) {
  window_.window.player().jump(20);
  window_.settle();
  const Trace* before = &window_.window.player().trace();
  window_.begin("2");
  EXPECT_NE(&window_.window.player().trace(), before);
  ASSERT_TRUE(window_.window.click("Leave the lesson"));
  window_.settle();
  EXPECT_EQ(&window_.window.player().trace(), before);
  EXPECT_EQ(window_.window.player().position(), 20U);
  EXPECT_TRUE(window_.window.state().right.beside);
}

TEST(LessonRuns, SayWhatCannotBeKept) {
  LessonWindow window(1600, 900, WindowLessons("ann", "/nonexistent/ann.json"));
  window.begin("2");
  ASSERT_TRUE(window.lesson().playing());
  EXPECT_TRUE(window.reads("/nonexistent/ann.json")) << window.window.words();
}

TEST(LessonRuns, GoOnWithAHandInAndWriteOverNoOther) {
  const std::string file = ::testing::TempDir() + "lesson_runs_hand_in.json";
  ASSERT_TRUE(os::write_file(file, ""));
  {
    LessonWindow window(1600, 900, WindowLessons("ann", file));
    window.begin("2");
    viz::turn_lesson(window.window.state(), 3);
    window.settle();
  }
  LessonWindow window(1600, 900, WindowLessons("ann", file));
  window.begin("2");
  EXPECT_EQ(window.play().number(), 3U);
  window.begin("3");
  EXPECT_TRUE(window.reads("this one is not kept there")) << window.window.words();
  const auto kept = os::read_file(file);
  ASSERT_TRUE(kept);
  EXPECT_EQ(lessons::read_record(file, *kept)->lesson, "who-does-what");
  EXPECT_EQ(std::remove(file.c_str()), 0);
}

}  // namespace
}  // namespace cutaway::app
