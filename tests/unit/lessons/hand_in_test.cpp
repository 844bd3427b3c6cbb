// What is handed in, and the marks for it: nothing counts but what the replay shows.
#include "lessons/hand_in.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/lessons/small_lesson.h"

namespace cutaway::lessons {
namespace {

Result<Lesson> find(std::string_view id) {
  if (id != "small") return fail(ErrorCode::Usage, "there is no lesson '" + std::string(id) + "'");
  return load_lesson(small_lesson());
}

std::string document(const std::string& predictions, const std::string& exercises,
                     const std::string& learner = "ann") {
  return R"({"cutaway_hand_in": 1, "lesson": "small", "learner": ")" + learner + R"(", "seed": )" +
         decimal(static_cast<std::int64_t>(seed_of(learner))) + R"(, "predictions": )" +
         predictions + R"(, "exercises": )" + exercises + "}";
}

HandIn read(const std::string& text) {
  auto hand_in = read_hand_in("ann.json", text, find);
  EXPECT_TRUE(hand_in.has_value()) << hand_in.error().message;
  return hand_in ? *hand_in : HandIn();
}

Marks marks_of(const std::string& text) {
  const auto lesson = find("small");
  auto marks = mark(read(text), *lesson, small_side());
  EXPECT_TRUE(marks.has_value()) << marks.error().message;
  return marks ? *marks : Marks();
}

std::string reasons(const Marks& marks) {
  std::string all;
  for (const Mark& each : marks.marks) all += each.what + ": " + join(each.reasons, ", ") + "\n";
  return all;
}

constexpr const char* kRight =
    R"({"order": {"order": ["cache", "hub"]}, "fetch": {"do": [{"docker": "pull x"}]}})";

TEST(HandIn, all_right_gets_all_points) {
  const Marks marks = marks_of(document(R"({"where": "hub"})", kRight));
  EXPECT_EQ(marks.points, 4) << reasons(marks);
  EXPECT_EQ(marks.of, 4);
}

TEST(HandIn, partial_marks_have_reasons) {
  const Marks marks = marks_of(document(
      R"({"where": "again"})",
      R"({"order": {"order": ["hub", "cache"]}, "fetch": {"do": [{"docker": "run x"}]}})"));
  EXPECT_EQ(marks.points, 1) << reasons(marks);
  EXPECT_EQ(reasons(marks),
            "prediction where: It has looked there.\nexercise order: Not this one.\n"
            "exercise fetch: There is a container.\n");
}

TEST(HandIn, nothing_done_gets_nothing) {
  const Marks marks = marks_of(document("{}", "{}"));
  EXPECT_EQ(marks.points, 0);
  EXPECT_EQ(marks.of, 4);
  EXPECT_NE(reasons(marks).find("exercise fetch: not done"), std::string::npos);
}

TEST(HandIn, what_holds_from_the_start_is_worth_nothing_alone) {
  const Marks marks = marks_of(document("{}", R"({"fetch": {"do": [{"docker": "images"}]}})"));
  EXPECT_EQ(marks.points, 0) << "no container was made, but nothing else was done either";
}

TEST(HandIn, what_is_forbidden_was_not_typed) {
  const Marks marks = marks_of(
      document("{}", R"({"fetch": {"do": [{"docker": "run -d x"}, {"docker": "pull x"}]}})"));
  EXPECT_EQ(marks.points, 2) << reasons(marks);
  EXPECT_NE(reasons(marks).find("/exercises/fetch/do/0: Not in the background."),
            std::string::npos);
}

TEST(HandIn, the_hub_is_not_the_learners) {
  const Marks marks =
      marks_of(document("{}", R"({"fetch": {"do": [{"faults": []}, {"docker": "pull x"}]}})"));
  EXPECT_NE(reasons(marks).find("/exercises/fetch/do/0: nothing that a learner does"),
            std::string::npos);
}

TEST(HandIn, another_learners_seed_is_noticed) {
  std::string text = document(R"({"where": "hub"})", kRight);
  text.replace(text.find("ann"), 3, "bob");
  EXPECT_NE(reasons(marks_of(text)).find("the seed is not this learner's"), std::string::npos);
}

TEST(HandIn, equal_logs_of_two_learners_are_reported) {
  HandIn ann = read(document("{}", kRight));
  HandIn bob = read(document("{}", kRight, "bob"));
  ann.file = "ann.json";
  bob.file = "bob.json";
  EXPECT_EQ(equal_logs({ann, bob}), (std::vector<std::string>{"ann.json = bob.json"}));
  EXPECT_TRUE(equal_logs({ann, ann}).empty()) << "one learner may hand in twice";
}

TEST(HandIn, errors_name_file_line_and_pointer) {
  const struct {
    std::string text, error;
  } cases[] = {
      {document("{}", R"({"fetsch": {"do": []}})"),
       "ann.json:1: /exercises/fetsch: is the name of no exercise"},
      {document("{}", R"({"order": {"order": ["hup"]}})"), "/exercises/order/order/0: "},
      {document(R"({"where": 1})", "{}"), "/predictions/where: is 1, expected the id of an option"},
      {document("{}", "[]"), "/exercises: "},
      {R"({"cutaway_hand_in": 1, "lesson": "big", "seed": 1})", "there is no lesson 'big'"},
      {R"({"cutaway_hand_in": 1, "lesson": "small"})", "\"seed\" is missing"},
      {"{", "ann.json:1: not JSON"},
  };
  for (const auto& each : cases) {
    const auto hand_in = read_hand_in("ann.json", each.text, find);
    ASSERT_FALSE(hand_in.has_value()) << each.text;
    EXPECT_NE(hand_in.error().message.find(each.error), std::string::npos)
        << hand_in.error().message;
  }
}

}  // namespace
}  // namespace cutaway::lessons
