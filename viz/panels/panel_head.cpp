#include "viz/panels/panel_head.h"

#include <string>

#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

void fold_triangle(SceneBuilder& b, Point at, bool open, Color color) {
  if (open)
    b.shape({{at.x, at.y, 0}, {at.x + 8, at.y, 0}, {at.x + 4, at.y + 5, 0}}, {color, {}});
  else
    b.shape({{at.x + 2, at.y - 2, 0}, {at.x + 7, at.y + 2, 0}, {at.x + 2, at.y + 6, 0}},
            {color, {}});
}

std::vector<Corner> diamond(Point at, double across, double down) {
  return {{at.x, at.y - down, 0},
          {at.x + across, at.y, 0},
          {at.x, at.y + down, 0},
          {at.x - across, at.y, 0}};
}

}  // namespace

double panel_head(Pane& pane, const Rect& box, const PanelTitle& title, bool& open) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const Press press = pane.press(title.name, {box.x, box.y, box.w, kPanelHead});
  if (press.clicked) open = !open;
  b.line({box.x, box.y + 0.5}, {box.right(), box.y + 0.5}, {t.line, 1, {}});
  fold_triangle(b, {box.x + kPanelPad, box.y + 15}, open, press.hovered ? t.text : t.text3);
  const double end =
      b.text({box.x + 30, box.y + 22}, title.name, {.size = type::kMedium, .bold = true});
  const double room = box.right() - kPanelPad - end - 12;
  b.text({box.right() - kPanelPad, box.y + 22}, title.extra,
         {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End, .width_max = room});
  return box.y + kPanelHead;
}

void draw_sign(SceneBuilder& b, Point at, EventSign sign, Color color, bool hollow) {
  const Theme& t = b.theme();
  const auto paint = [hollow](Color c) { return Paint{hollow ? Color{} : c, {c, 1.2, {}}}; };
  switch (sign) {
    case EventSign::Call:
      return b.circle(at, 4, paint(color));
    case EventSign::Refused:
      return cross_mark(b, at, 4, {hollow ? t.text3 : t.bad, 2, {}});
    case EventSign::Change:
      return b.shape(diamond(at, 5, 5), paint(color));
    case EventSign::Cgroup:
      return b.rect({at.x - 5, at.y - 3, 10, 6}, 2, paint(color));
    case EventSign::Signal:
      return b.shape(diamond(at, 5, 6), paint(hollow ? t.text3 : t.bad));
    case EventSign::Task:
      return b.shape({{at.x - 4, at.y - 5, 0}, {at.x + 5, at.y, 0}, {at.x - 4, at.y + 5, 0}},
                     paint(color));
    case EventSign::Engine:
      return b.rect({at.x - 4, at.y - 4, 8, 8}, 1, paint(color));
    case EventSign::Bytes:
      return b.rect({at.x - 2, at.y - 4, 4, 8}, 1, paint(color));
    case EventSign::Loss:
      return tear(b, {at.x - 3, at.y - 6, 6, 12}, t.panel, t.lost);
  }
}

}  // namespace cutaway::viz
