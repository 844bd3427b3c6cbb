// A lesson as it is played: its pages, what is chosen and done, and what is kept of that.
#include "lessons/play.h"

#include <gtest/gtest.h>

#include "lessons/catalogue.h"
#include "lessons/hand_in.h"
#include "scenarios/runner.h"
#include "tests/unit/lessons/small_lesson.h"

namespace cutaway::lessons {
namespace {

std::shared_ptr<const Lesson> lesson() {
  static const auto read = load_lesson(small_lesson());
  return std::make_shared<const Lesson>(*read);
}

Play play_of(const std::string& learner = "ann") { return Play(lesson(), {learner, "en"}); }

std::string keys_of(const Play& play) {
  std::string keys;
  for (const Page& page : play.pages()) keys += play.key(page) + "\n";
  return keys;
}

Answer order_of(const std::vector<std::string>& picked) {
  Answer answer;
  answer.exercise = "order";
  answer.picked = picked;
  return answer;
}

/// Shows the run of the small lesson.
void show(Play& play) {
  const auto scenario = play.scenario();
  const auto side = small_side()(*scenario);
  ASSERT_TRUE(scenarios::run_scenario(**side, *scenario));
  auto run = std::make_shared<Trace>((*side)->trace().header);
  for (std::size_t n = 0; n < (*side)->trace().size(); ++n) run->append((*side)->trace().event(n));
  play.show(run);
}

TEST(Play, AQuestionComesBeforeItsStepAndTheVerdictsBeforeTheExercises) {
  EXPECT_EQ(
      keys_of(play_of()),
      "goal\nstep.look\npredict.where\nstep.ask\nstep.made\n\nexercise.order\nexercise.fetch\n"
      "closer\n");
}

TEST(Play, PagesAreTurnedOneByOneAndEndSomewhere) {
  Play play = play_of();
  EXPECT_FALSE(play.back());
  std::size_t pages = 1;
  while (play.next()) ++pages;
  EXPECT_EQ(pages, play.pages().size());
  EXPECT_TRUE(play.back());
  play.turn_to(1000);
  EXPECT_EQ(play.number() + 1, pages);
}

TEST(Play, TheRunStandsWhereThePageIsAbout) {
  Play play = play_of();
  show(play);
  const std::vector<Page>& pages = play.pages();
  EXPECT_EQ(play.position(pages[0]), 0U);
  EXPECT_GT(play.position(pages[1]), 0U);
  EXPECT_EQ(play.position(pages[2]), play.position(pages[1])) << "nothing that would answer it";
  EXPECT_LT(play.position(pages[2]), play.position(pages[3]));
  EXPECT_EQ(play.position(pages[5]), play.run().size());
  EXPECT_EQ(play.stage(pages[4]).size, "step");
  EXPECT_EQ(play.stage(pages[3]).size, "beat");
}

TEST(Play, WhatIsChosenFirstCounts) {
  Play play = play_of();
  const Prediction& prediction = play.lesson().predictions[0];
  EXPECT_EQ(play.chosen(prediction), nullptr);
  EXPECT_FALSE(play.predict(prediction, "again"));
  EXPECT_TRUE(play.predict(prediction, "hub"));
  ASSERT_NE(play.chosen(prediction), nullptr);
  EXPECT_EQ(play.chosen(prediction)->id, "again");
}

TEST(Play, WhatWasRightOnceStaysSo) {
  Play play = play_of();
  show(play);
  const Exercise& exercise = play.lesson().exercises[0];
  EXPECT_FALSE(play.give(exercise, order_of({"hub", "cache"})));
  EXPECT_FALSE(play.is_done(exercise));
  EXPECT_TRUE(play.give(exercise, order_of({"cache", "hub"})));
  EXPECT_TRUE(play.is_done(exercise));
  EXPECT_FALSE(play.give(exercise, order_of({"hub"})));
  EXPECT_EQ(play.record().exercises["order"]["order"], (Json{"cache", "hub"}));
}

TEST(Play, WhatIsDoneIsDoneWhenNoGoalIsLeft) {
  Play play = play_of();
  const Exercise& exercise = play.lesson().exercises[1];
  play.did(exercise, Json::array({Json{{"docker", "run x"}}}), {"alone"});
  EXPECT_FALSE(play.is_done(exercise));
  play.did(exercise, Json::array({Json{{"docker", "pull x"}}}), {});
  EXPECT_TRUE(play.is_done(exercise));
}

TEST(Play, EachLearnerHasAnOrderAndASeedOfHisOwn) {
  EXPECT_NE(play_of("ann").record().seed, play_of("ben").record().seed);
  EXPECT_EQ(play_of("ann").shuffled(7, "a"), play_of("ann").shuffled(7, "a"));
  EXPECT_NE(play_of("ann").shuffled(7, "a"), play_of("ben").shuffled(7, "a"));
}

TEST(Play, ProgressIsKeptAndGoneOnWith) {
  Play play = play_of();
  play.predict(play.lesson().predictions[0], "hub");
  play.did(play.lesson().exercises[1], Json::array({Json{{"docker", "pull x"}}}), {});
  play.turn_to(3);
  const auto kept = read_record("kept.json", play.record().text());
  ASSERT_TRUE(kept) << kept.error().message;
  Play again = play_of();
  again.recall(*kept);
  EXPECT_EQ(again.record().text(), play.record().text());
  Play other = play_of("ben");
  other.recall(*kept);
  EXPECT_EQ(other.number(), 0U) << "somebody else's";
  const auto find = [](std::string_view) { return load_lesson(small_lesson()); };
  EXPECT_TRUE(read_hand_in("kept.json", play.record().text(), find)) << "the marker reads it, too";
}

TEST(Play, ADamagedRecordIsAnErrorAndAStrangeOneIsReadAsFarAsItGoes) {
  EXPECT_FALSE(read_record("x.json", "{"));
  EXPECT_FALSE(read_record("x.json", "[]"));
  const auto strange =
      read_record("x.json", R"({"lesson":"small","page":"two","done":[1,"order"]})");
  ASSERT_TRUE(strange);
  EXPECT_EQ(strange->page, 0U);
  EXPECT_EQ(strange->done, std::set<std::string>{"order"});
}

TEST(Catalogue, EveryBundledLessonIsInAPartAndCountsWhatIsDone) {
  const std::vector<CatalogueRow> rows = catalogue("de");
  ASSERT_EQ(rows.size(), bundled_lessons().size());
  for (const CatalogueRow& row : rows) {
    const auto whole = load_bundled(row.id);
    ASSERT_TRUE(whole) << row.id;
    EXPECT_EQ(row.number, whole->number);
    EXPECT_EQ(row.title, whole->texts.at("de").title);
    EXPECT_LE(parts()[row.part].from, row.number);
    EXPECT_EQ(row.exercises.size(), whole->exercises.size());
    EXPECT_EQ(row.predictions.size(), whole->predictions.size());
  }
  Record record;
  record.predictions[rows[1].predictions[0]] = "server";
  record.done.insert(rows[1].exercises[0]);
  EXPECT_EQ(done_of(rows[1], record).done, 2U);
  EXPECT_FALSE(done_of(rows[1], record).all());
  record.done.insert(rows[1].exercises[1]);
  EXPECT_TRUE(done_of(rows[1], record).all());
}

}  // namespace
}  // namespace cutaway::lessons
