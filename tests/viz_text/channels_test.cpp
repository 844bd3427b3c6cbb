// stdin, stdout, stderr of simulated containers: what is plugged in, and the way of each byte.
#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "sim/simulator.h"
#include "trace/world/lookup.h"
#include "viz/player/event_class.h"
#include "viz/scene/channels_from_world.h"
#include "viz/scene/channels_scene.h"
#include "viz/text/explain_look.h"

namespace cutaway::viz {
namespace {

Trace run_fed(const std::string& line, const std::string& fed = "") {
  sim::SimulatorOptions options;
  options.machine.memory = std::int64_t{8} << 30;
  sim::Simulator simulator(options);
  SideCommand command;
  command.line = line;
  command.stdin_text = fed;
  EXPECT_TRUE(split_shell_words(line, command.words));
  const auto index = simulator.submit(command);
  EXPECT_TRUE(index && simulator.run_until_done(*index));
  return simulator.take_trace();
}

const Trace& both_channels() {
  static const Trace trace =
      run_fed("run --name box busybox sh -c 'echo out; sleep 1; echo err >&2'");
  return trace;
}
const Trace& fed() {
  static const Trace trace = run_fed("run -i --name pipe busybox cat", "hi there\n");
  return trace;
}

/// At every event that may move bytes: the column of the one container.
template <class Look>
void each_moment(const Trace& trace, Look look) {
  World world = trace.world_at(0);
  for (std::size_t n = 0; n < trace.size(); ++n) {
    evolve(world, trace.event(n));
    const Record& record = trace.record(n);
    if (!is<BytesMoved>(record) && !is<ContainerLogged>(record)) continue;
    const Channels channels = channels_of(trace, world, n + 1);
    if (!channels.columns.empty()) look(channels, n + 1);
  }
}

struct Seen {
  Hop hop;
  std::int64_t bytes;
};
/// The hops of one channel, in the order in which they happen.
std::vector<Seen> hops_of(const Trace& trace, std::size_t channel, bool inwards) {
  std::vector<Seen> hops;
  each_moment(trace, [&](const Channels& channels, std::size_t) {
    const auto& move = channels.columns[0].move;
    if (move && move->channel == channel && move->inwards == inwards)
      hops.push_back({move->hop, move->bytes});
  });
  return hops;
}

void expect_whole_way(const std::vector<Seen>& hops, std::int64_t bytes) {
  const Hop kWay[] = {Hop::Kernel, Hop::Server, Hop::Log, Hop::Client, Hop::Terminal};
  std::string seen;
  for (const Seen& hop : hops) seen += std::to_string(static_cast<int>(hop.hop)) + " ";
  ASSERT_EQ(hops.size(), kHopCount) << seen;
  for (std::size_t i = 0; i < kHopCount; ++i) {
    EXPECT_EQ(hops[i].hop, kWay[i]) << i;
    EXPECT_EQ(hops[i].bytes, bytes) << i;
  }
}

TEST(Channels, OneWriteGoesThroughKernelServerLogAndClientToTheTerminal) {
  expect_whole_way(hops_of(both_channels(), 1, false), 4);
  expect_whole_way(hops_of(both_channels(), 2, false), 4);
}

TEST(Channels, WhatIsFedGoesTheOtherWay) {
  const auto hops = hops_of(fed(), 0, true);
  std::vector<Hop> way;
  for (const Seen& each : hops) way.push_back(each.hop);
  EXPECT_EQ(way, (std::vector<Hop>{Hop::Terminal, Hop::Client, Hop::Server, Hop::Kernel}));
  for (const Seen& each : hops) EXPECT_EQ(each.bytes, 9);
  expect_whole_way(hops_of(fed(), 1, false), 9);
}

TEST(Channels, TheFlagsDecideWhatIsPluggedIn) {
  bool null_seen = false;
  each_moment(both_channels(), [&](const Channels& channels, std::size_t) {
    const ChannelColumn& box = channels.columns[0];
    if (!box.move || box.move->hop != Hop::Kernel) return;
    null_seen = true;
    EXPECT_EQ(box.plugs[0].kind, PlugKind::Null);
    EXPECT_EQ(box.said, "0 is /dev/null");
    EXPECT_EQ(box.flags, "no -i, no -t");
    EXPECT_FALSE(box.plugs[0].attached);
    for (const std::size_t k : {1U, 2U}) {
      EXPECT_EQ(box.plugs[k].kind, PlugKind::Pipe);
      EXPECT_TRUE(box.plugs[k].attached);
      EXPECT_FALSE(box.plugs[k].held_by.empty());
    }
  });
  EXPECT_TRUE(null_seen);
  bool pipe_seen = false;
  each_moment(fed(), [&](const Channels& channels, std::size_t) {
    const ChannelColumn& pipe = channels.columns[0];
    if (!pipe.move || pipe.move->hop != Hop::Kernel) return;
    pipe_seen = true;
    EXPECT_EQ(pipe.plugs[0].kind, PlugKind::Pipe);
    EXPECT_TRUE(pipe.plugs[0].attached);
    EXPECT_EQ(pipe.flags, "-i");
  });
  EXPECT_TRUE(pipe_seen);
}

TEST(Channels, WhoRunsInTheBackgroundSpeaksToTheLogAlone) {
  const Trace trace = run_fed("run -d --name back busybox sh -c 'echo once; sleep 1000'");
  const Channels channels = channels_of(trace, trace.head(), trace.size());
  ASSERT_EQ(channels.columns.size(), 1U);
  const ChannelColumn& back = channels.columns[0];
  EXPECT_FALSE(back.attached);
  EXPECT_FALSE(back.plugs[1].attached);
  for (const CaptionPart& part : back.stations) EXPECT_NE(part.head, "client prints");
}

// The stations light up one after the other, and say how many bytes there were.
TEST(Channels, TheStationsOfAWriteAreNumberedAndTickedInOrder) {
  std::size_t most = 0;
  each_moment(both_channels(), [&](const Channels& channels, std::size_t n) {
    const ChannelColumn& box = channels.columns[0];
    if (box.stations.empty()) return;
    ASSERT_EQ(box.stations.size(), 5U) << n;
    std::size_t done = 0;
    for (const CaptionPart& part : box.stations) {
      EXPECT_EQ(part.number, static_cast<int>(&part - box.stations.data()) + 1);
      if (part.state == CaptionPart::State::Ok) ++done;
    }
    for (std::size_t i = 0; i < done; ++i)
      EXPECT_EQ(box.stations[i].state, CaptionPart::State::Ok) << "at " << n << ", " << i;
    most = std::max(most, done);
  });
  EXPECT_EQ(most, 5U);
}

TEST(Channels, TheTwinSaysPlugsTubesAndBytes) {
  std::string said;
  each_moment(both_channels(), [&](const Channels& channels, std::size_t n) {
    const auto& move = channels.columns[0].move;
    if (!move || move->channel != 2 || move->hop != Hop::Kernel) return;
    Look look;
    look.view = View::Channels;
    const auto told = explain_look(both_channels(), n, look, 100);
    ASSERT_TRUE(told);
    said = *told;
  });
  for (const char* words :
       {"sh writes 4 bytes to stderr.", "0 stdin: /dev/null, no tube.",
        "1 stdout: pipe:", "on to client and terminal.", "4 bytes lie in it",
        "On the move: 4 bytes of stderr", "1 process writes: 4 bytes", "json log, stdout: out"})
    EXPECT_NE(said.find(words), std::string::npos) << words << " in\n" << said;
}

}  // namespace
}  // namespace cutaway::viz
