#include "viz/panels/lens_view.h"

#include <algorithm>

#include "viz/draw/draw_scene.h"
#include "viz/scene/lens_scene.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kShipShare = 0.38;
constexpr double kShipsFrom = 1000;  // a narrower view has room for the lenses alone
constexpr double kShipsHigh = 400;   // and so has a lower one
constexpr double kChipH = 30;
constexpr double kLineH = 40;
constexpr double kBothLinesFrom = 380;  // height of a view in which one may choose both …
constexpr double kOneLineFrom = 220;    // … or one; in a lower one there is only what is seen
constexpr double kHeadH = 34;

struct Places {
  Rect ship, chips, lenses;
};

Places places_of(const Rect& box) {
  Places p;
  const Rect inner = {box.x + 8, box.y + 6, box.w - 16, box.h - 12};
  const bool roomy = inner.w >= kShipsFrom && inner.h >= kShipsHigh;
  const double ship_w = roomy ? inner.w * kShipShare : 0;
  const double chips_h = inner.h >= kBothLinesFrom ? 2 * kLineH
                         : inner.h >= kOneLineFrom ? kLineH
                                                   : 0;
  if (roomy) {
    p.ship = {inner.x, inner.y + kHeadH, ship_w, inner.h - kHeadH - chips_h};
    p.chips = {inner.x, inner.bottom() - chips_h, ship_w, chips_h};
    p.lenses = {inner.x + ship_w + 22, inner.y, inner.w - ship_w - 22, inner.h};
  } else {
    p.chips = {inner.x, inner.bottom() - chips_h, inner.w, chips_h};
    p.lenses = {inner.x, inner.y, inner.w, inner.h - chips_h - (chips_h > 0 ? 6 : 0)};
  }
  return p;
}

/// One to look out of. Returns where the next may begin.
double draw_chip(Pane& pane, const char* line, const Eye& eye, Point at, bool on, bool& pressed) {
  SceneBuilder& b = pane.ink();
  const Theme& t = pane.theme();
  const TextStyle style = {.size = type::kSmall, .bold = on, .width_max = 140};
  const double words = std::min(b.width(eye.name, style), 140.0);
  const double width = 10 + tag_width(eye.slot) + 8 + words + 12;
  const Rect box = {at.x, at.y, width, kChipH};
  const Press press = pane.press((std::string(line) + " " + eye.name).c_str(), box);
  const Color color = slot_color(t, eye.slot);
  b.rect(box, 6,
         {on              ? color.faded(0.18)
          : press.hovered ? t.raised
                          : t.panel,
          {on ? color : t.line2, on ? 2.0 : 1.0, {}}});
  const double x = tag(b, {at.x + 10, at.y + 7.5}, eye.slot) + 8;
  b.text({x, at.y + 19.8}, eye.name, style);
  pressed = press.clicked;
  return at.x + width + 8;
}

void draw_chips(Pane& pane, const Rect& box, StageState& state, const StageContent& content) {
  struct Line {
    const char* name;
    int* slot;
    int shown;
  };
  const Line lines[] = {{"Lens on", &state.left, content.left_slot},
                        {"Beside it", &state.right, state.right}};
  double y = box.y;
  for (const Line& line : lines) {
    if (y + kLineH > box.bottom() + 1) break;
    pane.ink().text({box.x, y + 24}, line.name,
                    {.size = type::kSmall, .color = pane.theme().text3});
    double x = box.x + 74;
    for (const Eye& eye : content.eyes) {
      if (x > box.right() - 90) break;
      bool pressed = false;
      x = draw_chip(pane, line.name, eye, {x, y + 4}, eye.slot == line.shown, pressed);
      if (pressed) *line.slot = eye.slot;
    }
    y += kLineH;
  }
}

void put(const Ui& ui, Scene scene) {
  draw_scene(scene, *ImGui::GetWindowDrawList(), ui.atlas, {{0, 0}, ui.scale});
  if (ImGui::IsWindowHovered()) tell_cut(ui, scene);
  if (ui.record != nullptr) ui.record->push_back(std::move(scene));
}

}  // namespace

Rect lens_area(const Rect& box) { return places_of(box).lenses; }

Scene lens_ship(const ShipModel& ship, int slot, const SceneStyle& style, const Rect& area) {
  ShipModel lit = ship;
  lit.level = Level::Ship;
  lit.lit = slot;
  lit.packet.reset();
  lit.signal.reset();
  return ship_scene(lit, style, area);
}

void draw_lens_view(const Ui& ui, const Rect& box, StageState& state, const StageContent& content,
                    const ShipModel& ship) {
  Pane pane(ui, "Lens view", box, {});
  const Places p = places_of(box);
  const SceneStyle style = {ui.theme, ui.metrics};
  if (p.ship.w > 0) {
    const double x = pane.ink().text({p.ship.x, p.ship.y - 12}, "What it can reach is lit,",
                                     {.size = type::kMedium, .bold = true});
    pane.ink().text(
        {x + 5, p.ship.y - 12}, "all else is there but out of its sight",
        {.size = type::kMedium, .color = ui.theme.text2, .width_max = p.ship.right() - x - 5});
    pane.flush();
    put(ui, lens_ship(ship, content.left_slot, style, p.ship));
  }
  draw_chips(pane, p.chips, state, content);
  if (content.left.sections.empty()) return;
  pane.flush();
  put(ui, lens_scene(content.left, content.right, style, p.lenses));
}

}  // namespace cutaway::viz
