// Every bundled lesson, on the simulator: nothing that it says is otherwise. Wrong answers and
// further seeds: CUTAWAY_LESSONS=all, or `cutaway lesson check`, which is faster.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "lessons/check.h"
#include "lessons/messages.h"
#include "tests/unit/scenarios/simulated.h"

namespace cutaway::lessons {
namespace {

Result<std::unique_ptr<Side>> make_side(const spec::Scenario& scenario) {
  return simulated(scenario);
}

class SimulatedLesson : public testing::TestWithParam<std::string> {};

TEST_P(SimulatedLesson, is_whole_and_true) {
  for (const LessonFiles& files : bundled_lessons()) {
    if (files.folder != GetParam()) continue;
    const char* all = std::getenv("CUTAWAY_LESSONS");
    const bool everything = all != nullptr && std::string_view(all) == "all";
    const CheckReport report =
        check_lesson(files, make_side, everything ? CheckScope::Everything : CheckScope::Quick);
    for (const Error& problem : report.problems) ADD_FAILURE() << problem.message;
    EXPECT_GT(report.steps, 0U);
    EXPECT_GT(report.claims, 0U);
    EXPECT_GT(report.predictions, 0U);
    EXPECT_GT(report.exercises, 0U);
    EXPECT_GT(report.wrong_answers, 0U);
    return;
  }
  FAIL() << GetParam() << " is not bundled";
}

/// The folders that are there, whether or not they made it into the program.
std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(CUTAWAY_SOURCE_DIR "/lessons/content")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Bundled, SimulatedLesson, testing::ValuesIn(folders()),
                         [](const testing::TestParamInfo<std::string>& tested) {
                           return test_name(tested.param);
                         });

TEST(SimulatedLessons, every_language_has_all_of_them) {
  const std::vector<std::string> languages = message_languages();
  EXPECT_GT(languages.size(), 1U);
  for (const std::string& language : languages)
    EXPECT_EQ(Messages(language).keys(), Messages("en").keys()) << language;
  for (const LessonFiles& files : bundled_lessons()) {
    for (const std::string& language : languages)
      EXPECT_EQ(files.files.count("text." + language + ".md"), 1U)
          << files.folder << " " << language;
  }
}

TEST(SimulatedLessons, as_many_as_there_are_folders) {
  EXPECT_EQ(bundled_lessons().size(), folders().size());
}

}  // namespace
}  // namespace cutaway::lessons
