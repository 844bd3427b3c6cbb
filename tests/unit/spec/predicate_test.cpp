// PRED and EV over small timelines: each form once held and once not, with its sentence.
#include "spec/predicate.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/spec/small_timeline.h"

namespace cutaway::spec {
namespace {

using test::json;
using test::small;

Predicate predicate(const std::string& text) {
  const Result<Predicate> parsed = parse_predicate_text(text);
  EXPECT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
  return parsed ? *parsed : Predicate();
}

struct PredicateCase {
  const char* text;
  const char* why;  ///< empty: holds
};

const PredicateCase kForms[] = {
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
    {R"({"before":[{"kind":"container","op":"created"},{"kind":"container","op":"exited"}]})", ""},
    {R"({"before":[{"kind":"container","op":"exited"},{"kind":"syscall"}]})",
     "{\"kind\":\"container\",\"op\":\"exited\"} first comes as event 3, expected before "
     "{\"kind\":\"syscall\"}, which first comes as event 2"},
    {R"({"before":[{"kind":"loss"},{"kind":"syscall"}]})", "no event matches {\"kind\":\"loss\"}"},
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

TEST(PredicateTest, EachFormHeldAndNot) {
  for (const PredicateCase& c : kForms) {
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

}  // namespace
}  // namespace cutaway::spec
