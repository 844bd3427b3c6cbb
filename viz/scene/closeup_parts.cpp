#include "viz/scene/closeup_parts.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kFrameHead = 46;
constexpr double kBoxHead = 30;
constexpr double kPad = 12;

}  // namespace

Rect CloseupInk::frame(const Rect& area, const std::string& name, const std::string& beside) {
  const Theme& t = b_.theme();
  const Rect box = area.inset(6);
  b_.rect(box, measure::kRadiusContainer, {t.deck[1], {}});
  b_.rect(box, measure::kRadiusContainer, {color().faded(0.05), {color(), measure::kOutline, {}}});
  double x = tag(b_, {box.x + 16, box.y + 14}, slot_, {.letter = 18}) + 10;
  x = b_.text({x, box.y + 29}, name,
              {.size = type::kLarge, .bold = true, .width_max = box.w * 0.6});
  b_.text({x + 14, box.y + 29}, beside,
          {.size = type::kSmall,
           .color = t.text2,
           .mono = true,
           .width_max = box.right() - 16 - x - 14});
  return {box.x + 14, box.y + kFrameHead, box.w - 28, box.h - kFrameHead - 14};
}

Rect CloseupInk::box(const Rect& at, const std::string& title, const std::string& note) {
  const Theme& t = b_.theme();
  b_.rect(at, measure::kRadiusTask, {t.deck[2], {t.line2, 1, {}}});
  const double x = b_.text({at.x + kPad, at.y + 20}, title,
                           {.size = type::kSmall, .bold = true, .width_max = at.w - 2 * kPad});
  const double room = at.right() - kPad - x - 10;
  if (!note.empty() && room > 30) {
    b_.text({at.right() - kPad, at.y + 20}, note,
            {.size = type::kSmall,
             .color = t.text3,
             .mono = true,
             .anchor = Anchor::End,
             .width_max = room});
  }
  return {at.x + kPad, at.y + kBoxHead, at.w - 2 * kPad, at.h - kBoxHead - 6};
}

double CloseupInk::facts(const Rect& room, const std::vector<Fact>& facts, double key_width) {
  const Theme& t = b_.theme();
  const auto fit = static_cast<std::size_t>(std::max(1.0, room.h / kCloseupRow));
  const std::size_t shown = facts.size() <= fit ? facts.size() : fit - 1;
  double y = room.y;
  for (std::size_t i = 0; i < shown; ++i) {
    const Fact& fact = facts[i];
    const auto id = b_.as(fact.id);
    b_.text({room.x, y + 14}, fact.key,
            {.size = type::kSmall, .color = t.text2, .width_max = key_width - 8});
    b_.text(
        {room.x + key_width, y + 14}, fact.value,
        {.size = type::kSmall, .mono = true, .bold = fact.strong, .width_max = room.w - key_width});
    if (!fact.id.empty()) b_.hit(fact.id, {room.x, y, room.w, kCloseupRow});
    y += kCloseupRow;
  }
  if (shown < facts.size()) {
    b_.text({room.x, y + 14}, "… " + std::to_string(facts.size() - shown) + " more",
            {.size = type::kSmall, .color = t.text3});
    y += kCloseupRow;
  }
  return y;
}

}  // namespace cutaway::viz
