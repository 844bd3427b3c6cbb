// The runner against a side that does what the test says.
#include "scenarios/runner.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/scenarios/fake_side.h"

namespace cutaway::scenarios {
namespace {

spec::Scenario scenario(const std::string& items, const std::string& expect = "[]",
                        const std::string& sides = R"(["sim"])") {
  const std::string text = R"({"cutaway_scenario":1,"id":"x","title":"x","sides":)" + sides +
                           R"(,"do":)" + items + R"(,"expect":)" + expect + "}";
  auto document = JsonDocument::parse("x.json", text);
  EXPECT_TRUE(document.has_value()) << document.error().message;
  auto loaded = spec::load_scenario(*document);
  EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
  return *loaded;
}

void says_hello(FakeSide& side, CommandState& command) {
  side.happen(ImageLookedUp{"busybox:latest", "cache", true});
  command.stdout_text = "hello\n";
  command.exit = 3;
}

TEST(Runner, items_are_done_in_order_and_judged) {
  FakeSide side;
  side.plays["run busybox"] = says_hello;
  const auto report = run_scenario(
      side, scenario(R"([{"docker":"run busybox","as":"r1","stdin":"in"},{"host":"ps -ef"}])",
                     R"([{"of":"r1","exit":3,"stdout":"hello\n"},
          {"count":{"kind":"image","op":"lookup","hit":true},"is":1},
          {"of":"r1","exit":0},
          {"count":{"kind":"image","op":"lookup","hit":false},"gt":0}])"));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_EQ(side.submitted.size(), 2U);
  EXPECT_EQ(side.submitted[0].kind, SideCommand::Kind::Docker);
  EXPECT_EQ(side.submitted[0].words, (std::vector<std::string>{"run", "busybox"}));
  EXPECT_EQ(side.submitted[0].stdin_text, "in");
  EXPECT_EQ(side.submitted[1].kind, SideCommand::Kind::Host);
  EXPECT_EQ(side.submitted[1].line, "ps -ef");
  ASSERT_EQ(report->commands.size(), 2U);
  EXPECT_EQ(report->commands[0].name, "r1");
  EXPECT_EQ(report->commands[0].exit, 3);
  EXPECT_EQ(report->held, 2);
  ASSERT_EQ(report->failed.size(), 2U);
  EXPECT_EQ(report->failed[0].pointer, "/expect/2");
  EXPECT_NE(report->failed[0].text.find("exit status is 3"), std::string::npos)
      << report->failed[0].text;
  EXPECT_EQ(report->failed[1].pointer, "/expect/3");
}

TEST(Runner, an_expect_item_is_judged_where_it_stands) {
  FakeSide side;
  side.plays["one"] = says_hello;
  side.plays["two"] = says_hello;
  const auto report =
      run_scenario(side, scenario(R"([{"docker":"one"},
      {"expect":[{"count":{"kind":"image","op":"lookup"},"is":1},{"count":{"kind":"image","op":"lookup"},"is":2}]},
      {"docker":"two"}])",
                                  R"([{"count":{"kind":"image","op":"lookup"},"is":2}])"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->held, 2);
  ASSERT_EQ(report->failed.size(), 1U);
  EXPECT_EQ(report->failed[0].pointer, "/do/1/expect/1");
}

TEST(Runner, what_comes_after_a_command_that_never_ends_is_never_reached) {
  FakeSide side;
  const auto report =
      run_scenario(side, scenario(R"([{"docker":"forever","as":"r1"},{"docker":"ps","as":"r2"},
      {"expect":[{"of":"r2","exit":0}]}])",
                                  R"([{"of":"r2","exit":0}])"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(side.submitted.size(), 1U) << "ps is not typed any more";
  ASSERT_EQ(report->failed.size(), 3U);
  EXPECT_EQ(report->failed[0].pointer, "/do/0");
  EXPECT_EQ(report->failed[1].pointer, "/do/2/expect/0");
  EXPECT_EQ(report->failed[1].text, "never reached");
  EXPECT_EQ(report->failed[2].text, "never reached");
  EXPECT_EQ(report->held, 0);
  EXPECT_FALSE(report->commands.at(0).done);
}

TEST(Runner, wait_lets_time_pass_and_until_stops_where_it_holds) {
  FakeSide side;
  side.pending = {event_at(1'000'000'000, ImageLookedUp{"a", "cache", false}),
                  event_at(3'000'000'000, ImageLookedUp{"b", "hub", true}),
                  event_at(9'000'000'000, ImageLookedUp{"c", "hub", true})};
  const auto report = run_scenario(side, scenario(R"([{"wait":"2s"},
      {"expect":[{"count":{"kind":"image"},"is":1}]},
      {"until":{"count":{"kind":"image","where":"hub"},"is":1},"max":"5s"},
      {"expect":[{"count":{"kind":"image"},"is":2}]}])"));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->held, 2);
  EXPECT_TRUE(report->ok());
}

TEST(Runner, until_gives_up) {
  FakeSide side;
  side.pending = {event_at(7'000'000'000, ImageLookedUp{"a", "cache", false})};
  auto report = run_scenario(
      side,
      scenario(R"([{"until":{"count":{"kind":"layer"},"gt":0},"max":"5s"},{"docker":"ps"}])"));
  ASSERT_TRUE(report.has_value());
  ASSERT_EQ(report->failed.size(), 1U);
  EXPECT_EQ(report->failed[0].pointer, "/do/0");
  EXPECT_EQ(report->failed[0].text.find("took too long: "), 0U) << report->failed[0].text;
  EXPECT_TRUE(side.submitted.empty());

  FakeSide nothing;
  report = run_scenario(nothing, scenario(R"([{"until":{"count":{"kind":"layer"},"gt":0}}])"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->failed.at(0).text.find("never came: "), 0U) << report->failed[0].text;
}

TEST(Runner, signals_and_keystrokes_go_through_the_port) {
  FakeSide side;
  const auto report =
      run_scenario(side, scenario(R"([{"docker":"run -it busybox sh","as":"r1","tty":"t1"},
      {"type":"ls\n","tty":"t1"},{"signal":"SIGINT","of":"r1"}])"));
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_EQ(side.submitted.size(), 3U);
  EXPECT_EQ(side.submitted[0].terminal, "t1");
  EXPECT_EQ(side.submitted[1].kind, SideCommand::Kind::Keystrokes);
  EXPECT_EQ(side.submitted[1].line, "ls\n");
  EXPECT_EQ(side.submitted[1].terminal, "t1");
  EXPECT_EQ(side.submitted[2].kind, SideCommand::Kind::Signal);
  EXPECT_EQ(side.submitted[2].name, "r1");
  EXPECT_EQ(side.submitted[2].signal, 2);
  EXPECT_EQ(report->commands.size(), 1U) << "keystrokes and signals are no commands";
  EXPECT_FALSE(report->commands[0].done) << "a command on a terminal is not waited for";
}

TEST(Runner, what_is_not_built_yet_names_its_item) {
  FakeSide side;
  const auto report = run_scenario(side, scenario(R"([{"docker":"ps"},{"docker":"refused"}])"));
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::NotYet);
  EXPECT_EQ(report.error().message.find("/do/1: "), 0U) << report.error().message;
}

TEST(Runner, only_a_side_that_makes_its_own_world_can_have_it_broken) {
  for (const std::string item :
       {R"({"litmus":[{"call":"getpid"}]})", R"({"undo":1})",
        R"({"faults":[{"at":"hub","what":"down"}]})", R"({"hub":{"tag":"a:1","to":"a:2"}})"}) {
    FakeSide side;
    const auto report = run_scenario(side, scenario("[" + item + "]"));
    ASSERT_FALSE(report.has_value()) << item;
    EXPECT_EQ(report.error().code, ErrorCode::Cannot) << item;
  }
}

TEST(Runner, a_side_that_the_document_does_not_name_is_refused) {
  FakeSide real(SideKind::Real);
  const auto refused = run_scenario(real, scenario("[]"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::Cannot);
  EXPECT_TRUE(run_scenario(real, scenario("[]", "[]", R"(["sim","real"])")).has_value());
}

}  // namespace
}  // namespace cutaway::scenarios
