// The two scenarios of the simulator, in words and as a model at every position. Golden texts lie
// in golden/ (tests/viz/golden.h).
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/text.h"
#include "sim/litmus.h"
#include "sim/simulator.h"
#include "tests/viz/golden.h"
#include "tests/viz_text/model_strings.h"
#include "tests/viz_text/widest.h"
#include "viz/player/event_class.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/annotate.h"
#include "viz/text/caption.h"
#include "viz/text/explain.h"
#include "viz/text/told.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

Trace run_of(const std::string& id, const std::string& line) {
  sim::SimulatorOptions options;
  options.machine.memory = std::int64_t{8} << 30;
  options.scenario = id;
  options.commands = {"docker " + line};
  sim::Simulator simulator(options);
  SideCommand command;
  command.line = line;
  EXPECT_TRUE(split_shell_words(line, command.words));
  const auto index = simulator.submit(command);
  EXPECT_TRUE(index.has_value());
  EXPECT_TRUE(simulator.run_until_done(*index).has_value());
  return simulator.take_trace();
}

const Trace& run_echo() {
  static const Trace trace = run_of("run-echo", "run busybox echo hi there");
  return trace;
}
const Trace& hello_first() {
  static const Trace trace = run_of("hello-first", "run hello-world");
  return trace;
}

/// Without what changes when the simulator's costs or dice do: times, ids, numbers of events.
std::string steady(std::string text) {
  const std::pair<const char*, const char*> rules[] = {
      {R"(\d+(\.\d+)? (ns|µs|ms|s)\b)", "# s"},
      {R"(\b[0-9a-f]{12,64}\b)", "<id>"},
      {R"(\b[0-9a-f]{4}…)", "<id>…"},
      {R"(\bin [0-9a-f]{4}\b)", "in <id>"},
      {R"(\b(container|under|A|of|top of) [0-9a-f]{4}\b)", "$1 <id>"},
      {R"(\d+ events?, \d+ system calls)", "# events, # calls"},
      {R"(\[\d+\] )", "[#] "},
      {R"(Event \d+ of \d+)", "Event # of #"},
      {R"(--at \d+)", "--at #"},
      {R"(…\d{4}\b)", "…####"},
  };
  for (const auto& [pattern, instead] : rules) {
    text = std::regex_replace(text, std::regex(pattern), instead);
  }
  return text;
}

/// The position after the line of the first call of this kind by a task of a container.
std::size_t after_call(const Trace& trace, abi::Sys sys) {
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Record& record = trace.record(n);
    if (is<Syscall>(record) && record.sys == static_cast<std::uint16_t>(sys) &&
        record.container != 0) {
      return n + 1;
    }
  }
  return 0;
}

// ---- The model, everywhere

void expect_whole(const Trace& trace, std::size_t n) {
  const ShipModel model = ship_model(trace, trace.world_at(n), n);
  std::set<std::string> ids;
  for (const Task& task : model.host_tasks) EXPECT_TRUE(ids.insert(task.id).second) << task.id;
  for (const Container& container : model.containers) {
    for (const Task& task : container.tasks) EXPECT_TRUE(ids.insert(task.id).second) << task.id;
    EXPECT_TRUE(container.actor.gate || container.actor.table(Column::Mount).empty());
  }
  double memory = 0;
  for (const MemoryShare& share : model.hardware.memory) memory += share.share;
  EXPECT_LE(memory, 1.0);
  for (const auto& lane : model.hardware.cpus) {
    double end = 0;
    for (const CpuSlice& slice : lane) {
      EXPECT_GE(slice.from, end - 1e-9) << "at " << n;
      EXPECT_LE(slice.to, 1 + 1e-9);
      end = slice.to;
    }
  }
  if (!model.packet) return;
  EXPECT_TRUE(ids.count(model.packet->task) > 0) << "at " << n << ": " << model.packet->task;
}

TEST(RunEcho, TheModelIsWholeAtEveryPosition) {
  for (std::size_t n = 0; n <= run_echo().size(); n += 3) expect_whole(run_echo(), n);
}

TEST(RunEcho, WhoActsIsInSight) {
  const Trace& trace = run_echo();
  const PictureOptions options;
  for (std::size_t n = 1; n <= trace.size(); n += 7) {
    const ShipModel model = ship_model(trace, trace.world_at(n), n, options);
    if (!model.packet || model.packet->slot != kHostSlot) continue;
    bool seen = false;
    for (std::size_t i = 0; i < model.host_tasks.size() && i < options.host_tasks_seen; ++i) {
      seen = seen || model.host_tasks[i].id == model.packet->task;
    }
    EXPECT_TRUE(seen) << "at " << n << ": " << model.packet->label << " of " << model.packet->task;
  }
}

TEST(RunEcho, ExplainHoldsEverythingThatThePictureShows) {
  const Trace& trace = run_echo();
  for (const bool large : {false, true}) {
    PictureOptions options;
    options.large_engine = large;
    for (std::size_t n = 0; n <= trace.size(); n += 29) {
      const std::string words = one_line(explain(trace, n, 80, options));
      for (const std::string& mark : strings_of(ship_model(trace, trace.world_at(n), n, options))) {
        EXPECT_NE(words.find(one_line(mark)), std::string::npos) << "at " << n << ": " << mark;
      }
    }
  }
}

TEST(RunEcho, PivotRootStaysInTheKernelInTheContainersMounts) {
  const Trace& trace = run_echo();
  const std::size_t n = after_call(trace, abi::Sys::pivot_root);
  ASSERT_GT(n, 0U);
  const ShipModel before = ship_model(trace, trace.world_at(n - 6), n - 6);
  const ShipModel model = ship_model(trace, trace.world_at(n), n);
  ASSERT_EQ(model.containers.size(), 1U);
  const Container& box = model.containers[0];
  EXPECT_EQ(box.state, "creating");
  EXPECT_EQ(box.actor.table(Column::Mount).front().sub, "overlay");
  EXPECT_TRUE(box.actor.table(Column::Mount).front().strong);
  EXPECT_EQ(before.containers[0].actor.table(Column::Mount).front().sub, "ext4");
  EXPECT_EQ(model.packet->label, R"(pivot_root(".", "."))");
  EXPECT_EQ(model.packet->column, Column::Mount);
  EXPECT_EQ(model.packet->reach, Where::Table);
  ASSERT_GE(box.notes.size(), 2U);
  EXPECT_EQ(box.notes[1], "echo hi there");
  ASSERT_EQ(box.plugs.size(), 3U);
  EXPECT_EQ(box.plugs[0].to, "/dev/null");
  EXPECT_EQ(box.plugs[1].to, "pipe");
  EXPECT_FALSE(box.actor.mesh);
  EXPECT_EQ(model.engine.station(StationId::Cache).sub, "busybox ✓");
  EXPECT_EQ(model.engine.station(StationId::Hub).sub, "asked");
}

TEST(RunEcho, AtTheEndTheRecordIsLeft) {
  const Trace& trace = run_echo();
  const ShipModel model = ship_model(trace, trace.head(), trace.size());
  ASSERT_EQ(model.containers.size(), 1U);
  EXPECT_EQ(model.containers[0].state, "exited 0");
  EXPECT_TRUE(model.containers[0].tasks.empty());
  EXPECT_FALSE(model.containers[0].solid);
  EXPECT_EQ(model.hardware.tops.size(), 1U);
  EXPECT_EQ(model.engine.station(StationId::Client).sub, "exit 0");
}

// ---- Words

TEST(CommandSentence, AStatusIsAProgramsOnlyWhereOneWasWaitedFor) {
  const auto at_the_end = [](const std::string& line) {
    const Trace trace = run_of("", line);
    return caption_of(trace, trace.head(), trace.size(), StepSize::Command, kNoEvent);
  };
  EXPECT_NE(at_the_end("run busybox true").why.find("first process"), std::string::npos);
  for (const char* line : {"version", "run -d busybox sleep 100"}) {
    EXPECT_NE(at_the_end(line).what.find("ended with 0"), std::string::npos) << line;
    EXPECT_EQ(at_the_end(line).why, "") << line;
  }
}

TEST(CommandSentence, AProgramThatMakesCallsIsNoCommand) {
  const auto told = [](const Trace& trace, std::size_t position) {
    return caption_of(trace, trace.world_at(position), position, StepSize::Command, kNoEvent).what;
  };
  const Trace program = sim::run_litmus(spec::Litmus(), {}).trace;
  for (std::size_t n = 1; n <= program.size(); ++n)
    EXPECT_NE(told(program, n).find("docker has no part"), std::string::npos) << n;
  const Trace& docker = run_echo();
  std::size_t n = 1;
  for (; n <= docker.size() && docker.world_at(n).engine->commands.empty(); ++n)
    EXPECT_NE(told(docker, n).find("no command has been typed"), std::string::npos) << n;
  EXPECT_NE(told(docker, n).find("You typed"), std::string::npos);
}

TEST(RunEcho, EveryPositionHasASentenceInEverySize) {
  const Trace& trace = run_echo();
  for (std::size_t n = 0; n <= trace.size(); n += 11) {
    const World world = trace.world_at(n);
    for (const StepSize size : kStepSizes) {
      const Caption said = caption_of(trace, world, n, size);
      EXPECT_FALSE(said.what.empty()) << "at " << n;
      EXPECT_EQ(said.what.find('{'), std::string::npos) << said.what;
    }
  }
}

TEST(RunEcho, ToldAsAStory) {
  const Told told = tell(run_echo());
  ASSERT_EQ(told.commands.size(), 1U);
  const ToldCommand& command = told.commands[0];
  EXPECT_TRUE(command.done);
  EXPECT_EQ(command.exit, 0);
  std::string beats;
  std::string output;
  for (const ToldBeat& beat : command.beats) {
    beats += std::string(spec::beat_name(beat.beat)) + " ";
    for (const ToldStep& step : beat.steps) {
      for (const ToldItem& item : step.items) {
        if (item.kind == ToldItem::Kind::Output) output += item.text + "\n";
      }
    }
  }
  EXPECT_EQ(beats, "ask look fetch create isolate limit isolate start speak end ");
  EXPECT_EQ(output, "hi there\n");
}

TEST(Annotate, WrapsAtAnyWidth) {
  for (const int columns : {40, 41, 57, 72, 80, 100, 133}) {
    EXPECT_LE(widest(annotate(run_echo(), columns)), static_cast<std::size_t>(columns));
  }
  EXPECT_EQ(annotate(run_echo(), 12), annotate(run_echo(), 40));
}

TEST(Annotate, IsPlainUnlessColourIsAskedFor) {
  EXPECT_EQ(annotate(run_echo(), 80).find('\x1b'), std::string::npos);
  AnnotateOptions color;
  color.color = true;
  EXPECT_NE(annotate(run_echo(), 80, color).find('\x1b'), std::string::npos);
}

TEST(Annotate, RunEcho) {
  expect_golden("viz_text/golden/run-echo.txt", steady(annotate(run_echo(), 80)));
}
TEST(Annotate, RunEchoNarrow) {
  expect_golden("viz_text/golden/run-echo-40.txt", steady(annotate(run_echo(), 40)));
}
TEST(Annotate, HelloFirst) {
  expect_golden("viz_text/golden/hello-first.txt", steady(annotate(hello_first(), 80)));
}

TEST(Explain, RunEchoAtPivotRoot) {
  const std::size_t n = after_call(run_echo(), abi::Sys::pivot_root);
  expect_golden("viz_text/golden/run-echo-pivot.txt", steady(explain(run_echo(), n)));
}

TEST(Explain, HelloFirstWhileTheLayerArrives) {
  const Trace& trace = hello_first();
  std::size_t n = 0;
  while (n < trace.size() && !is<LayerFetched>(trace.record(n))) ++n;
  PictureOptions options;
  options.large_engine = true;
  options.sentence_cards = {{"The client asked the server.", "ask"},
                            {"The server fetched this image from the hub.", "fetch"},
                            {"The server made a container of it and started me.", "create, start"},
                            {"What I write goes through the server to your terminal.", "speak"}};
  expect_golden("viz_text/golden/hello-first-fetch.txt",
                steady(explain(trace, n + 1, 80, options)));
}

}  // namespace
}  // namespace cutaway::viz
