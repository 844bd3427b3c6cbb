// Every bundled list of claims: each is proved by the run that it names, on every verdict, and the
// lessons say the same of them.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "lessons/lesson.h"
#include "scenarios/claims.h"
#include "tests/unit/scenarios/simulated.h"

namespace cutaway::scenarios {
namespace {

std::vector<Claim> all_claims() {
  std::vector<Claim> all;
  for (const BundledClaims& each : bundled_claims()) {
    const auto document = JsonDocument::parse(each.path, each.text);
    EXPECT_TRUE(document);
    std::vector<Error> problems;
    if (document) all = load_claims(*document, problems);
    for (const Error& problem : problems) ADD_FAILURE() << problem.message;
  }
  return all;
}

TEST(BundledClaims, EachIsProvedByItsRun) {
  ASSERT_FALSE(bundled_claims().empty());
  for (const BundledClaims& each : bundled_claims()) {
    const auto document = JsonDocument::parse(each.path, each.text);
    ASSERT_TRUE(document);
    const ClaimsReport report = check_claims(*document, [](const spec::Scenario& scenario) {
      return Result<std::unique_ptr<Side>>(simulated(scenario));
    });
    for (const Error& problem : report.problems) ADD_FAILURE() << problem.message;
    for (const std::size_t count : report.counts) EXPECT_GT(count, 0U);
  }
}

TEST(BundledClaims, EachIsSaidInASentence) {
  for (const Claim& claim : all_claims()) {
    EXPECT_FALSE(claim.says.empty()) << claim.pointer;
    ASSERT_FALSE(claim.exactly.empty()) << claim.pointer;
    EXPECT_EQ(claim.exactly.back(), '.') << claim.exactly;
  }
}

TEST(BundledClaims, LessonsJudgeThemAlike) {
  std::map<std::int64_t, ClaimVerdict> verdicts;
  for (const Claim& claim : all_claims()) verdicts[claim.number] = claim.verdict;
  std::set<std::int64_t> told;
  for (const lessons::LessonFiles& files : lessons::bundled_lessons()) {
    const auto lesson = lessons::load_lesson(files);
    ASSERT_TRUE(lesson) << lesson.error().message;
    for (const lessons::Claim& claim : lesson->claims) {
      const auto known = verdicts.find(claim.number);
      if (known == verdicts.end()) continue;
      told.insert(claim.number);
      EXPECT_EQ(static_cast<int>(claim.judgement), static_cast<int>(known->second))
          << files.folder << ", claim " << claim.number;
    }
  }
  for (const auto& [number, verdict] : verdicts)
    EXPECT_EQ(told.count(number), 1U) << "claim " << number << " is in no lesson";
}

}  // namespace
}  // namespace cutaway::scenarios
