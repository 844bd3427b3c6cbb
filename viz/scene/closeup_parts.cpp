#include "viz/scene/closeup_parts.h"

#include <algorithm>

#include "viz/scene/fact_list.h"

namespace cutaway::viz {
namespace {

constexpr double kFrameHead = 46;
constexpr double kBoxHead = 30;
constexpr double kBoxFoot = 6;
constexpr double kCloseupPad = 12;

}  // namespace

Rect CloseupInk::frame(const Rect& area, const std::string& name, const std::string& beside) {
  const Theme& t = b_.theme();
  const Rect box = area.inset(6);
  b_.rect(box, measure::kRadiusContainer, {t.deck[1], {}});
  b_.rect(box, measure::kRadiusContainer, {color().faded(0.05), {color(), measure::kOutline, {}}});
  const double x = tag(b_, {box.x + 16, box.y + 14}, slot_, {.letter = 18}) + 10;
  draw_heading(b_, {x, box.y + 29}, box.right() - 16 - x, {name, beside, type::kLarge, true});
  return {box.x + 14, box.y + kFrameHead, box.w - 28, box.h - kFrameHead - 14};
}

Rect CloseupInk::box(const Rect& at, const std::string& title, const std::string& note) {
  const Theme& t = b_.theme();
  b_.rect(at, measure::kRadiusTask, {t.deck[2], {t.line2, 1, {}}});
  const double x =
      b_.text({at.x + kCloseupPad, at.y + 20}, title,
              {.size = type::kSmall, .bold = true, .width_max = at.w - 2 * kCloseupPad});
  const double room = at.right() - kCloseupPad - x - 10;
  if (!note.empty() && room > 30) {
    b_.text({at.right() - kCloseupPad, at.y + 20}, note,
            {.size = type::kSmall,
             .color = t.text3,
             .mono = true,
             .anchor = Anchor::End,
             .width_max = room});
  }
  return {at.x + kCloseupPad, at.y + kBoxHead, at.w - 2 * kCloseupPad, at.h - kBoxHead - kBoxFoot};
}

double CloseupInk::facts(const Rect& room, const std::vector<Fact>& facts, double key_width) {
  const FactList list(b_, facts, room.w, key_width);
  return list.draw(b_, room, list.fitting(room.h));
}

double CloseupInk::box_height(const std::vector<Fact>& facts, double width,
                              double key_width) const {
  return kBoxHead + kBoxFoot + FactList(b_, facts, width - 2 * kCloseupPad, key_width).height() + 2;
}

}  // namespace cutaway::viz
