// Exercises of the further kinds: mend, point, answer; and one with a start of its own.
#include <gtest/gtest.h>

#include "base/json.h"
#include "lessons/judge.h"
#include "lessons/program.h"
#include "tests/unit/lessons/small_lesson.h"

namespace cutaway::lessons {
namespace {

/// The small lesson, its order made another exercise: its members, the answer, a wrong one.
LessonFiles with(const std::string& kind, const std::string& members, const std::string& right,
                 const std::string& wrong) {
  LessonFiles files = small_lesson();
  const auto replace = [&files](const std::string& file, const std::string& from,
                                const std::string& until, const std::string& to) {
    std::string& text = files.files.at(file);
    const std::size_t begin = text.find(from);
    const std::size_t end = text.find(until, begin) + until.size();
    text.replace(begin, end - begin, to);
  };
  replace("lesson.json", R"({"id": "order")", "]}",
          R"({"id": "order", "kind": ")" + kind + "\", " + members + "}");
  replace("solution.json", R"("order": {)", "}", R"("order": )" + right);
  files.files["wrong/backwards.json"] =
      R"({"cutaway_wrong": 1, "exercise": "order", "belief": "b", "misses": [")" + kind + "\"], " +
      wrong + "}";
  std::string& text = files.files.at("text.en.md");
  if (kind != "order") text.replace(text.find("goal.order"), 10, "goal." + kind);
  if (kind == "answer") replace("text.en.md", "## exercise.order.station", "The hub.\n", "");
  return files;
}

constexpr const char* kStations =
    R"("stations": [{"id": "cache", "is": {"kind": "image", "op": "lookup", "where": "cache"}},
                    {"id": "hub", "is": {"kind": "image", "op": "removed"}}])";

TEST(Point, those_that_are_meant_are_clicked) {
  EXPECT_EQ(problems_of(with("point", kStations, R"({"point": ["cache"]})", R"("point": ["hub"])")),
            "");
  EXPECT_NE(problems_of(
                with("point", kStations, R"({"point": ["cache", "hub"]})", R"("point": ["cache"])"))
                .find("is not what the run shows, which is cache"),
            std::string::npos);
  EXPECT_NE(
      problems_of(with("point", kStations, R"({"point": ["cache"]})", R"("point": ["cache"])"))
          .find("/point: is right, expected a wrong answer"),
      std::string::npos);
}

TEST(Point, there_is_something_to_leave_alone) {
  const std::string all =
      R"("stations": [{"id": "cache", "is": {"kind": "image", "op": "lookup"}},
                      {"id": "hub", "is": {"kind": "image", "op": "tagged"}}])";
  EXPECT_NE(problems_of(with("point", all, R"({"point": ["cache", "hub"]})", R"("point": ["hub"])"))
                .find("means all of the stations or none"),
            std::string::npos);
}

TEST(AnswerExercise, the_value_of_the_run) {
  const char* members = R"("path": "/containers/ann/name")";
  EXPECT_EQ(problems_of(with("answer", members, R"({"answer": " ann "})", R"("answer": "bob")")),
            "");
  EXPECT_NE(problems_of(with("answer", members, R"({"answer": "bob"})", R"("answer": "cid")"))
                .find("is not what the run shows, which is ann"),
            std::string::npos);
  EXPECT_NE(
      problems_of(with("answer", R"("path": "/nowhere")", R"({"answer": "x"})", R"("answer": "y")"))
          .find("which is nothing at all"),
      std::string::npos);
}

TEST(Write, a_program_has_one_gap_and_calls_that_can_be_read) {
  const auto given = [](const std::string& program) {
    return problems_of(changed("lesson.json", R"("kind": "do",)",
                               R"("kind": "write", "given": )" + program + ","));
  };
  EXPECT_NE(given(R"([{"call": "getpid"}])").find("expected one \"yours\""), std::string::npos);
  EXPECT_NE(given(R"(["yours", {"call": "fork", "child": ["yours"]}])").find("expected one"),
            std::string::npos);
  EXPECT_NE(given(R"(["yours", {"call": "chdirr"}])").find("/exercises/1/given: "),
            std::string::npos);
  EXPECT_NE(given(R"(["yours"])").find("/exercises/fetch"), std::string::npos)
      << "its solution has no \"write\"";
}

TEST(Write, calls_go_into_the_gap_and_get_their_answers) {
  const auto program = parse_json(R"([{"call":"mkdir","pathname":"/a","mode":"0755"},
      {"call":"fork","child":[{"barrier":"b"},"yours",{"call":"getpid"}]}])");
  Exercise exercise;
  exercise.kind = ExerciseKind::Write;
  exercise.program = *program;
  const auto item = completed(exercise, {"chdir(\"/a\")", "getppid()"});
  ASSERT_TRUE(item) << item.error().message;
  const auto& steps = std::get<spec::LitmusItem>(item->body).program;
  ASSERT_EQ(steps.at(1).child.size(), 4U);
  EXPECT_EQ(steps[1].child[1].name, "chdir");
  EXPECT_EQ(steps[1].child[2].name, "getppid");
  EXPECT_FALSE(completed(exercise, {"chdir(\"/a\""}));
  EXPECT_NE(completed(exercise, {"close($nothing)"}).error().message.find("nothing"),
            std::string::npos);
  std::string text;
  for (const ProgramLine& line : program_lines(exercise, {"chdir(\"/a\")"}, Trace(TraceHeader())))
    text += std::string(2 * line.depth, ' ') + (line.yours ? ">" : "") + line.call + "\n";
  EXPECT_EQ(text,
            "mkdir(\"/a\", 0755)\nfork()\n  barrier \"b\"\n  >chdir(\"/a\")\n  >\n  getpid()\n");
}

TEST(Mend, what_is_given_fails) {
  LessonFiles files =
      changed("lesson.json", R"("kind": "do",)", R"("kind": "mend", "given": "images",)");
  EXPECT_EQ(problems_of(files), "");
  files = changed("lesson.json", R"("kind": "do",)", R"("kind": "mend", "given": "pull x",)");
  EXPECT_NE(problems_of(files).find("/exercises/1/given: meets the goals of \"fetch\" already"),
            std::string::npos)
      << problems_of(files);
  files = changed("lesson.json", R"("kind": "do",)", R"("kind": "mend",)");
  EXPECT_NE(problems_of(files).find("\"given\" is missing"), std::string::npos);
}

TEST(ExerciseStart, is_done_before_the_learner_begins) {
  const LessonFiles files = changed("lesson.json", R"("kind": "do",)",
                                    R"("kind": "do", "start": [{"docker": "pull x"}],)");
  EXPECT_NE(problems_of(files).find("meets the goals of \"fetch\" already"), std::string::npos);
}

}  // namespace
}  // namespace cutaway::lessons
