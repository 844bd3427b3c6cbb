#include "viz/panels/views.h"

#include "spec/words.h"
#include "viz/draw/draw_scene.h"
#include "viz/panels/lens_view.h"
#include "viz/scene/channels_from_world.h"
#include "viz/scene/channels_scene.h"
#include "viz/scene/layers_from_world.h"
#include "viz/scene/layers_scene.h"
#include "viz/scene/lens_from_world.h"
#include "viz/scene/matrix_from_world.h"
#include "viz/scene/matrix_scene.h"
#include "viz/scene/tree_from_world.h"
#include "viz/scene/tree_scene.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

TaskId acting_task(const Moment& moment, const Trace& trace) {
  return moment.focus == kNoEvent ? TaskId() : TaskId(trace.record(moment.focus).task);
}

std::vector<Eye> eyes_of(const World& world) {
  std::vector<Eye> eyes = {{kHostSlot, "host"}};
  for (const cutaway::Container* container : containers_by_slot(world)) {
    if (first_alive(world, container->number) != nullptr)
      eyes.push_back({container->slot, container_name(world, *container)});
  }
  return eyes;
}

/// The one who acts, when it lives in a container; else the newest container; else the host.
int natural_slot(const World& world, TaskId who, const std::vector<Eye>& eyes) {
  const cutaway::Task* task = world.tasks.find(who);
  const cutaway::Container* home = task == nullptr ? nullptr : home_of(world, *task);
  return home != nullptr && lens_eye(world, home->slot) != nullptr ? home->slot : eyes.back().slot;
}

void look_through(StageContent& content, const StageState& state, const World& world, TaskId who) {
  content.eyes = eyes_of(world);
  content.left_slot =
      state.left == StageState::kNobody ? natural_slot(world, who, content.eyes) : state.left;
  const cutaway::Task* left = lens_eye(world, content.left_slot);
  const cutaway::Task* right = lens_eye(world, state.right);
  if (left == nullptr || right == nullptr) {
    const spec::Sentence& said = spec::Words::of()["lens.none"];
    content.caption = {said.what, said.why, {}};
    return;
  }
  content.left = lens_of(world, *left);
  content.right = lens_of(world, *right);
  content.caption = lens_caption(world, *left);
}

std::string show_scene(const Ui& ui, const Rect& box, const char* name, Scene scene) {
  Pane pane(ui, name, box, {});
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  const Press press = pane.press(name, box);
  std::string id;
  if (press.clicked) {
    id = std::string(scene.hit(pointer(ui)));
    if (id.empty()) id = "none";
  }
  if (press.hovered) tell_cut(ui, scene);
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
  return id;
}

}  // namespace

const std::vector<ViewRow>& view_rows() {
  static const std::vector<ViewRow> rows = {
      {View::Ship, "Ship", "The whole machine"},
      {View::Lens, "Lens", "What one process sees (l)"},
      {View::Matrix, "Matrix", "Who has which namespace (x)"},
      {View::Tree, "Tree", "Processes and all their pids (y)"},
      {View::Channels, "Channels", "stdin, stdout, stderr: the way of the bytes (o)"},
      {View::Layers, "Layers", "What each container's files stand on (s)"},
  };
  return rows;
}

StageContent stage_content(const StageState& state, const World& world, const Moment& moment,
                           const Trace& trace) {
  StageContent content;
  content.of = state;
  const TaskId who = acting_task(moment, trace);
  if (state.view == View::Lens) look_through(content, state, world, who);
  if (state.view == View::Matrix) {
    content.matrix = matrix_of(world);
    content.caption = matrix_caption(content.matrix);
  }
  if (state.view == View::Tree) {
    content.tree = tree_of(world, who);
    content.caption = tree_caption(content.tree);
  }
  if (state.view == View::Channels) {
    content.channels = channels_of(trace, world, moment.position, moment.focus);
    content.caption = channels_caption(content.channels);
  }
  if (state.view == View::Layers) {
    content.layers = layers_of(trace, world, moment.position, moment.focus);
    content.caption = layers_caption(content.layers);
  }
  return content;
}

void toggle_view(StageState& state, View view) {
  state.view = state.view == view ? View::Ship : view;
}

int next_slot(const World& world, int slot) {
  const std::vector<Eye> eyes = eyes_of(world);
  for (std::size_t i = 0; i + 1 < eyes.size(); ++i) {
    if (eyes[i].slot == slot) return eyes[i + 1].slot;
  }
  return eyes.front().slot;
}

std::string draw_stage(const Ui& ui, const Rect& box, StageState& state,
                       const StageContent& content, const ShipModel& ship, double phase) {
  const SceneStyle style = {ui.theme, ui.metrics};
  switch (state.view) {
    case View::Lens:
      draw_lens_view(ui, box, state, content, ship);
      return "";
    case View::Matrix:
      return show_scene(ui, box, "Matrix picture", matrix_scene(content.matrix, style, box));
    case View::Tree:
      return show_scene(ui, box, "Tree picture", tree_scene(content.tree, style, box));
    case View::Channels:
      return show_scene(ui, box, "Channels picture",
                        channels_scene(content.channels, style, box, phase));
    case View::Layers:
      return show_scene(ui, box, "Layers picture", layers_scene(content.layers, style, box));
    case View::Ship:
      break;
  }
  return "";
}

}  // namespace cutaway::viz
