// PRED and EV over small timelines: each form once held and once not, with its sentence.
#include "spec/predicate.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "spec/expect.h"

namespace cutaway::spec {
namespace {

Json json(const std::string& text) { return *parse_json(text); }

// Five events, six Worlds: r1 (id aa11) is made, runs, exits with 7; then bb22, called r2, is made.
JsonTimeline small() {
  std::vector<Json> events = {
      json(R"({"n":0,"kind":"image","op":"lookup","ref":"busybox:latest","hit":false})"),
      json(R"({"n":1,"kind":"container","op":"created","container":"aa11"})"),
      json(
          R"({"n":2,"kind":"syscall","name":"mount","args":{"target":"/proc","mountflags":["MS_NODEV","MS_NOSUID"]},"ret":0})"),
      json(R"({"n":3,"kind":"container","op":"exited","container":"aa11","code":7})"),
      json(R"({"n":4,"kind":"container","op":"created","container":"bb22"})")};
  const char* r1[] = {
      R"({"id":"aa11","name":"r1","state":"created"})",
      R"({"id":"aa11","name":"r1","state":"running"})",
      R"({"id":"aa11","name":"r1","state":"exited","exit_code":7,"flags":["a","b"]})"};
  const std::string rest = R"(},"machine":{"cpus":2,"os":"linux"}})";
  const auto world = [&](const std::string& containers) {
    return json(R"({"containers":{)" + containers + rest);
  };
  const std::string a = R"("aa11":)";
  std::vector<Json> worlds = {
      world(""),
      world(""),
      world(a + r1[0]),
      world(a + r1[1]),
      world(a + r1[2]),
      world(a + r1[2] + R"(,"bb22":{"id":"bb22","name":"r2","state":"created"})")};
  return JsonTimeline(std::move(events), std::move(worlds));
}

Predicate predicate(const std::string& text) {
  const Result<Predicate> parsed = parse_predicate_text(text);
  EXPECT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
  return parsed ? *parsed : Predicate();
}

struct Case {
  const char* text;
  const char* why;  ///< empty: holds
};

TEST(PredicateTest, EachFormHeldAndNot) {
  const Case cases[] = {
      {R"({"now":{"path":"/containers/aa11/exit_code","is":7}})", ""},
      {R"({"now":{"path":"/containers/r1/exit_code","is":7}})", ""},
      {R"({"now":{"path":"/containers/r1/exit_code","is":0}})",
       "/containers/r1/exit_code is 7, expected 0"},
      {R"({"now":{"path":"/containers/r1/exit_code","not":0}})", ""},
      {R"({"now":{"path":"/containers/r1/exit_code","not":7}})",
       "/containers/r1/exit_code is 7, expected anything but 7"},
      {R"({"now":{"path":"/containers/r1/exit_code","gt":6,"lt":8}})", ""},
      {R"({"now":{"path":"/containers/r1/exit_code","gt":7}})",
       "/containers/r1/exit_code is 7, expected more than 7"},
      {R"({"now":{"path":"/containers/r1/exit_code","lt":5,"gt":1}})",
       "/containers/r1/exit_code is 7, expected less than 5 and more than 1"},
      {R"({"now":{"path":"/containers/r9/exit_code","is":0}})",
       "/containers/r9/exit_code does not exist, expected 0"},
      {R"({"now":{"path":"/containers/r9/exit_code","not":0}})",
       "/containers/r9/exit_code does not exist, expected anything but 0"},
      {R"({"now":{"path":"/containers/r9","exists":false}})", ""},
      {R"({"now":{"path":"/containers/r1","exists":false}})",
       "/containers/r1 is {\"exit_code\":7,\"flags\":[\"a\",\"b\"],\"id\":\"a…, expected nothing "
       "there"},
      {R"({"now":{"path":"/containers/r9","exists":true}})",
       "/containers/r9 does not exist, expected something there"},
      {R"({"now":{"path":"/containers/r1/flags","has":"b"}})", ""},
      {R"({"now":{"path":"/containers/r1/flags","has":"c"}})",
       "/containers/r1/flags is [\"a\",\"b\"], expected something with \"c\""},
      {R"({"now":{"path":"/containers/r1/state","has":"exit"}})", ""},
      {R"({"now":{"path":"/containers","has":"bb22"}})", ""},
      {R"({"now":{"path":"/containers/r1","is":{"exit_code":7}}})", ""},
      {R"({"now":{"path":"/containers/r1/flags","is":["a"]}})",
       "/containers/r1/flags is [\"a\",\"b\"], expected [\"a\"]"},
      {R"({"now":{"path":"/containers/r1/flags/0","is":"a"}})", ""},
      {R"({"ever":{"path":"/containers/r1/state","is":"running"}})", ""},
      {R"({"ever":{"path":"/containers/r1/state","is":"paused"}})",
       "/containers/r1/state was never \"paused\"; at the end it is \"exited\""},
      {R"({"ever":{"path":"/containers/r9/state","is":"paused"}})",
       "/containers/r9/state was never \"paused\"; at the end there is nothing"},
      {R"({"never":{"path":"/containers/r1/state","is":"paused"}})", ""},
      {R"({"never":{"path":"/containers/r1/state","is":"running"}})",
       "/containers/r1/state was \"running\" after 3 events, expected never \"running\""},
      {R"({"before":[{"kind":"container","op":"created"},{"kind":"container","op":"exited"}]})",
       ""},
      {R"({"before":[{"kind":"container","op":"exited"},{"kind":"syscall"}]})",
       "{\"kind\":\"container\",\"op\":\"exited\"} first comes as event 3, expected before "
       "{\"kind\":\"syscall\"}, which first comes as event 2"},
      {R"({"before":[{"kind":"loss"},{"kind":"syscall"}]})",
       "no event matches {\"kind\":\"loss\"}"},
      {R"({"before":[{"kind":"syscall"},{"kind":"syscall"}]})",
       "{\"kind\":\"syscall\"} first comes as event 2, expected before {\"kind\":\"syscall\"}, "
       "which first comes as event 2"},
      {R"({"count":{"kind":"container","op":"created"},"is":2})", ""},
      {R"({"count":{"kind":"container","op":"created"},"lt":2})",
       "2 events match {\"kind\":\"container\",\"op\":\"created\"}, expected less than 2"},
      {R"({"count":{"kind":"container","container":"r1"},"is":2})", ""},
      {R"({"count":{"kind":"container","container":"r2"},"is":2})",
       "1 event matches {\"container\":\"r2\",\"kind\":\"container\"}, expected 2"},
      {R"({"count":{"kind":"syscall","args":{"target":"/proc"}},"is":1})", ""},
      {R"({"count":{"kind":"syscall","args":{"mountflags":["MS_NODEV"]}},"is":0})", ""},
      {R"({"all":[{"count":{"kind":"loss"},"is":0},{"now":{"path":"/machine/cpus","is":2}}]})", ""},
      {R"({"all":[{"ever":{"path":"/machine/cpus","is":9}},{"now":{"path":"/machine/cpus","is":4}}]})",
       "/machine/cpus is 2, expected 4"},
      {R"({"any":[{"count":{"kind":"loss"},"is":1},{"now":{"path":"/machine/cpus","is":2}}]})", ""},
      {R"({"any":[{"count":{"kind":"loss"},"is":1},{"now":{"path":"/machine/cpus","is":4}}]})",
       "none of these holds: /machine/cpus is 2, expected 4; 0 events match {\"kind\":\"loss\"}, "
       "expected 1"},
  };
  for (const Case& c : cases) {
    JsonTimeline timeline = small();
    const Verdict verdict = judge(predicate(c.text), timeline);
    EXPECT_EQ(verdict.why, c.why) << c.text;
    EXPECT_EQ(verdict.holds, *c.why == 0) << c.text;
  }
}

TEST(PredicateTest, NothingMeansAlways) {
  JsonTimeline timeline = small();
  EXPECT_TRUE(judge(Predicate(), timeline).holds);
}

TEST(PredicateTest, Happens) {
  JsonTimeline timeline = small();
  EXPECT_TRUE(judge(happens(*parse_event_pattern(R"({"op":"exited"})")), timeline).holds);
  EXPECT_EQ(judge(happens(*parse_event_pattern(R"({"kind":"loss"})")), timeline).why,
            "0 events match {\"kind\":\"loss\"}, expected more than 0");
}

/// A timeline that is opened little by little and notes what it is asked.
class GrowingTimeline : public Timeline {
 public:
  std::size_t length = 0;
  std::size_t events_asked = 0;
  std::size_t worlds_asked = 0;

  std::size_t count() const override { return length; }
  const Json& event(std::size_t n) override {
    ++events_asked;
    return all_.event(n);
  }
  std::optional<Json> part(std::size_t n, std::string_view pointer) override {
    ++worlds_asked;
    return all_.part(n, pointer);
  }

 private:
  JsonTimeline all_ = small();
};

TEST(PredicateTest, AWatchLooksAtEachPlaceOnce) {
  GrowingTimeline timeline;
  Watch ever(predicate(R"({"ever":{"path":"/containers/r1/state","is":"running"}})"));
  Watch count(predicate(R"({"count":{"kind":"container"},"is":3})"));
  for (timeline.length = 0; timeline.length < 5; ++timeline.length) {
    EXPECT_EQ(ever.holds(timeline), timeline.length >= 3);
    EXPECT_FALSE(count.holds(timeline));
  }
  EXPECT_TRUE(count.holds(timeline));
  EXPECT_EQ(timeline.events_asked, 5U);
  EXPECT_EQ(timeline.worlds_asked, 4U) << "none after it was found";
  timeline.length = 2;  // undone
  EXPECT_FALSE(ever.holds(timeline));
  EXPECT_FALSE(count.holds(timeline));
}

TEST(PredicateTest, CheapOnesFirst) {
  GrowingTimeline timeline;
  timeline.length = 5;
  EXPECT_FALSE(
      judge(
          predicate(R"({"all":[{"never":{"path":"/a","is":1}},{"count":{"kind":"loss"},"is":1}]})"),
          timeline)
          .holds);
  EXPECT_EQ(timeline.worlds_asked, 0U);
}

TEST(PredicateTest, PatternsOfACommandLine) {
  EXPECT_TRUE(matches(*parse_event_pattern("{}"), json(R"({"kind":"task"})")));
  EXPECT_TRUE(matches(*parse_event_pattern(R"({"name":"mount"})"),
                      json(R"({"kind":"syscall","name":"mount"})")));
  EXPECT_FALSE(matches(*parse_event_pattern(R"({"name":"mount"})"), json(R"({"kind":"task"})")));
  EXPECT_FALSE(matches(*parse_event_pattern(R"({"ret":0})"), json(R"({"ret":"0"})")));
  EXPECT_EQ(parse_event_pattern(R"({"kind":"taks"})").error().message,
            "pattern:1: /kind: unknown kind \"taks\", did you mean \"task\"?");
  EXPECT_FALSE(parse_event_pattern("[]").has_value());
  EXPECT_FALSE(parse_event_pattern("{").has_value());
  EXPECT_FALSE(parse_predicate_text("{}").has_value());
}

TEST(PredicateTest, EveryKindOfTheContractIsKnown) {
  const char* const kinds[] = {"cli",    "api",  "image",    "layer",  "container", "task",
                               "signal", "ns",   "mount",    "cgroup", "net",       "io",
                               "loss",   "note", "snapshot", "syscall"};
  for (const std::string kind : kinds) {
    EXPECT_TRUE(parse_event_pattern("{\"kind\":\"" + kind + "\"}").has_value()) << kind;
  }
}

TEST(PredicateTest, PlacesInAWorld) {
  const Json world = json(
      R"({"containers":{"aa11":{"name":"r1"},"aa22":{"name":"r2"}},"images":{"shop/app:1":{"id":"i"}},"list":[1,2]})");
  const std::pair<const char*, const char*> cases[] = {{"/containers/r2/name", "\"r2\""},
                                                       {"/containers/aa1/name", "\"r1\""},
                                                       {"/containers/aa", nullptr},
                                                       {"/images/shop~1app:1/id", "\"i\""},
                                                       {"/list/1", "2"},
                                                       {"/list/2", nullptr},
                                                       {"/list/x", nullptr},
                                                       {"/nosuch", nullptr},
                                                       {"nosuch", nullptr},
                                                       {"/images/r1", nullptr}};
  for (const auto& [pointer, expected] : cases) {
    const Json* found = find_in_world(world, pointer);
    EXPECT_EQ(found == nullptr ? "nothing" : found->dump(),
              expected == nullptr ? "nothing" : expected)
        << pointer;
  }
  EXPECT_EQ(find_in_world(world, ""), &world);
}

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
  const Case cases[] = {
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
  for (const Case& c : cases) EXPECT_EQ(why(expect_of(c.text), &state), c.why) << c.text;
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
