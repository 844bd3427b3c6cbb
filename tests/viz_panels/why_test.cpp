// Why: every mark of the picture stands for something, and each value leads back to the command.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "sim/simulator.h"
#include "tests/unit/scenarios/simulated.h"
#include "tests/viz_panels/driver.h"
#include "viz/player/causes.h"
#include "viz/player/inspection.h"
#include "viz/player/step_index.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/ship.h"
#include "viz/text/about.h"

namespace cutaway::viz {
namespace {

Trace trace_of(const scenarios::BundledScenario& bundled) {
  const auto scenario = scenarios::load_bundled(bundled.id);
  EXPECT_TRUE(scenario.has_value());
  const auto side = simulated(*scenario);
  EXPECT_TRUE(scenarios::run_scenario(*side, *scenario).has_value());
  return side->take_trace();
}

Trace limited_run() {
  sim::Simulator simulator(sim::SimulatorOptions{});
  SideCommand command;
  command.line =
      "run -m 64m --pids-limit 20 --hostname web --name web busybox sh -c 'echo hi; exit 7'";
  EXPECT_TRUE(split_shell_words(command.line, command.words));
  const auto index = simulator.submit(command);
  EXPECT_TRUE(index.has_value());
  EXPECT_TRUE(simulator.run_until_done(*index).has_value());
  return simulator.take_trace();
}

std::string text_of(const Inspection& found) {
  std::string text = found.subject + "\n";
  for (const InspectionRow& row : found.rows) text += row.key + " | " + row.value + "\n";
  return text;
}

/// The position behind the first event of a kind that passes.
template <class T, class Passes>
std::size_t after_first(const Trace& trace, Passes passes) {
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* body = std::get_if<T>(&event.body);
    if (body != nullptr && passes(*body)) return n + 1;
  }
  return 0;
}

class Why : public ::testing::Test {
 protected:
  static const Trace& trace() {
    static const Trace made = limited_run();
    return made;
  }
  Inspection about(const std::string& id, std::size_t position, std::string_view asked = {}) {
    player_.jump(position);
    const Subject subject = subject_of(player_.world(), player_.moment(), id);
    EXPECT_TRUE(subject) << id << " at " << position;
    return inspect(trace(), player_.index(), player_.world(), player_.moment(), subject, asked);
  }
  template <class T>
  T set_by(const Inspection& found) {
    const EventIndex event = setter_of(found);
    EXPECT_NE(event, kNoEvent) << text_of(found);
    if (event == kNoEvent) return T();
    const auto chain = causes_of(trace(), player_.index(), event, 20);
    EXPECT_TRUE(!chain.empty() && is<CliTyped>(trace().record(chain.back()))) << text_of(found);
    const T* body = std::get_if<T>(&(event_ = trace().event(event)).body);
    EXPECT_NE(body, nullptr) << text_of(found);
    return body == nullptr ? T() : *body;
  }
  /// Behind the first words that the container wrote: all of it is there.
  std::size_t speaking() const {
    return after_first<BytesMoved>(
        trace(), [](const BytesMoved& e) { return e.fd == 1 && e.text == "hi\n"; });
  }

  Player player_{trace()};
  Event event_;
};

TEST(Subjects, LayersWithoutAShelfAreTheCache) {
  const Trace trace = limited_run();
  Player player(trace);
  const Subject subject = subject_of(player.world(), player.moment(), "layers:more");
  EXPECT_EQ(subject.kind, SubjectKind::Station);
  EXPECT_EQ(subject.name, "cache");
}

/// The ship at five moments; large_engine in turns.
template <class See>
void see_ships(const Trace& trace, See&& see) {
  static const FontMetrics metrics = FontMetrics::bundled();
  Player player(trace);
  for (std::size_t i = 0; i <= 4; ++i) {
    player.jump(trace.size() * i / 4);
    PictureOptions options;
    options.focus = player.moment().focus;
    options.large_engine = i % 2 == 1;
    const ShipModel model = ship_model(trace, player.world(), player.position(), options);
    see(player, model, ship_scene(model, {kDark, metrics}, {0, 0, 1040, 640}));
  }
}

class MarksOf : public testing::TestWithParam<std::string> {};

TEST_P(MarksOf, ThePictureStandForSomething) {
  static const FontMetrics metrics = FontMetrics::bundled();
  const Trace trace = trace_of(*scenarios::find_bundled(GetParam()));
  see_ships(trace, [&](Player& player, const ShipModel& model, const Scene& scene) {
    const auto subject = [&player](const std::string& id) {
      return subject_of(player.world(), player.moment(), id);
    };
    for (const HitArea& hit : scene.hits) {
      if (is_ground(hit.id)) continue;
      EXPECT_TRUE(subject(hit.id)) << "at " << player.position() << ": " << hit.id;
      const Inspection found =
          inspect(trace, player.index(), player.world(), player.moment(), subject(hit.id));
      EXPECT_GE(found.rows.size(), 2U) << hit.id;
    }
    for (const Container& container : model.containers) {
      Closeup near;
      near.container = container_closeup(player.world(), model, container.actor.slot);
      for (const HitArea& hit : closeup_scene(near, {kDark, metrics}, {0, 0, 1040, 640}).hits) {
        EXPECT_TRUE(subject(hit.id) || is_ground(hit.id))
            << "at " << player.position() << " near: " << hit.id;
      }
    }
  });
}

/// All but the facts, which show what others show.
std::vector<std::string> telling_ids() {
  std::vector<std::string> ids;
  for (const scenarios::BundledScenario& bundled : scenarios::bundled_scenarios()) {
    if (bundled.topic != "facts") ids.push_back(bundled.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Bundled, MarksOf, testing::ValuesIn(telling_ids()), [](const auto& each) {
  std::string name = each.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Subjects, EveryKindOfMarkIsSeenInTheFirstCourse) {
  std::set<std::string> kinds;
  for (const scenarios::BundledScenario& bundled : scenarios::bundled_scenarios()) {
    if (bundled.topic != "first-course") continue;
    see_ships(trace_of(bundled), [&](Player&, const ShipModel&, const Scene& scene) {
      for (const HitArea& hit : scene.hits) kinds.insert(hit.id.substr(0, hit.id.find(':')));
    });
  }
  for (const char* kind : {"task", "container", "row", "gate",   "node",  "meter", "slice",
                           "top",  "layer",     "pid", "user",   "uts",   "card",  "cpu",
                           "disk", "station",   "fd",  "packet", "image", "hub"}) {
    EXPECT_EQ(kinds.count(kind), 1U) << "no picture showed a " << kind;
  }
}

TEST(Subjects, WhatIsNotThereIsNothing) {
  const Trace trace = limited_run();
  Player player(trace);
  player.last();
  for (const char* id :
       {"task:99999", "node:nobody/mnt", "node:web/cpu", "layer:abc", "station:cook", "fd:web/77",
        "cpu:64", "legend", "", "none", "pid:web/x", "slice:web"}) {
    EXPECT_FALSE(subject_of(player.world(), player.moment(), id)) << id;
  }
}

TEST_F(Why, ALimitWasWrittenIntoItsFile) {
  const auto set = set_by<CgroupLimited>(about("meter:web/mem", speaking()));
  EXPECT_EQ(set.file, "memory.max");
  EXPECT_EQ(set.value, "67108864");
  const auto pids = set_by<CgroupLimited>(about("container:web", speaking(), "pids.max"));
  EXPECT_EQ(pids.value, "20");
}

TEST(Delegation, IsToldWithWhoGotIt) {
  sim::Simulator simulator(sim::SimulatorOptions{});
  SideCommand run, gives;
  run.line = "run -d --name web busybox sleep 100";
  EXPECT_TRUE(split_shell_words(run.line, run.words));
  gives.kind = SideCommand::Kind::Host;
  gives.line = "chown 1000:1000 /sys/fs/cgroup/docker/*/cgroup.procs";
  for (const SideCommand& command : {run, gives}) {
    const auto index = simulator.submit(command);
    ASSERT_TRUE(index && simulator.run_until_done(*index));
    ASSERT_EQ(simulator.command(*index).exit, 0);
  }
  const Trace trace = simulator.take_trace();
  const std::size_t given =
      after_first<CgroupAttributesSet>(trace, [](const CgroupAttributesSet&) { return true; });
  ASSERT_NE(given, 0U);
  Player player(trace);
  const auto told = [&](std::size_t position) {
    player.jump(position);
    const Subject subject = subject_of(player.world(), player.moment(), "meter:web/mem");
    return text_of(inspect(trace, player.index(), player.world(), player.moment(), subject, {}));
  };
  const std::string row = "cgroup.procs | user 1000, group 1000";
  EXPECT_EQ(told(given - 1).find(row), std::string::npos);
  EXPECT_NE(told(given).find(row), std::string::npos) << told(given);
}

TEST_F(Why, AMountWasAttached) {
  const Inspection found = about("node:web/mnt", speaking());
  EXPECT_EQ(set_by<MountMoved>(found).target, "/");  // by pivot_root
  const std::string text = text_of(found);
  for (const char* part :
       {"file system | overlay", "upper | ", "lower 1 | ", "work | ", "proc | /proc"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST_F(Why, APidCameWithTheClone) {
  const auto made = set_by<TaskForked>(about("pid:web/1", speaking()));
  ASSERT_EQ(made.pids.size(), 2U);
  EXPECT_EQ(made.pids[1], 1);
}

TEST_F(Why, TheHostnameWasSet) {
  EXPECT_EQ(set_by<NsHostnameSet>(about("uts:web", speaking())).hostname, "web");
}

TEST_F(Why, TheExitCodeIsTheContainersEnd) {
  const Inspection found = about("container:web", trace().size());
  EXPECT_EQ(set_by<ContainerExited>(found).code, 7);
  EXPECT_NE(text_of(found).find("exit code | 7"), std::string::npos);
}

TEST_F(Why, CapabilitiesAreNamed) {
  const std::string text = text_of(about("gate:web", speaking()));
  EXPECT_NE(text.find("effective | 14 of 41"), std::string::npos) << text;
  EXPECT_NE(text.find("net_bind_service"), std::string::npos) << text;
  EXPECT_NE(text.find("It may not: "), std::string::npos) << text;
  EXPECT_NE(text.find("sys_admin"), std::string::npos) << text;
}

TEST_F(Why, LayersAndImagesKnowTheirSizes) {
  const std::string cache = text_of(about("station:cache", speaking()));
  EXPECT_NE(cache.find("busybox | "), std::string::npos) << cache;
  const std::string image = text_of(about("image:busybox", speaking()));
  for (const char* part : {"Cmd | sh", "size | ", "Layers, topmost first"})
    EXPECT_NE(image.find(part), std::string::npos) << part << "\n" << image;
  EXPECT_EQ(set_by<ImageTagged>(about("image:busybox", speaking())).ref, "busybox:latest");
}

TEST_F(Why, ALineOfTheTerminalWasWrittenInTheContainer) {
  Transcript transcript;
  transcript.extend(trace(), StepIndex(trace()).kinds());
  const std::vector<ScreenLine> lines = transcript.lines_at(trace().size());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.back().text, "hi");
  player_.last();
  const Inspection found = inspect(trace(), player_.index(), player_.world(), player_.moment(),
                                   line_subject(lines.back().event));
  const std::string text = text_of(found);
  EXPECT_NE(text.find("written by | "), std::string::npos) << text;
  EXPECT_NE(text.find("Why?"), std::string::npos) << text;
  EXPECT_NE(text.find("docker run"), std::string::npos) << text;
}

TEST_F(Why, TheTextTwinSaysTheSame) {
  const std::size_t at = speaking();
  const auto said = explain_about(trace(), at, "meter:web/mem");
  ASSERT_TRUE(said.has_value()) << said.error().message;
  for (const InspectionRow& row : about("meter:web/mem", at).rows) {
    EXPECT_NE(said->find(row.value), std::string::npos) << row.key << " " << row.value;
  }
  const auto nothing = explain_about(trace(), at, "meter:nobody/mem");
  ASSERT_FALSE(nothing.has_value());
  EXPECT_NE(nothing.error().hint.find("container:web"), std::string::npos);
}

TEST_F(Why, KeysGoThroughThePictureAndValuesAreAsked) {
  WindowDriver window(trace(), 1600, 900);
  window.player().jump(speaking());
  window.frame();
  window.type("i");
  const Subject first = window.state().inspector.selected;
  ASSERT_TRUE(first);
  std::set<std::string> seen;
  for (int i = 0; i < 200 && seen.insert(window.state().inspector.selected.id).second; ++i)
    window.type("i");
  EXPECT_EQ(window.state().inspector.selected, first);  // it has gone round
  EXPECT_GT(seen.size(), 20U);
  window.type("I");
  EXPECT_NE(window.state().inspector.selected, first);
  window.type("i");
  EXPECT_EQ(window.state().inspector.selected, first);
  window.key(ImGuiKey_Escape);
  EXPECT_FALSE(window.state().inspector.selected);
}

TEST_F(Why, AValueOfTheInspectorIsAskedByAClick) {
  WindowDriver window(trace(), 1600, 900);
  window.player().jump(speaking());
  window.frame();
  window.state().inspector.select(
      subject_of(window.player().world(), window.player().moment(), "container:web"));
  window.frame();
  window.frame();
  ASSERT_TRUE(window.click("why memory.max 67108864  64 MiB")) << window.words();
  window.frame();
  EXPECT_TRUE(window.shows("Why? memory.max")) << window.words();
  EXPECT_EQ(window.state().inspector.asked, "memory.max");
}

TEST_F(Why, WhereThereIsNoRoomTheInspectorComesOut) {
  WindowDriver window(trace(), 1280, 720);
  window.player().jump(speaking());
  window.frame();
  ASSERT_FALSE(window.find("Inspector"));
  window.type("i");
  window.frame();
  EXPECT_TRUE(window.find("Inspector"));
  window.key(ImGuiKey_Escape);
  window.frame();
  EXPECT_FALSE(window.find("Inspector"));
}

TEST_F(Why, ALineOfTheTerminalIsAskedByAClick) {
  WindowDriver window(trace(), 1600, 900);
  window.player().last();
  window.frame();
  window.frame();
  int last = 20;
  while (last > 0 && !window.find("line " + std::to_string(last))) --last;
  ASSERT_TRUE(window.click("line " + std::to_string(last)));
  EXPECT_EQ(window.state().inspector.selected.kind, SubjectKind::Line);
  window.frame();
  EXPECT_TRUE(window.shows("written by")) << window.words();
}

}  // namespace
}  // namespace cutaway::viz
