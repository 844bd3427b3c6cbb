// The views beside the ship, and the close-ups: on every bundled scenario and in every window
// nothing collides, nothing is too small, and what had to be cut can be read by pointing at it.
#include <gtest/gtest.h>

#include <functional>

#include "tests/viz_layout/faults.h"
#include "tests/viz_layout/moments.h"
#include "tests/viz_layout/view_strings.h"
#include "tests/viz_text/model_strings.h"
#include "viz/panels/lens_view.h"
#include "viz/scene/channels_from_world.h"
#include "viz/scene/channels_scene.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/layers_from_world.h"
#include "viz/scene/layers_scene.h"
#include "viz/scene/lens_from_world.h"
#include "viz/scene/lens_scene.h"
#include "viz/scene/matrix_from_world.h"
#include "viz/scene/matrix_scene.h"
#include "viz/scene/ship.h"
#include "viz/scene/tree_from_world.h"
#include "viz/scene/tree_scene.h"
#include "viz/scene/window_layout.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

using Lines = std::vector<std::string>;

const FontMetrics& metrics() {
  static const FontMetrics all = FontMetrics::bundled();
  return all;
}
SceneStyle style() { return {kDark, metrics()}; }

/// A view of one moment: it is laid out in several windows.
struct Sighted {
  std::string name;
  Lines given;
  std::function<Scene(const Rect&)> in;
};
using Sights = std::vector<Sighted>;

Sighted lens_sight(const Lens& left, const Lens& right) {
  Lines given = strings_of(left);
  for (const std::string& each : strings_of(right)) given.push_back(each);
  return {"lens", given, [left, right](const Rect& box) {
            return lens_scene(left, right, style(), lens_area(box));
          }};
}

Sighted closeup_sight(const char* name, const Closeup& closeup) {
  return {name, strings_of(closeup),
          [closeup](const Rect& box) { return closeup_scene(closeup, style(), box); }};
}

Sighted ship_sight(const ShipModel& ship) {
  return {"ship from afar", strings_of(ship), [ship](const Rect& box) {
            ShipModel afar = ship;
            afar.level = Level::Ship;
            return ship_scene(afar, style(), box);
          }};
}

/// Of the newest container that has a process, else of the host.
int newest_slot(const World& world) {
  int slot = kHostSlot;
  for (const cutaway::Container* container : containers_by_slot(world)) {
    if (lens_eye(world, container->slot) != nullptr) slot = container->slot;
  }
  return slot;
}

void add_closeups(const Trace& trace, std::size_t n, const World& world, const ShipModel& ship,
                  Sights& sights) {
  for (const Container& container : ship.containers) {
    Closeup near;
    near.container = container_closeup(world, ship, container.actor.slot);
    if (near.container) sights.push_back(closeup_sight("container", near));
    break;
  }
  const auto now = happening_at(trace, n);
  if (!now) return;
  Closeup call, process;
  call.syscall = syscall_closeup(world, *now);
  if (call.syscall) sights.push_back(closeup_sight("syscall", call));
  const cutaway::Task* task = world.tasks.find(now->caller);
  if (task == nullptr) return;
  process.process = process_closeup(world, *task);
  sights.push_back(closeup_sight("process", process));
}

Sights sights_of(const Trace& trace, std::size_t n) {
  Sights sights;
  const World world = trace.world_at(n);
  const ShipModel ship = ship_model(trace, world, n, options_of(trace));
  const cutaway::Task* left = lens_eye(world, newest_slot(world));
  const cutaway::Task* right = lens_eye(world, kHostSlot);
  if (left != nullptr && right != nullptr)
    sights.push_back(lens_sight(lens_of(world, *left), lens_of(world, *right)));
  const Matrix matrix = matrix_of(world);
  sights.push_back({"matrix", strings_of(matrix),
                    [matrix](const Rect& box) { return matrix_scene(matrix, style(), box); }});
  const ProcessTree tree = tree_of(world, left == nullptr ? TaskId() : left->id);
  sights.push_back({"tree", strings_of(tree),
                    [tree](const Rect& box) { return tree_scene(tree, style(), box); }});
  const Channels channels = channels_of(trace, world, n, kNoEvent);
  sights.push_back({"channels", strings_of(channels), [channels](const Rect& box) {
                      return channels_scene(channels, style(), box);
                    }});
  const Layers layers = layers_of(trace, world, n);
  sights.push_back({"layers", strings_of(layers),
                    [layers](const Rect& box) { return layers_scene(layers, style(), box); }});
  sights.push_back(ship_sight(ship));
  add_closeups(trace, n, world, ship, sights);
  return sights;
}

/// What was cut or left out and nobody can find: it has no place that a pointer could meet.
Lines untold(const Scene& scene) {
  Lines found;
  for (const CutLabel& cut : scene.cuts) {
    const bool there = cut.box.w > 0 || (!cut.id.empty() && scene.find_hit(cut.id) != nullptr);
    if (!there) found.push_back("left out without a place that tells it: '" + cut.whole + "'");
  }
  return found;
}

class Views : public testing::TestWithParam<std::string> {
 protected:
  const Trace& trace() const { return trace_of(GetParam()); }
};

// Neighbouring moments look alike: each is laid out in some of the windows, in turn.
TEST_P(Views, AreTidyAtEverySize) {
  const std::vector<Screen> all = screens();
  std::size_t turn = 0;
  for (const std::size_t n : moments_of(trace(), 5)) {
    for (const Sighted& sight : sights_of(trace(), n)) {
      for (std::size_t i = turn % 5; i < all.size(); i += 5) {
        const Screen& s = all[i];
        const bool presenter = turn % 2 == 1;
        const Rect box =
            window_layout(s.width / s.scale, s.height / s.scale, {true, true, presenter}).picture;
        const Scene scene = sight.in(box);
        Lines found = faults(scene, s.scale, sight.given);
        for (const std::string& line : untold(scene)) found.push_back(line);
        for (const std::string& fault : found)
          ADD_FAILURE() << sight.name << " at " << n << ", " << s.name()
                        << (presenter ? " presented: " : ": ") << fault;
      }
    }
    ++turn;
  }
}

INSTANTIATE_TEST_SUITE_P(Bundled, Views, testing::ValuesIn(telling_ids()),
                         [](const auto& each) { return plain(each.param); });

}  // namespace
}  // namespace cutaway::viz
