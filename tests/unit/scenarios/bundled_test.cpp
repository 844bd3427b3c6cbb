#include "scenarios/bundled.h"

#include <gtest/gtest.h>

#include <set>

namespace cutaway::scenarios {
namespace {

TEST(Bundled, every_document_is_good_and_bears_the_name_of_its_file) {
  std::set<std::string> ids;
  for (const BundledScenario& each : bundled_scenarios()) {
    const auto scenario = load_bundled(each.id);
    ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
    EXPECT_EQ(scenario->id, each.id) << each.path;
    EXPECT_EQ(scenario->title, each.title);
    EXPECT_FALSE(each.topic.empty()) << each.path << " lies in no topic's folder";
    EXPECT_TRUE(ids.insert(each.id).second) << "two scenarios are called " << each.id;
    EXPECT_FALSE(scenario->expect.empty()) << each.id << " expects nothing";
  }
  EXPECT_GE(ids.size(), 6U);
}

TEST(Bundled, the_two_of_the_first_pictures_are_there) {
  for (const char* id : {"run-echo", "hello-first"}) {
    const auto scenario = load_bundled(id);
    ASSERT_TRUE(scenario.has_value());
    EXPECT_EQ(scenario->machine.memory, std::int64_t{8} << 30);
    EXPECT_EQ(scenario->items.size(), 1U);
  }
}

TEST(Bundled, an_unknown_id_is_one_clear_error) {
  const auto unknown = load_bundled("run-ecko");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, ErrorCode::Usage);
  EXPECT_EQ(unknown.error().message, "there is no scenario 'run-ecko'");
  EXPECT_EQ(unknown.error().hint, "did you mean 'run-echo'?");
  EXPECT_EQ(find_bundled("run-ecko"), nullptr);
}

}  // namespace
}  // namespace cutaway::scenarios
