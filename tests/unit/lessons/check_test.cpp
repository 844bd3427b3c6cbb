// The linter: a right lesson passes, and each thing that could be wrong in one is found.
#include "lessons/check.h"

#include <gtest/gtest.h>

#include "lessons/judge.h"
#include "tests/unit/lessons/small_lesson.h"

namespace cutaway::lessons {
namespace {

TEST(CheckLesson, a_right_one_passes_and_everything_was_looked_at) {
  const CheckReport report = check_lesson(small_lesson(), small_side());
  EXPECT_EQ(problems_of(small_lesson()), "");
  EXPECT_EQ(report.steps, 3U);
  EXPECT_EQ(report.claims, 1U);
  EXPECT_EQ(report.predictions, 1U);
  EXPECT_EQ(report.exercises, 2U);
  EXPECT_EQ(report.wrong_answers, 2U);
  EXPECT_EQ(report.commands, 2U) << "one that the shown run has not typed, on two seeds";
  EXPECT_EQ(report.runs, 10U) << "shown, start, solution, wrong, text: on two seeds";
}

struct Case {
  const char *file, *from, *to, *problem;
};

void expect_found(const Case& each) {
  const std::string problems = problems_of(changed(each.file, each.from, each.to));
  EXPECT_NE(problems.find(each.problem), std::string::npos)
      << "wanted: " << each.problem << "\nfound:  " << problems;
}

TEST(CheckLesson, what_the_run_does_not_show) {
  const Case cases[] = {
      {"lesson.json", R"("at": {"kind": "image", "op": "lookup"}})",
       R"("at": {"kind": "image", "op": "removed"}})",
       "content/07-small/lesson.json:9: /steps/1/at: does not come in the run"},
      {"lesson.json", R"("at": {"kind": "image", "op": "lookup"}})",
       R"("at": {"now": {"path": "/engine/last_hit", "is": false}}})",
       "lesson.json:9: /steps/1/at: is the same moment as the step before it"},
      {"lesson.json", R"("where": "hub"}, "is": 1})", R"("where": "hub"}, "is": 2})",
       "lesson.json:13: /claims/0/proof: is not what the run shows: 1 event matches"},
      {"lesson.json", R"("is": 2}})", R"("is": 1}})",
       "lesson.json:16: /predictions/0: has 2 answers that are true on the run (hub, again)"},
      {"lesson.json", R"({"id": "hub", "when": {"kind": "image", "op": "lookup", "where": "hub"}})",
       R"({"id": "hub", "when": {"kind": "image", "op": "removed"}})",
       "/predictions/0: has 0 answers that are true"},
      {"lesson.json", R"("closer": {"kind": "image", "op": "tagged"})",
       R"("closer": {"kind": "image", "op": "removed"})",
       "lesson.json:31: /closer: does not come in the run"},
      {"lesson.json",
       R"({"id": "hub", "works": {"kind": "image", "op": "lookup", "where": "hub"}})",
       R"({"id": "hub", "works": {"kind": "image", "op": "removed"}})",
       "lesson.json:24: /exercises/0/stations/1: never works in the run"},
      {"scenario.json", R"("exit": 0)", R"("exit": 3)",
       "lesson.json:4: /scenario: expects in vain: /expect/0: exit status is 0"},
      {"scenario.json", R"({"docker": "run x", "as": "r1"})",
       R"({"docker": "run x", "as": "r1"}, {"undo": 1})",
       "lesson.json:4: /scenario: does not run: /do/1: undo"},
  };
  for (const Case& each : cases) expect_found(each);
}

TEST(CheckLesson, answers_that_are_not_what_they_should_be) {
  const Case cases[] = {
      {"start.json", R"({"docker": "images"})", R"({"docker": "pull x"})",
       "start.json:1: /do: meets the goals of \"fetch\" already"},
      {"solution.json", R"("pull x")", R"("run x")",
       "solution.json:3: /exercises/fetch: does not meet alone"},
      {"solution.json", R"("pull x")", R"("run -d x")",
       "solution.json:3: /exercises/fetch/do/0: is a command that the exercise forbids"},
      {"solution.json", R"({"docker": "pull x"})", R"({"undo": 1})",
       "solution.json:3: /exercises/fetch: does not run: "},
      {"solution.json", R"(["cache", "hub"])", R"(["hub", "cache"])",
       "solution.json:2: /exercises/order: is not what the run shows, which is cache, hub"},
      {"wrong/backwards.json", R"(["hub", "cache"])", R"(["cache", "hub"])",
       "wrong/backwards.json:1: /order: is right"},
      {"wrong/run.json", R"("run x")", R"("pull x")",
       "wrong/run.json:1: /misses: names \"alone\", which this answer meets"},
  };
  for (const Case& each : cases) expect_found(each);
}

TEST(CheckLesson, words) {
  const Case cases[] = {
      {"text.en.md", "## step.ask", "## step.aks",
       "text.en.md:1: step.ask: has no words, expected a section \"## step.ask\""},
      {"text.en.md", "## step.ask", "## step.aks",
       "text.en.md:9: step.aks: belongs to nothing in lesson.json, did you mean \"step.ask\"?"},
      {"text.en.md", "Then it asks the hub.", "One. Two. Three. Four.",
       "text.en.md:9: step.ask: has 4 sentences, expected at most 3"},
      {"text.en.md", "Then it asks the hub.", "It is just asked.",
       "text.en.md:9: step.ask: says \"just\""},
      {"text.en.md", "Then it asks the hub.", "A **hub** and a **tag**.",
       "text.en.md:9: step.ask: has 2 new words, expected at most 1"},
      {"text.en.md", "Then it asks the hub.", "Not the **cache**.",
       "text.en.md:9: step.ask: introduces \"cache\" a second time"},
      {"text.en.md", "Then it asks the hub.", "The `hub is asked.",
       "text.en.md:9: step.ask: leaves a ` open"},
      {"text.en.md", "Roughly. It is asked when the image is not here.", "",
       "text.en.md:15: claim.once: has 1 paragraphs, expected 2"},
  };
  for (const Case& each : cases) expect_found(each);
  std::string long_card = "Words";
  for (int i = 0; i < 60; ++i) long_card += " more";
  expect_found({"text.en.md", "The image stands in the cache.", long_card.c_str(),
                "closer: has 61 words, expected at most 60"});
}

TEST(CheckLesson, every_language_is_checked) {
  LessonFiles files = small_lesson();
  files.files["text.de.md"] = "# Eine kleine Lektion\n\n## goal\nZwei Orte.\n";
  EXPECT_NE(problems_of(files).find("text.de.md:1: step.look: has no words"), std::string::npos);
}

TEST(CheckLesson, commands_of_the_text_work_or_fail_as_said) {
  LessonFiles files = changed("text.en.md", "`docker pull x`", "`docker run`");
  EXPECT_NE(problems_of(files).find("`docker run` ends with status 1, expected 0 (\"statuses\" in "
                                    "lesson.json): docker run requires"),
            std::string::npos)
      << problems_of(files);
  std::string& lesson = files.files["lesson.json"];
  lesson.replace(lesson.find("\"closer\""), 0, "\"statuses\": {\"docker run\": 1},\n  ");
  EXPECT_EQ(problems_of(files), "");
}

TEST(CheckLesson, a_side_that_cannot_be_made_is_a_problem) {
  const CheckReport report =
      check_lesson(small_lesson(), [](const spec::Scenario&) -> Result<std::unique_ptr<Side>> {
        return fail(ErrorCode::NotYet, "that machine");
      });
  ASSERT_FALSE(report.ok());
  EXPECT_NE(report.problems[0].message.find("does not run: that machine"), std::string::npos);
}

TEST(Judge, forbidden_is_the_beginning_of_a_line) {
  Exercise exercise;
  exercise.forbid = {"run -d", "system prune"};
  EXPECT_TRUE(is_forbidden(exercise, {"run", "-d", "x"}));
  EXPECT_TRUE(is_forbidden(exercise, {"system", "prune"}));
  EXPECT_FALSE(is_forbidden(exercise, {"run", "x"}));
  EXPECT_FALSE(is_forbidden(exercise, {"run"}));
}

}  // namespace
}  // namespace cutaway::lessons
