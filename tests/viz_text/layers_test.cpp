// Layers: what each container's files stand on, read from simulations.
#include <gtest/gtest.h>

#include "tests/viz_text/run_lines.h"
#include "viz/player/look.h"
#include "viz/scene/layers_from_world.h"
#include "viz/scene/layers_scene.h"
#include "viz/text/explain_look.h"

namespace cutaway::viz {
namespace {

const Trace& three() {
  static const Trace trace =
      run_lines({"run -d --name ann busybox sleep 1000", "run -d --name bob busybox sleep 1000",
                 "run -d --name cid busybox sleep 1000"});
  return trace;
}

Layers layers_at_end(const Trace& trace) { return layers_of(trace, trace.head(), trace.size()); }

TEST(Layers, ThreeContainersStandOnOneLayerAndReachOneFile) {
  const Layers layers = layers_at_end(three());
  ASSERT_EQ(layers.columns.size(), 3U);
  ASSERT_EQ(layers.bricks.size(), 1U);
  EXPECT_EQ(layers.bricks[0].label, "busybox");
  ASSERT_EQ(layers.files.size(), 1U);
  EXPECT_EQ(layers.files[0].path, "/bin/busybox");
  EXPECT_EQ(layers.files[0].brick, 0);
  EXPECT_EQ(layers.files[0].slots, (std::vector<int>{0, 1, 2}));
  for (const LayersColumn& column : layers.columns) {
    EXPECT_EQ(column.top, "0 B");
    EXPECT_EQ(column.mount, "overlay");
  }
  EXPECT_EQ(layers_caption(layers).what,
            "Three containers reach the same file, and their tops hold 0 B.");
}

TEST(Layers, AnImageAloneLiesOnTheDisk) {
  const Trace trace = run_lines({"pull busybox", "pull hello-world"});
  const Layers layers = layers_at_end(trace);
  EXPECT_TRUE(layers.columns.empty());
  EXPECT_EQ(layers.bricks.size(), 2U);
  EXPECT_EQ(layers_caption(layers).what, "No container stands on an image yet.");
  const FontMetrics metrics = FontMetrics::bundled();
  const Scene scene = layers_scene(layers, {kDark, metrics}, {0, 40, 1600, 640});
  for (const LayersBrick& brick : layers.bricks) EXPECT_NE(scene.find_hit(brick.id), nullptr);
  EXPECT_TRUE(overlaps(scene).empty());
}

TEST(Layers, WhatWasCreatedHasATopAndNoProcess) {
  const Trace trace = run_lines({"create --name box busybox"});
  const Layers layers = layers_at_end(trace);
  ASSERT_EQ(layers.columns.size(), 1U);
  EXPECT_TRUE(layers.columns[0].task.empty());
  EXPECT_EQ(layers.columns[0].file, -1);
  EXPECT_EQ(layers.columns[0].top, "0 B");
  EXPECT_EQ(layers.columns[0].bricks.size(), 1U);
}

/// What is to be seen when this program has just opened a file.
Layers when_opened(const Trace& trace, const std::string& comm, const std::string& path) {
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* opened = std::get_if<FileOpened>(&event.body);
    if (opened == nullptr || opened->file.is.find(path) == std::string::npos) continue;
    const World world = trace.world_at(n + 1);
    const cutaway::Task* task = world.tasks.find(event.stamp.task);
    if (task != nullptr && task->comm == comm) return layers_of(trace, world, n + 1);
  }
  ADD_FAILURE() << comm << " did not open it";
  return {};
}

TEST(Layers, AFileThatWasWrittenLiesInTheTop) {
  const Trace trace = run_lines({"run busybox sh -c 'echo mine > /own; cat /own'"});
  const Layers layers = when_opened(trace, "cat", "/own");
  ASSERT_EQ(layers.files.size(), 1U);
  EXPECT_EQ(layers.files[0].path, "/own");
  EXPECT_EQ(layers.files[0].brick, -1);
  EXPECT_EQ(layers.columns[0].top, "5 B");
}

// One path: every container's own stack answers, also of those that do not ask just now.
TEST(Layers, ACallsPathIsLookedUpInEveryStack) {
  const Trace trace = run_lines({"run -d --name two python:2 sh -c 'sleep 1000'",
                                 "run python:3 sh -c 'head -c 1 /usr/bin/python'"});
  const Layers layers = when_opened(trace, "head", "/usr/bin/python");
  ASSERT_EQ(layers.files.size(), 2U);
  EXPECT_EQ(layers.files[0].path, layers.files[1].path);
  EXPECT_NE(layers.files[0].brick, layers.files[1].brick);
  EXPECT_NE(layers.files[0].inode, layers.files[1].inode);
  EXPECT_TRUE(layers.same_path && layers.looking);
  EXPECT_EQ(layers_caption(layers).what.substr(0, 20), "One path, two files:");
}

TEST(Layers, TheTwinSaysWhatThePictureShows) {
  Look look;
  look.view = View::Layers;
  const auto said = explain_look(three(), three().size(), look, 100);
  ASSERT_TRUE(said);
  for (const char* words : {"Three containers reach the same file", "Container A, ann",
                            "Stands on: its own top 0 B, on busybox",
                            "Reaches: /bin/busybox lies in busybox, inode", "All tops: 0 B."})
    EXPECT_NE(said->find(words), std::string::npos) << words << " in\n" << *said;
}

TEST(Layers, NothingOverlapsAtAnySize) {
  const FontMetrics metrics = FontMetrics::bundled();
  const SceneStyle style = {kDark, metrics};
  const Layers layers = layers_at_end(three());
  for (const Rect& area : {Rect{0, 40, 420, 300}, Rect{0, 40, 760, 480}, Rect{0, 40, 1024, 560},
                           Rect{0, 40, 1600, 640}}) {
    const Scene scene = layers_scene(layers, style, area);
    for (const std::string& line : overlaps(scene)) ADD_FAILURE() << area.w << ": " << line;
    for (const std::string& line : labels_outside(scene)) ADD_FAILURE() << area.w << ": " << line;
  }
}

}  // namespace
}  // namespace cutaway::viz
