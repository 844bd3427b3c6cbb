// docker stop in the window: ten seconds in which nothing happens are seen to pass.
#include <gtest/gtest.h>

#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"

namespace cutaway::viz {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr TaskId kDaemon{2}, kShell{3};

/// The hand-made run, whose container is started again in the background and stopped.
struct Stopped {
  Trace trace;
  std::size_t asked = 0;   ///< position at which the signal lies at the door
  std::size_t killed = 0;  ///< … at which SIGKILL is sent
};

void append(Trace& trace, std::int64_t after, TaskId task, Body body) {
  Event event;
  event.stamp.t = trace.head().now + after;
  event.stamp.task = task;
  event.body = std::move(body);
  trace.append(std::move(event));
}

Stopped stopped() {
  Stopped made = {hand_trace(), 0, 0};
  // A World in which the container runs, as a trace of its own.
  World world = made.trace.world_at(made.trace.size());
  cutaway::Container record;
  world.containers.each([&](const cutaway::Container& each) { record = each; });
  cutaway::Task web = world.tasks.at(kShell);
  web.id = web.leader = TaskId(40);
  web.pids = {4711, 1};
  web.comm = "sh";
  web.role = Role::Workload;
  web.container = record.number;
  record.init = web.id;
  record.name = "web";
  record.config = R"({"Words":["run","-d","--name","web","busybox","sh"]})";
  record.state = ContainerState::Running;
  world.tasks.put(web.id, web);
  world.containers.put(record.number, record);
  made.trace = Trace(made.trace.header);
  append(made.trace, 0, {}, Snapshot{std::make_shared<World>(world)});
  append(made.trace, 1000, kShell, CliTyped{"docker stop web", {"docker", "stop", "web"}});
  append(made.trace, 1000, kDaemon, SignalSent{15, kDaemon, web.id, "kill(2)"});
  append(made.trace, 1000, web.id, SignalIgnored{15, kDaemon, web.id, "pid 1 without a handler"});
  made.asked = made.trace.size();
  append(made.trace, 10 * kSecond, kDaemon, SignalSent{9, kDaemon, web.id, "kill(2)"});
  made.killed = made.trace.size();
  append(made.trace, 1000, web.id, TaskExited{137, 9});
  return made;
}

class StopWindow : public testing::Test {
 protected:
  StopWindow() : made_(stopped()), window_(made_.trace, 1600, 900) {
    window_.player().set_size(StepSize::Effect);
    window_.player().jump(made_.asked);
    window_.frame();
  }

  /// The clock's figure, as it stands in the picture.
  std::string clock() {
    for (const Scene& scene : window_.scenes()) {
      for (const Mark& mark : scene.marks) {
        const auto* text = std::get_if<TextMark>(&mark.shape);
        if (mark.id == "grace:web" && text != nullptr && text->text.find('.') != std::string::npos)
          return text->text;
      }
    }
    return "";
  }

  Stopped made_;
  WindowDriver window_;
};

TEST_F(StopWindow, TheClockStandsUntilTimeGoesOn) {
  EXPECT_EQ(clock(), "10.0");
  EXPECT_TRUE(window_.shows("s left of 10"));
  EXPECT_TRUE(window_.shows("then SIGKILL"));
  EXPECT_TRUE(window_.shows("dropped"));
  EXPECT_TRUE(window_.shows("grace: 10.0 of 10 s"));  // on the timeline
}

TEST_F(StopWindow, AStepOverTheWaitRunsTheClockDownInASecond) {
  window_.player().forward();
  ASSERT_EQ(window_.player().position(), made_.killed);
  window_.frame();
  double before = 10;
  for (int i = 0; i < 8; ++i) {
    advance(window_.state(), 0.1);
    window_.frame();
    const double now = std::stod(clock());
    EXPECT_LT(now, before);
    before = now;
    EXPECT_TRUE(window_.shows("The kernel dropped SIGTERM")) << i;
  }
  // Evenly: after eight tenths of the second, eight tenths of the ten seconds.
  EXPECT_NEAR(before, 2.0, 0.4);
  for (int i = 0; i < 4; ++i) advance(window_.state(), 0.1);
  window_.frame();
  EXPECT_EQ(clock(), "0.0");
  EXPECT_TRUE(window_.shows("10 s were up"));
  EXPECT_TRUE(window_.shows("SIGKILL sent"));
}

TEST_F(StopWindow, WithLessMotionItTicksOnceASecond) {
  window_.state().tools.reduced_motion = true;
  window_.player().forward();
  window_.frame();
  for (int i = 0; i < 9; ++i) {
    advance(window_.state(), 0.1);
    window_.frame();
    const std::string now = clock();
    EXPECT_EQ(now.substr(now.find('.')), ".0") << now;
  }
}

TEST_F(StopWindow, AKeyPlaysTheWaitInItsFullLength) {
  window_.player().jump(made_.killed);
  window_.frame();
  EXPECT_EQ(clock(), "0.0");
  window_.type("w");
  ASSERT_TRUE(window_.state().tools.wait.playing());
  advance(window_.state(), 2.8);
  window_.frame();
  EXPECT_EQ(clock(), "7.2");
}

TEST_F(StopWindow, JumpingThereShowsNoWait) {
  window_.player().jump(made_.killed);
  window_.frame();
  EXPECT_EQ(clock(), "0.0");
}

TEST_F(StopWindow, ACloseUpOfACallIsRefusedWhereThereIsNone) {
  WindowShot shot;
  shot.position = made_.asked;
  shot.size = StepSize::Effect;
  shot.look.near = Nearness::Syscall;
  const Status there = check_shot(made_.trace, shot);
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().code, ErrorCode::Failed);
  shot.look.near = Nearness::Deck;
  EXPECT_TRUE(check_shot(made_.trace, shot));
}

TEST_F(StopWindow, TheChannelsAreAViewWithAKeyAndAButton) {
  ASSERT_TRUE(window_.click("Channels"));
  EXPECT_EQ(window_.state().stage.view, View::Channels);
  window_.frame();
  EXPECT_TRUE(window_.shows("json log"));
  window_.click("Channels");
  EXPECT_EQ(window_.state().stage.view, View::Ship);
  window_.type("o");
  EXPECT_EQ(window_.state().stage.view, View::Channels);
}

}  // namespace
}  // namespace cutaway::viz
