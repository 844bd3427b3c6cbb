// The window on a real run of the simulator: docker run busybox echo hi there.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/simulator.h"
#include "tests/viz_panels/driver.h"
#include "viz/player/event_line.h"
#include "viz/player/step_index.h"

namespace cutaway::viz {
namespace {

class Run : public ::testing::Test {
 protected:
  Run() : simulator_(options()) {
    SideCommand command;
    command.line = "run busybox echo hi there";
    command.words = {"run", "busybox", "echo", "hi", "there"};
    const auto submitted = simulator_.submit(command);
    EXPECT_TRUE(submitted);
    EXPECT_TRUE(simulator_.run_until_done(*submitted));
  }
  static sim::SimulatorOptions options() {
    sim::SimulatorOptions chosen;
    chosen.machine.memory = std::int64_t{8} << 30;
    return chosen;
  }
  const Trace& trace() const { return simulator_.trace(); }

  sim::Simulator simulator_;
};

TEST_F(Run, BeatsAreThoseOfTheStory) {
  const StepIndex index(trace());
  std::string beats;
  for (const StepUnit& unit : index.units(StepSize::Beat)) beats += unit.label + " ";
  EXPECT_EQ(beats, "ask look fetch create isolate limit isolate start speak end ");
}

TEST_F(Run, PlayingTakesWhatReadingTakes) {
  WindowDriver window(trace(), 1600, 900);
  window.click("beat");
  window.click("Play");
  double seconds = 0;
  while (window.player().playing() && seconds < 300) {
    window.player().advance(0.05);
    window.frame();
    seconds += 0.05;
  }
  EXPECT_EQ(window.player().position(), trace().size());
  EXPECT_GT(seconds, 20);  // ten sentences
  EXPECT_LT(seconds, 100);
}

TEST_F(Run, EveryMomentIsDrawnAndHasASentence) {
  WindowDriver window(trace(), 1600, 900);
  Player& player = window.player();
  std::size_t drawn = 0;
  for (std::size_t n = 0; n <= trace().size(); n += 7, ++drawn) {
    player.scrub(n);
    window.frame();
    if (player.position() == 0) continue;
    EXPECT_FALSE(window.state().view.caption.what.empty()) << player.position();
  }
  EXPECT_GT(drawn, 200U);
}

TEST_F(Run, TheTerminalEndsWithTheGreeting) {
  Transcript transcript;
  transcript.extend(trace(), StepIndex(trace()).kinds());
  const std::vector<ScreenLine> lines = transcript.lines_at(trace().size());
  ASSERT_GT(lines.size(), 3U);
  EXPECT_EQ(lines.front().text, "docker run busybox echo hi there");
  EXPECT_TRUE(lines.front().typed);
  EXPECT_EQ(lines.back().text, "hi there");
}

TEST_F(Run, TheWhyOfTheProgramLeadsToTheCommand) {
  const StepIndex index(trace());
  EventIndex exec = kNoEvent;
  for (const EventIndex n : index.marks(StepSize::Syscall)) {
    if (line_words(trace(), index, n) == "execve /bin/echo") exec = n;
  }
  ASSERT_NE(exec, kNoEvent);
  WindowDriver window(trace(), 1600, 900);
  window.player().jump(shown_number(exec));
  window.frame();
  std::string why;
  for (const InspectionRow& row : window.state().view.inspection.rows) why += row.key + "\n";
  EXPECT_NE(why.find("5 new namespaces"), std::string::npos) << why;
}

TEST_F(Run, AFrameIsQuick) {
  WindowDriver window(trace(), 1600, 900);
  window.player().jump(trace().size() / 2);
  for (int i = 0; i < 5; ++i) window.frame();
  int triangles = 0;
  const ImDrawData* drawn = ImGui::GetDrawData();
  for (int i = 0; i < drawn->CmdListsCount; ++i)
    triangles += drawn->CmdLists[i]->IdxBuffer.Size / 3;
  EXPECT_LT(triangles, 30'000);
}

}  // namespace
}  // namespace cutaway::viz
