#include "viz/panels/picture_panel.h"

#include <algorithm>

#include "viz/draw/draw_scene.h"

namespace cutaway::viz {
namespace {

/// The whole of a label that had to be shortened.
const CutLabel* cut_of(const Scene& scene, std::string_view id) {
  const auto found = std::find_if(scene.cuts.begin(), scene.cuts.end(),
                                  [id](const CutLabel& cut) { return cut.id == id; });
  return found == scene.cuts.end() ? nullptr : &*found;
}

bool something_moves(const ShipModel& model) {
  const auto& links = model.engine.links;
  return model.packet.has_value() ||
         std::any_of(links.begin(), links.end(), [](const LinkModel& link) { return link.moving; });
}

}  // namespace

PacketPlan plan_of(const ShipModel& model) {
  if (!something_moves(model)) return {0, false, false, false};
  if (!model.packet) return {2, false, false, false};
  const Packet& packet = *model.packet;
  const int stations = std::clamp(static_cast<int>(packet.reach) + 1, 2, 5);
  return {stations, packet.reach == Where::Hardware, packet.refused, packet.answer.has_value()};
}

double motion_seconds(const ShipModel& model) {
  const PacketPlan plan = plan_of(model);
  return plan.stations == 0 ? 0 : duration_ms(plan) / 1000;
}

std::string draw_picture_panel(const Ui& ui, const Rect& box, const ShipModel& model,
                               double phase) {
  Pane pane(ui, "Picture", box, {});
  const PacketPlan plan = plan_of(model);
  const PacketMotion motion = plan.stations == 0 ? at_rest() : packet_motion(plan, phase);
  Scene scene = ship_scene(model, {ui.theme, ui.metrics}, box, {}, motion);
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  const Press press = pane.press("Ship", box);
  const std::string id(press.hovered ? scene.hit(pointer(ui)) : std::string_view());
  const CutLabel* cut = id.empty() ? nullptr : cut_of(scene, id);
  if (cut != nullptr) tooltip(ui, cut->whole);
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
  if (!press.clicked) return "";
  return id.empty() ? "none" : id;
}

}  // namespace cutaway::viz
