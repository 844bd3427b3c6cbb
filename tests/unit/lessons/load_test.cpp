// Reading a lesson's folder: what it becomes, and one clear line for each thing that is wrong.
#include <gtest/gtest.h>

#include "lessons/lesson.h"
#include "tests/unit/lessons/small_lesson.h"

namespace cutaway::lessons {
namespace {

std::string first_error(const LessonFiles& files) {
  const auto lesson = load_lesson(files);
  return lesson ? "" : lesson.error().message;
}

TEST(LoadLesson, everything_has_its_place) {
  const auto lesson = load_lesson(small_lesson());
  ASSERT_TRUE(lesson.has_value()) << lesson.error().message;
  EXPECT_EQ(lesson->folder, "07-small");
  EXPECT_EQ(lesson->number, 7);
  EXPECT_EQ(lesson->seeds, (std::vector<std::uint64_t>{1, 2}));
  ASSERT_EQ(lesson->steps.size(), 3U);
  EXPECT_EQ(lesson->steps[0].stage.size, "beat");
  EXPECT_EQ(lesson->steps[2].stage.size, "step");
  EXPECT_EQ(lesson->steps[2].stage.show, (std::vector<std::string>{"engine"}))
      << "what a step does not say, the lesson says";
  EXPECT_EQ(judgement_name(lesson->claims.at(0).judgement), "roughly");
  EXPECT_EQ(lesson->claims[0].number, 28);
  EXPECT_EQ(lesson->predictions.at(0).options.at(1).belief, "it-looks-twice");
  ASSERT_EQ(lesson->exercises.size(), 2U);
  EXPECT_EQ(lesson->exercise("order")->kind, ExerciseKind::Order);
  EXPECT_EQ(lesson->exercise("fetch")->goals.at(1).id, "alone");
  EXPECT_EQ(lesson->start.size(), 1U);
  EXPECT_EQ(lesson->solutions.size(), 2U);
  EXPECT_EQ(lesson->wrong.size(), 2U);
  EXPECT_EQ(lesson->texts.at("en").title, "A small lesson");
  EXPECT_EQ(shown_scenario(*lesson)->id, "one-run");
}

struct RefusedCase {
  const char *file, *from, *to, *error;
};

TEST(LoadLesson, errors_name_file_line_and_pointer) {
  const RefusedCase cases[] = {
      {"lesson.json", R"("seeds")", R"("seedz")",
       "content/07-small/lesson.json:5: /seedz: unknown key \"seedz\", did you mean \"seeds\"?"},
      {"lesson.json", R"("id": "small")", R"("id": "big")",
       "content/07-small/lesson.json:3: /id: is \"big\", expected \"small\", as the folder is "
       "called"},
      {"lesson.json", R"("show": ["engine"])", R"("show": ["motor"])",
       "content/07-small/lesson.json:6: /stage/show/0: "},
      {"lesson.json", R"("size": "beat")", R"("size": "jump")",
       "content/07-small/lesson.json:6: /stage/size: "},
      {"lesson.json", R"("seeds": [1, 2])", R"("seeds": [-1])",
       "content/07-small/lesson.json:5: /seeds/0: "},
      {"lesson.json", R"({"id": "ask")", R"({"id": "look")",
       "content/07-small/lesson.json:9: /steps/1/id: "},
      {"lesson.json", R"("op": "lookup", "where": "cache"}})", R"("op": "looked"}})",
       "content/07-small/lesson.json:8: /steps/0/at/op: "},
      {"lesson.json", R"("exists": true}})", R"("exist": true}})",
       "content/07-small/lesson.json:10: /steps/2/at/ever"},
      {"lesson.json", R"("verdict": "roughly")", R"("verdict": "maybe")",
       "content/07-small/lesson.json:13: /claims/0/verdict: "},
      {"lesson.json", R"("before": "ask")", R"("before": "asked")",
       "content/07-small/lesson.json:16: /predictions/0/before: "},
      {"lesson.json", R"("belief": "it-looks-twice", )", "",
       "content/07-small/lesson.json:16: /predictions/0: has 2 answers without a belief"},
      {"lesson.json", R"("kind": "order")", R"("kind": "sort")",
       "content/07-small/lesson.json:22: /exercises/0/kind: "},
      {"lesson.json", R"("kind": "do")", R"("kind": "order")",
       "content/07-small/lesson.json:26: /exercises/1: \"stations\" is missing"},
      {"lesson.json", R"("closer": {)", R"("cutaway": {)",
       "content/07-small/lesson.json:31: /cutaway: "},
      {"start.json", R"({"docker": "images"})", R"({"dockr": "images"})",
       "content/07-small/start.json:1: /do/0/dockr: "},
      {"solution.json", R"("fetch":)", R"("fetsch":)",
       "content/07-small/solution.json:3: /exercises/fetsch: is the name of no exercise"},
      {"solution.json", R"({"order": ["cache", "hub"]})", R"({"order": ["cache", "hup"]})",
       "content/07-small/solution.json:2: /exercises/order/order/1: "},
      {"solution.json", R"({"do": [{"docker": "pull x"}]})", R"({"order": []})",
       "content/07-small/solution.json:3: /exercises/fetch/order: "},
      {"wrong/run.json", R"(["alone"])", R"(["lonely"])",
       "content/07-small/wrong/run.json:1: /misses/0: "},
      {"wrong/run.json", R"(["alone"])", "[]",
       "content/07-small/wrong/run.json:1: /misses: is empty"},
      {"wrong/run.json", R"("fetch")", R"("fetsch")",
       "content/07-small/wrong/run.json:1: /exercise: "},
      {"scenario.json", R"("docker": "run x")", R"("docker": "docker run x")",
       "content/07-small/scenario.json:2: /do/0/docker: "},
      {"scenario.json", R"("id": "one-run")", R"("id": "two-runs")",
       "content/07-small/lesson.json:4: /scenario: is \"one-run\", expected \"two-runs\""},
  };
  for (const RefusedCase& each : cases) {
    const std::string error = first_error(changed(each.file, each.from, each.to));
    EXPECT_EQ(error.find(each.error), 0U) << "wanted: " << each.error << "\nfound:  " << error;
  }
}

TEST(LoadLesson, files_that_are_missing_or_too_many) {
  for (const char* name : {"lesson.json", "start.json", "solution.json", "text.en.md"}) {
    LessonFiles files = small_lesson();
    files.files.erase(name);
    EXPECT_EQ(first_error(files), std::string("content/07-small/") + name +
                                      ":1: /: is not there, expected in every lesson's folder");
  }
  LessonFiles files = small_lesson();
  files.files["notes.txt"] = "hm";
  EXPECT_EQ(first_error(files).find("content/07-small/notes.txt:1: /: belongs to no lesson"), 0U);
  files = small_lesson();
  files.folder = "content/small";
  EXPECT_EQ(first_error(files).find("content/small:1: /: has no number"), 0U);
  files = small_lesson();
  files.files["lesson.json"] = "{";
  EXPECT_EQ(first_error(files).find("content/07-small/lesson.json:1: "), 0U) << first_error(files);
}

TEST(LoadLesson, all_problems_are_found_at_once) {
  LessonFiles files = changed("lesson.json", R"("size": "beat")", R"("size": "jump")");
  files.files["wrong/run.json"] = "[]";
  files.files.erase("start.json");
  Lesson lesson;
  EXPECT_GE(read_lesson(files, lesson).size(), 3U);
}

TEST(BundledLessons, answer_to_number_id_and_folder) {
  for (const char* name : {"02-who-does-what", "who-does-what", "02", "2"}) {
    const auto lesson = load_bundled(name);
    ASSERT_TRUE(lesson.has_value()) << lesson.error().message;
    EXPECT_EQ(lesson->id, "who-does-what");
  }
  const auto unknown = load_bundled("who-dos-what");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().hint, "did you mean 'who-does-what'?");
}

}  // namespace
}  // namespace cutaway::lessons
