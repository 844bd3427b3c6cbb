// The picture of the channels at every size: nothing collides, nothing is cut in silence, and the
// three channels are told apart without their colour.
#include <gtest/gtest.h>

#include "tests/viz_layout/faults.h"
#include "tests/viz_layout/random_ship.h"
#include "viz/scene/channels_scene.h"
#include "viz/scene/loudness.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

ChannelPlug random_plug(Dice& dice, std::size_t channel) {
  static const std::vector<PlugKind> kKinds = {PlugKind::Pipe, PlugKind::Pipe,   PlugKind::Null,
                                               PlugKind::File, PlugKind::Socket, PlugKind::Closed};
  ChannelPlug plug;
  plug.kind = dice.one_of(kKinds);
  plug.is = plug.kind == PlugKind::Pipe   ? "pipe:[" + std::to_string(dice.below(99999)) + "]"
            : plug.kind == PlugKind::Null ? "/dev/null"
                                          : "/var/lib/docker/containers/8f2c/some-file.log";
  if (plug.tube()) plug.held_by = "containerd-shim 4490";
  plug.waiting = dice.chance(40) ? static_cast<std::int64_t>(dice.below(70000)) : 0;
  plug.attached = plug.tube() && dice.chance(60) && (channel != 0 || dice.chance(50));
  return plug;
}

void number_stations(Dice& dice, ChannelColumn& column) {
  for (int n = 1; n <= 5; ++n)
    column.stations.push_back(
        {n, "server keeps", "4 bytes: hi",
         dice.chance(60) ? CaptionPart::State::Ok : CaptionPart::State::Next});
  column.numbers = {2, 0, 3, 4, 5, 1};
  column.trail_channel = dice.below(kChannelCount);
}

ChannelColumn random_column(Dice& dice, int slot) {
  ChannelColumn column;
  column.slot = slot;
  column.id = random_name(dice);
  column.flags = dice.chance(50) ? "-it" : "no -i, no -t";
  column.said = "0, 1, 2 are one terminal";
  column.attached = dice.chance(60);
  column.server = "dockerd";
  column.client = column.attached ? "docker" : "";
  for (std::size_t i = dice.below(5); i > 0; --i)
    column.terminal.push_back("$ docker run --rm -i --name " + random_name(dice) + " busybox cat");
  for (std::size_t i = dice.below(5); i > 0; --i)
    column.log.push_back({"a line that says " + random_name(dice), 1 + dice.below(2)});
  column.notes = {"one way out for 1 and 2;", "\\n leaves as \\r\\n", "Ctrl-C is a signal"};
  if (dice.chance(15)) return column;
  column.task = "task:4711";
  column.pid_here = "1";
  column.pid_on_host = "4711";
  column.comm = dice.chance(50) ? "sh" : "a-long-program";
  for (std::size_t k = 0; k < kChannelCount; ++k) column.plugs[k] = random_plug(dice, k);
  if (dice.chance(30)) {
    for (ChannelPlug& plug : column.plugs)
      plug = {PlugKind::Pty, "/dev/pts/0", "containerd-shim 4490", 0, column.attached};
  }
  if (dice.chance(70)) number_stations(dice, column);
  const std::size_t channel = dice.below(kChannelCount);
  if (column.plugs[channel].tube())
    column.move = ChannelMove{channel, static_cast<Hop>(dice.below(kHopCount)), channel == 0,
                              static_cast<std::int64_t>(dice.below(90000)), "hi"};
  return column;
}

std::vector<std::string> strings_of(const Channels& channels) {
  std::vector<std::string> all;
  for (const ChannelColumn& c : channels.columns) {
    all.insert(all.end(), c.terminal.begin(), c.terminal.end());
    for (const ChannelPlug& plug : c.plugs) all.push_back(plug.is);
  }
  return all;
}

Channels random_channels(std::uint64_t seed) {
  Dice dice(seed);
  Channels channels;
  const std::size_t count = 1 + dice.below(3);
  for (std::size_t i = 0; i < count; ++i)
    channels.columns.push_back(random_column(dice, static_cast<int>(i)));
  channels.more = dice.chance(30) ? 4 : 0;
  return channels;
}

TEST(ChannelsLayout, IsTidyAtEverySize) {
  static const FontMetrics metrics = FontMetrics::bundled();
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Channels channels = random_channels(seed);
    for (const Screen& screen : screens()) {
      const Rect room = window_layout(screen.width / screen.scale, screen.height / screen.scale,
                                      {false, false, false})
                            .picture;
      const Scene scene = channels_scene(channels, {kDark, metrics}, room);
      for (const std::string& fault : faults(scene, screen.scale, strings_of(channels)))
        ADD_FAILURE() << "seed " << seed << " at " << screen.name() << ": " << fault;
    }
  }
}

// Marks of one tube: what is drawn for its descriptor.
std::string shapes_of(const Scene& scene, const std::string& id) {
  std::string kinds;
  for (const Mark& mark : scene.marks) {
    if (mark.id == id) kinds += std::to_string(mark.shape.index());
  }
  return kinds;
}

TEST(ChannelsLayout, EachChannelHasTicksOfItsOwn) {
  static const FontMetrics metrics = FontMetrics::bundled();
  Channels channels;
  ChannelColumn column;
  column.slot = 0;
  column.id = "web";
  column.task = "task:4711";
  column.pid_here = "1";
  column.attached = true;
  for (ChannelPlug& plug : column.plugs)
    plug = {PlugKind::Pipe, "pipe:[7]", "dockerd 812", 0, true};
  channels.columns = {column};
  const Scene scene = channels_scene(channels, {kDark, metrics}, window_layout(1600, 900).picture);
  const std::string in = shapes_of(scene, "fd:web/0");
  const std::string out = shapes_of(scene, "fd:web/1");
  EXPECT_NE(in, out);  // dots, and the arrow at the other end
  // Bars lie level, slants do not.
  const auto slanted = [&](const std::string& id) {
    std::size_t count = 0;
    for (const Mark& mark : scene.marks) {
      const auto* path = std::get_if<PathMark>(&mark.shape);
      if (mark.id != id || path == nullptr || path->points.size() != 2) continue;
      const bool upright = path->points[0].x == path->points[1].x;
      count += !upright && path->points[0].y != path->points[1].y ? 1 : 0;
    }
    return count;
  };
  EXPECT_EQ(slanted("fd:web/1"), 0U);
  EXPECT_GT(slanted("fd:web/2"), 3U);
}

TEST(ChannelsLayout, BytesTravelAndNothingElseMoves) {
  static const FontMetrics metrics = FontMetrics::bundled();
  int travelled = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Channels channels = random_channels(seed);
    const Rect room = window_layout(1600, 900).picture;
    const Scene before = channels_scene(channels, {kDark, metrics}, room, 0.2);
    const Scene after = channels_scene(channels, {kDark, metrics}, room, 0.6);
    const auto moving = moving_things(before, after);
    EXPECT_LE(moving.size(), kMovingMost);
    for (const std::string& id : moving) EXPECT_EQ(id, "bytes");
    travelled += moving.empty() ? 0 : 1;
  }
  EXPECT_GT(travelled, 10);
}

}  // namespace
}  // namespace cutaway::viz
