#include "viz/panels/timeline_lanes.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

enum class When { Past, Now, Next };

When when(const Stretch& at, std::size_t position) {
  if (at.from >= position) return When::Next;
  return at.to >= position ? When::Now : When::Past;
}

double fill_of(When time) {
  switch (time) {
    case When::Past:
      return 0.22;
    case When::Now:
      return 0.42;
    case When::Next:
      return 0.10;
  }
  return 0;
}

Color ink_of(const Theme& t, When time) {
  return time == When::Now ? t.text : time == When::Past ? t.text2 : t.text3;
}

/// The container in whose colour most marks of a fold are.
Color mark_color(const Theme& t, const LaneMark& mark) {
  return mark.refused ? t.bad : slot_color(t, mark.slot);
}

}  // namespace

void draw_blocks(SceneBuilder& b, const std::vector<LaneBlock>& blocks, const Rect& lane,
                 std::size_t position) {
  const Theme& t = b.theme();
  for (const LaneBlock& block : blocks) {
    const When time = when(block.at, position);
    const Color color = slot_color(t, block.slot);
    const double gap = block.to - block.from > 4 ? 1 : 0.5;
    const Rect box = {lane.x + block.from + gap, lane.y + 0.5,
                      std::max(1.0, block.to - block.from - 2 * gap), lane.h - 1};
    const Stroke edge = time == When::Now ? Stroke{color, 1.5, {}} : Stroke{};
    b.rect(box, 3, {color.faded(fill_of(time)), edge});
    const TextStyle style = {.size = type::kSmall, .color = ink_of(t, time), .mono = true};
    if (block.label.empty() || b.width(block.label, style) > box.w - 8) continue;
    b.text({box.x + 5, box.mid_y() + 4.6}, block.label, style);
  }
}

void draw_fields(SceneBuilder& b, const std::vector<LaneBlock>& blocks, const Rect& lane,
                 std::size_t position) {
  const Theme& t = b.theme();
  for (const LaneBlock& block : blocks) {
    const When time = when(block.at, position);
    const bool now = time == When::Now;
    const Rect box = {lane.x + block.from + 1, lane.y, block.to - block.from - 3, lane.h};
    const Color past = t.host.faded(0.26);
    const Color ground = now ? t.text : time == When::Past ? past : t.inset;
    const Stroke edge = time == When::Next ? Stroke{t.line2, 1, {}} : Stroke{};
    b.rect(box, 4, {ground, edge});
    const Color ink = now ? t.bg : time == When::Past ? t.text : t.text3;
    b.text({box.mid_x(), box.mid_y() + type::kLarge * 0.36}, block.label,
           {.size = type::kLarge,
            .color = ink,
            .bold = now,
            .anchor = Anchor::Middle,
            .width_max = box.w - 8});
  }
}

void draw_ticks(SceneBuilder& b, const std::vector<LaneMark>& marks, const Rect& lane,
                std::size_t position) {
  const Theme& t = b.theme();
  for (const LaneMark& mark : marks) {
    const bool past = mark.events.from < position;
    const double grown = mark.count > 1 ? 1 : 0;  // more than one: a thicker tick
    const Rect tick = {lane.x + mark.at, lane.y + 2, 1.5 + grown, lane.h - 4};
    b.rect(tick, 0, {mark_color(t, mark).faded(past ? 0.9 : 0.35), {}});
  }
}

void draw_diamonds(SceneBuilder& b, const std::vector<LaneMark>& marks, const Rect& lane,
                   std::size_t position) {
  const Theme& t = b.theme();
  const double y = lane.mid_y();
  for (const LaneMark& mark : marks) {
    const double x = lane.x + mark.at;
    const bool past = mark.events.from < position;
    const Color color = mark.slot == kHostSlot ? t.text2 : slot_color(t, mark.slot);
    b.shape({{x, y - 5, 0}, {x + 5, y, 0}, {x, y + 5, 0}, {x - 5, y, 0}},
            {past ? color : Color{}, {past ? color : t.text3, 1, {}}});
  }
}

}  // namespace cutaway::viz
