#include "viz/panels/picture_panel.h"

#include <algorithm>

#include "viz/anim/easing.h"
#include "viz/draw/draw_scene.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/fade.h"

namespace cutaway::viz {
namespace {

constexpr double kRingRadius = 6;

bool something_moves(const ShipModel& model) {
  const auto& links = model.engine.links;
  return model.packet.has_value() ||
         std::any_of(links.begin(), links.end(), [](const LinkModel& link) { return link.moving; });
}

/// While the level changes, what comes grows (or shrinks) into its place …
DrawPlace picture_place(const Ui& ui, const Rect& box, const Camera* camera) {
  if (camera == nullptr || camera->appearing() >= 1) return {{0, 0}, ui.scale};
  const double rest = 1 - ease_out(camera->appearing());
  const double grown = camera->came_nearer() ? 1 - 0.06 * rest : 1 + 0.06 * rest;
  const ImVec2 middle = pixels(ui, {box.mid_x() * (1 - grown), box.mid_y() * (1 - grown)});
  return {middle, ui.scale * grown};
}

/// … out of the ground.
void draw_veil(const Ui& ui, ImDrawList& list, const Rect& box, const Camera* camera) {
  if (camera == nullptr || camera->appearing() >= 1) return;
  const Color veil = ui.theme.bg.faded(1 - ease_out(camera->appearing()));
  list.AddRectFilled(pixels(ui, {box.x, box.y}), pixels(ui, {box.right(), box.bottom()}),
                     packed(veil));
}

void note_hand(const Ui& ui, const Press& press, PicturePress& taken) {
  const ImGuiIO& io = ImGui::GetIO();
  taken.pointer = pointer(ui);
  if (press.hovered) taken.wheel = static_cast<double>(io.MouseWheel);
  if (press.hovered) taken.twice = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  if (press.held) {
    taken.drag = {static_cast<double>(io.MouseDelta.x) / ui.scale,
                  static_cast<double>(io.MouseDelta.y) / ui.scale};
  }
  if (press.clicked) taken.clicked = taken.hovered.empty() ? "none" : taken.hovered;
}

/// Two units of text colour, two units outside, on a halo so that it is seen on any ground.
void draw_ring(Pane& pane, const HitArea* around) {
  if (around == nullptr) return;
  const Theme& t = pane.theme();
  pane.ink().rect(around->box.inset(-3), kRingRadius, {{}, {t.bg, 6, {}}});
  pane.ink().rect(around->box.inset(-3), kRingRadius, {{}, {t.text, 2, {}}});
}

}  // namespace

PacketPlan plan_of(const ShipModel& model) {
  if (!something_moves(model)) return {0, false, false, false};
  if (!model.packet) return {2, false, false, false};
  const Packet& packet = *model.packet;
  return {stop_count(packet), packet.reach == Where::Hardware, packet.refused,
          packet.answer.has_value()};
}

double motion_seconds(const ShipModel& model) {
  const PacketPlan plan = plan_of(model);
  return plan.stations == 0 ? 0 : duration_ms(plan) / 1000;
}

Scene picture_scene(const SceneStyle& style, const Rect& box, const PictureShow& show) {
  if (show.closeup != nullptr && !show.closeup->empty())
    return closeup_scene(*show.closeup, style, box);
  const PacketPlan plan = plan_of(show.model);
  const PacketMotion motion = plan.stations == 0 ? at_rest() : packet_motion(plan, show.phase);
  if (show.camera == nullptr) return ship_scene(show.model, style, box, {}, motion);
  if (show.camera->at() == Nearness::Ship) {
    ShipModel afar = show.model;
    afar.level = Level::Ship;
    return ship_scene(afar, style, box, {}, motion);
  }
  return ship_scene(show.model, style, show.camera->area(box), {}, motion);
}

PicturePress draw_picture_panel(const Ui& ui, const Rect& box, const PictureShow& show) {
  Pane pane(ui, "Picture", box, {});
  Scene scene = picture_scene({ui.theme, ui.metrics}, box, show);
  if (show.hands != nullptr) fade(scene, "packet", show.hands->strength);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_scene(scene, list, ui.atlas, picture_place(ui, box, show.camera));
  draw_veil(ui, list, box, show.camera);
  const Press press = pane.press("Ship", box);
  PicturePress taken;
  taken.hovered = press.hovered ? std::string(scene.hit(pointer(ui))) : std::string();
  if (press.hovered) tell_cut(ui, scene);
  note_hand(ui, press, taken);
  if (show.hands != nullptr) {
    show.hands->hits = scene.hits;
    if (show.hands->ring) draw_ring(pane, show.hands->ring(scene.hits));
  }
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
  return taken;
}

}  // namespace cutaway::viz
