#include "tests/unit/lessons/small_lesson.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/unit/scenarios/fake_side.h"

namespace cutaway::lessons {

namespace {

constexpr const char* kLesson = R"({
  "cutaway_lesson": 1,
  "id": "small",
  "scenario": "one-run",
  "seeds": [1, 2],
  "stage": {"show": ["engine"], "size": "beat"},
  "steps": [
    {"id": "look", "at": {"kind": "image", "op": "lookup", "where": "cache"}},
    {"id": "ask", "at": {"kind": "image", "op": "lookup"}},
    {"id": "made", "at": {"ever": {"path": "/containers/ann", "exists": true}}, "stage": {"size": "step"}}
  ],
  "claims": [
    {"id": "once", "number": 28, "verdict": "roughly", "proof": {"count": {"kind": "image", "where": "hub"}, "is": 1}}
  ],
  "predictions": [
    {"id": "where", "before": "ask", "options": [
      {"id": "hub", "when": {"kind": "image", "op": "lookup", "where": "hub"}},
      {"id": "again", "belief": "it-looks-twice", "when": {"count": {"kind": "image", "where": "cache"}, "is": 2}}
    ]}
  ],
  "exercises": [
    {"id": "order", "kind": "order", "stations": [
      {"id": "cache", "works": {"kind": "image", "op": "lookup", "where": "cache"}},
      {"id": "hub", "works": {"kind": "image", "op": "lookup", "where": "hub"}}
    ]},
    {"id": "fetch", "kind": "do", "forbid": ["run -d"], "goals": [
      {"id": "here", "that": {"kind": "image", "op": "tagged"}},
      {"id": "alone", "that": {"count": {"kind": "container", "op": "created"}, "is": 0}}
    ]}
  ],
  "closer": {"kind": "image", "op": "tagged"}
})";

constexpr const char* kText = R"(# A small lesson

## goal
Two places hold images.

## step.look
The server looks into its **cache** first.

## step.ask
Then it asks the hub.

## step.made
`docker run x` has made a container.

## claim.once
> The hub is asked each time.

Roughly. It is asked when the image is not here.

## predict.where
Where does it look next?

## predict.where.hub
The hub.

Yes.

## predict.where.again
The cache again.

It has looked there.

## exercise.order
Which is first?

## exercise.order.goal.order
Not this one.

## exercise.order.station.cache
The cache.

## exercise.order.station.hub
The hub.

## exercise.order.hint.1
Near.

## exercise.order.hint.2
Nearer.

## exercise.order.hint.3
The cache.

## exercise.fetch
Fetch it.

## exercise.fetch.goal.here
It is not here.

## exercise.fetch.goal.alone
There is a container.

## exercise.fetch.forbidden
Not in the background.

## exercise.fetch.hint.1
Less than a run.

## exercise.fetch.hint.2
The first half of it.

## exercise.fetch.hint.3
`docker pull x`

## closer
The image stands in the cache.
)";

void fetch(FakeSide& side, CommandState&) {
  side.happen(ImageLookedUp{"x", "cache", false});
  side.happen(ImageLookedUp{"x", "hub", true});
  side.happen(ImageTagged{"x", {}});
}

void run(FakeSide& side, CommandState& command) {
  fetch(side, command);
  Container ann;
  ann.number = ContainerId(1);
  ann.id = "a1";
  ann.name = "ann";
  side.happen(ContainerCreated{ann});
}

}  // namespace

LessonFiles small_lesson() {
  LessonFiles files;
  files.folder = "content/07-small";
  files.files["lesson.json"] = kLesson;
  files.files["text.en.md"] = kText;
  files.files["scenario.json"] = R"({"cutaway_scenario": 1, "id": "one-run", "title": "one run",
 "do": [{"docker": "run x", "as": "r1"}],
 "expect": [{"of": "r1", "exit": 0}]})";
  files.files["start.json"] = R"({"cutaway_start": 1, "do": [{"docker": "images"}]})";
  files.files["solution.json"] = R"({"cutaway_solution": 1, "exercises": {
 "order": {"order": ["cache", "hub"]},
 "fetch": {"do": [{"docker": "pull x"}]}}})";
  files.files["wrong/backwards.json"] =
      R"({"cutaway_wrong": 1, "exercise": "order", "belief": "hub-first", "misses": ["order"], "order": ["hub", "cache"]})";
  files.files["wrong/run.json"] =
      R"({"cutaway_wrong": 1, "exercise": "fetch", "belief": "run-is-fetch", "misses": ["alone"], "do": [{"docker": "run x"}]})";
  return files;
}

LessonFiles changed(const std::string& file, const std::string& from, const std::string& to) {
  LessonFiles files = small_lesson();
  std::string& text = files.files.at(file);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return files;
}

MakeSide small_side() {
  return [](const spec::Scenario&) -> Result<std::unique_ptr<Side>> {
    auto side = std::make_unique<FakeSide>();
    side->plays["run x"] = run;
    side->plays["pull x"] = fetch;
    side->plays["run"] = [](FakeSide&, CommandState& command) {
      command.exit = 1;
      command.stderr_text = "docker run requires at least 1 argument\n";
    };
    return std::unique_ptr<Side>(std::move(side));
  };
}

std::string problems_of(const LessonFiles& files) {
  std::string lines;
  for (const Error& problem : check_lesson(files, small_side()).problems)
    lines += problem.message + "\n";
  return lines;
}

}  // namespace cutaway::lessons
