// What a scenario expects of a command, and its sentence when it is not so.
#include "spec/expect.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/spec/small_timeline.h"

namespace cutaway::spec {
namespace {

using test::small;

struct ExpectCase {
  const char* text;
  const char* why;  ///< empty: holds
};

CommandState command_state() {
  CommandState state;
  state.name = "r1";
  state.line = "run busybox echo hi";
  state.done = true;
  state.exit = 7;
  state.stdout_text = "hi\n";
  state.stderr_text = "Unable to find image";
  state.t0 = 1'000'000'000;
  state.t1 = 2'500'000'000;
  return state;
}

std::string why(const Expect& expect, const CommandState* state) {
  JsonTimeline timeline = small();
  const Verdict verdict = judge_expect(expect, state, timeline);
  EXPECT_EQ(verdict.holds, verdict.why.empty());
  return verdict.why;
}

Expect expect_of(const std::string& text) {
  const std::string whole =
      R"({"cutaway_scenario":1,"id":"x","title":"t","do":[{"docker":"ps","as":"r1"}],"expect":[)" +
      text + "]}";
  const auto scenario = load_scenario(*JsonDocument::parse("x", whole));
  EXPECT_TRUE(scenario.has_value()) << text;
  return scenario->expect.at(0);
}

TEST(ExpectTest, OfACommand) {
  const ExpectCase cases[] = {
      {R"({"of":"r1","exit":7})", ""},
      {R"({"of":"r1","exit":[0,7]})", ""},
      {R"({"of":"r1","exit":0})", "exit status is 7, expected 0"},
      {R"({"of":"r1","exit":[1,2]})", "exit status is 7, expected 1 or 2"},
      {R"({"of":"r1","stdout":"hi\n","stderr_has":"Unable","stderr_not":"Error"})", ""},
      {R"({"of":"r1","stdout":"ho\n"})", "stdout is \"hi\\n\", expected \"ho\\n\""},
      {R"({"of":"r1","stdout_has":["h","x"]})", "stdout is \"hi\\n\", expected it to hold \"x\""},
      {R"({"of":"r1","stderr_not":["find"]})",
       "stderr is \"Unable to find image\", expected it not to hold \"find\""},
      {R"({"of":"r1","stderr":""})", "stderr is \"Unable to find image\", expected \"\""},
      {R"({"of":"r1","took":{"gt":"1s","lt":"2s"}})", ""},
      {R"({"of":"r1","took":{"lt":"1.5s"}})", "took 1.500s, expected less than 1.500s"},
      {R"({"of":"r1","took":{"gt":"1m"}})", "took 1.500s, expected more than 60.000s"},
  };
  const CommandState state = command_state();
  for (const ExpectCase& c : cases) EXPECT_EQ(why(expect_of(c.text), &state), c.why) << c.text;
}

TEST(ExpectTest, NeverReachedOrNotEnded) {
  EXPECT_EQ(why(expect_of(R"({"of":"r1","exit":0})"), nullptr), "never reached");
  CommandState state = command_state();
  state.done = false;
  EXPECT_EQ(why(expect_of(R"({"of":"r1","exit":7})"), &state),
            "\"run busybox echo hi\" has not ended");
  EXPECT_EQ(why(expect_of(R"({"of":"r1","stdout_has":"hi"})"), &state), "")
      << "output can be judged while it runs";
}

TEST(ExpectTest, OfTheWorld) {
  EXPECT_EQ(why(expect_of(R"({"now":{"path":"/machine/cpus","is":2}})"), nullptr), "");
  EXPECT_EQ(why(expect_of(R"({"now":{"path":"/machine/cpus","is":3}})"), nullptr),
            "/machine/cpus is 2, expected 3");
}

TEST(ExpectTest, LongOutputIsCut) {
  CommandState state = command_state();
  state.stdout_text = std::string(500, 'x');
  const std::string text = why(expect_of(R"({"of":"r1","stdout":"x"})"), &state);
  EXPECT_NE(text.find("… (500 bytes), expected \"x\""), std::string::npos);
  EXPECT_LT(text.size(), 200U);
}

}  // namespace
}  // namespace cutaway::spec
