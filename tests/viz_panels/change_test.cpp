// The controls of a container: dragged and pressed by their labels, and by keys; what is asked for
// of whoever makes futures, and of the agent of a live run.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"
#include "tests/viz_panels/driver.h"
#include "viz/text/about.h"

namespace cutaway::viz {
namespace {

constexpr const char* kRun = "run -d --name web -m 64m busybox sleep 1000";

class Change : public ::testing::Test {
 protected:
  Change() : simulator_(options()) {
    SideCommand command;
    command.line = kRun;
    EXPECT_TRUE(split_shell_words(command.line, command.words));
    const auto submitted = simulator_.submit(command);
    EXPECT_TRUE(submitted && simulator_.run_until_done(*submitted));
    window_.emplace(simulator_.trace(), 1600, 900);
    state().player.jump(simulator_.trace().size());
    window_->frame();
  }
  static sim::SimulatorOptions options() {
    sim::SimulatorOptions chosen;
    chosen.machine.memory = std::int64_t{8} << 30;
    chosen.machine.cpus = 4;
    return chosen;
  }
  WindowState& state() { return window_->state(); }
  void can_fork() {
    state().fork.possible = true;
    state().fork.futures = {{"as it was", 0}};
  }
  void inspect(const char* id) {
    select(state(), subject_of(state().player.world(), state().player.moment(), id));
    window_->frame();
    window_->frame();
  }
  /// Presses the rail of a slider at a part of its width, and lets go at another.
  void drag(const std::string& label, double to) {
    const auto rail = window_->find(label);
    ASSERT_TRUE(rail) << label;
    window_->drag({rail->x + rail->w / 2, rail->mid_y()}, {rail->x + rail->w * to, rail->mid_y()});
    window_->frame();
  }
  std::string asked() {
    const auto typed = std::exchange(state().fork.ask, std::nullopt);
    return typed ? typed->text : "";
  }

  sim::Simulator simulator_;
  std::optional<WindowDriver> window_;
};

TEST_F(Change, ASliderThatIsLetGoForksWithTheLineThatOneWouldType) {
  can_fork();
  inspect("container:web");
  EXPECT_TRUE(window_->shows("64 MiB"));
  // Stops: 6 MiB, 8 … 4096 MiB, 8 GiB; each has the same room.
  drag("Limit memory", 3.0 / 12);
  EXPECT_EQ(asked(), "docker update --memory 16m --memory-swap 32m web");
  drag("Limit memory", 1);
  EXPECT_EQ(asked(), "docker update --memory 8g --memory-swap 16g web");
  drag("Limit cpus", 0.02);
  EXPECT_EQ(asked(), "docker update --cpus 0.01 web");
  drag("Limit pids", 1.0 / 17);
  EXPECT_EQ(asked(), "docker update --pids-limit 1 web");
}

TEST_F(Change, TheLineIsShownBeforeItHappens) {
  can_fork();
  inspect("container:web");
  const auto rail = window_->find("Limit memory");
  ASSERT_TRUE(rail);
  ImGui::GetIO().AddMousePosEvent(static_cast<float>(rail->x + 2),
                                  static_cast<float>(rail->mid_y()));
  window_->frame();
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  window_->frame();
  window_->frame();
  EXPECT_TRUE(window_->shows("64 MiB → 6 MiB"));
  EXPECT_TRUE(window_->shows("$ docker update --memory 6m"));
  EXPECT_TRUE(window_->tells("so the run goes on with it")) << "nothing has come after this moment";
  EXPECT_EQ(asked(), "");
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  window_->frame();
  EXPECT_EQ(asked(), "docker update --memory 6m --memory-swap 12m web");
}

TEST_F(Change, WhatStandsWhereItStoodAsksForNothing) {
  can_fork();
  inspect("container:web");
  const auto rail = window_->find("Limit memory");
  ASSERT_TRUE(rail);
  window_->click_at({rail->x + rail->w * 5 / 12, rail->mid_y()});  // 64 MiB
  window_->frame();
  EXPECT_EQ(asked(), "");
}

TEST_F(Change, NoLimitIsAnOpenTopAndOnlyTasksCanGoBackToIt) {
  const Changeable what = changeable(state().player.world(), ContainerId(1));
  ASSERT_EQ(what.sliders.size(), 3U);
  EXPECT_FALSE(what.sliders[0].stops.back().open) << "docker takes no memory limit away";
  EXPECT_TRUE(what.sliders[1].now().open);
  EXPECT_EQ(what.sliders[1].now().value, "");
  EXPECT_EQ(what.sliders[2].stops.back().value, "-1");
  EXPECT_EQ(what.sliders[0].now().words, "64 MiB");
  EXPECT_GT(what.sliders[0].used_at, -1);
}

TEST_F(Change, KeysDoTheSame) {
  can_fork();
  window_->type("k");  // chooses the container as well
  window_->frame();
  EXPECT_TRUE(window_->shows("container web"));
  window_->type("}");
  window_->type("}");
  window_->frame();
  EXPECT_TRUE(window_->shows("$ docker update --memory 256m"));
  window_->key(ImGuiKey_Enter);
  EXPECT_EQ(asked(), "docker update --memory 256m --memory-swap 512m web");
  window_->type("k");
  window_->type("k");
  window_->type("{");
  window_->key(ImGuiKey_Enter);
  EXPECT_EQ(asked(), "docker update --pids-limit 32768 web");
  window_->type("k");
  window_->frame();
  EXPECT_TRUE(window_->tells("$ docker kill --signal TERM web"));
  window_->key(ImGuiKey_Escape);
  window_->key(ImGuiKey_Enter);
  EXPECT_EQ(asked(), "") << "let be";
  window_->type("K");
  window_->type("k");
  window_->key(ImGuiKey_Enter);
  EXPECT_EQ(asked(), "docker kill --signal TERM web");
}

TEST_F(Change, SignalsAreButtons) {
  can_fork();
  inspect("container:web");
  ASSERT_TRUE(window_->click("Signal STOP"));
  EXPECT_EQ(asked(), "docker kill --signal STOP web");
}

TEST_F(Change, ALiveRunAsksTheAgentByDockersOwnId) {
  state().live.emplace();
  state().live->extend(simulator_.trace());
  inspect("container:web");
  drag("Limit memory", 4.0 / 12);
  ASSERT_TRUE(window_->click("Signal KILL"));
  const std::string id = changeable(state().player.world(), ContainerId(1)).id;
  ASSERT_EQ(id.size(), 64U);
  EXPECT_EQ(state().live->changes, (std::vector<ChangeAsk>{{ChangeKind::Memory, "32m", id},
                                                           {ChangeKind::Signal, "KILL", id}}));
  EXPECT_EQ(asked(), "");
}

TEST_F(Change, WhereNothingCanBeMovedTheReasonIsTold) {
  inspect("container:web");
  EXPECT_TRUE(window_->shows("A recording holds one past"));
  drag("Limit memory", 0.1);
  window_->click("Signal KILL");
  EXPECT_EQ(asked(), "");
  state().live.emplace();
  state().live->over = true;
  window_->frame();
  EXPECT_TRUE(window_->shows("The run has ended"));
  state().live->over = false;
  state().live->follow = false;
  state().player.jump(simulator_.trace().size() - 1);
  state().live->shown = state().player.position();
  window_->frame();
  EXPECT_TRUE(window_->shows("This is the past of a run that goes on"));
  state().live.reset();
  can_fork();
  inspect("container:host");
  EXPECT_TRUE(window_->shows("nobody's container"));
  EXPECT_FALSE(window_->find("Limit memory"));
}

TEST_F(Change, TheTextTwinSaysIt) {
  const auto told = explain_about(simulator_.trace(), simulator_.trace().size(), "container:web");
  ASSERT_TRUE(told);
  for (const char* words : {"Change it", "64 MiB, used", "no limit", "docker update --memory",
                            "docker kill --signal TERM web"})
    EXPECT_NE(told->find(words), std::string::npos) << words << "\n" << *told;
}

TEST_F(Change, NothingCollidesAtAnySize) {
  for (const auto& [width, height] :
       {std::pair{1024, 768}, {1280, 720}, {1600, 900}, {1920, 1080}}) {
    window_.emplace(simulator_.trace(), width, height);
    state().player.jump(simulator_.trace().size());
    can_fork();
    inspect("container:web");
    window_->type("k");
    window_->type("}");
    window_->frame();
    ASSERT_TRUE(window_->find("Limit memory")) << width;
    for (const Scene& scene : window_->scenes()) {
      for (const std::string& line : overlaps(scene)) ADD_FAILURE() << width << " " << line;
    }
  }
}

}  // namespace
}  // namespace cutaway::viz
