#include "base/json_value.h"

#include <gtest/gtest.h>

namespace cutaway {
namespace {

constexpr const char* kText = R"({
  "title": "x",
  "do": [
    {"docker": "run"},
    {"wait":
       "5s"}
  ]
})";

TEST(JsonDocument, KnowsOnWhichLineEachValueStands) {
  const auto document = JsonDocument::parse("a.json", kText);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->line_of("/title"), 2);
  EXPECT_EQ(document->line_of("/do"), 3);
  EXPECT_EQ(document->line_of("/do/0/docker"), 4);
  EXPECT_EQ(document->line_of("/do/1/wait"), 5);
  EXPECT_EQ(document->line_of("/do/1/nothing/here"), 5) << "that of the nearest ancestor";
  EXPECT_EQ(document->error("/do/0/docker", "expected more").message,
            "a.json:4: /do/0/docker: expected more");
  EXPECT_EQ(document->value()["do"].size(), 2U);
}

TEST(JsonDocument, ErrorsNameFileAndLine) {
  const auto broken = JsonDocument::parse("b.json", "{\n\"a\": 1,\n}");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::Usage);
  EXPECT_EQ(broken.error().message.substr(0, 20), "b.json:3: not JSON: ");
  const auto twice = JsonDocument::parse("c.json", "{\"a\": 1,\n \"a\": 2}");
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("\"a\" stands here twice"), std::string::npos);
}

TEST(Json, PointerJoinEscapes) { EXPECT_EQ(pointer_join("/a", "b/c~d"), "/a/b~1c~0d"); }

TEST(Json, ParseSaysNoWithoutThrowing) {
  EXPECT_TRUE(parse_json("[1,2]"));
  EXPECT_FALSE(parse_json("[1,2"));
  EXPECT_FALSE(parse_json(""));
}

}  // namespace
}  // namespace cutaway
