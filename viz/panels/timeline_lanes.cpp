#include "viz/panels/timeline_lanes.h"

#include <algorithm>
#include <string>

#include "viz/scene/signs.h"

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

Rect inside(const LaneBlock& block, const Rect& lane) {
  const double gap = block.to - block.from > 4 ? 1 : 0.5;
  return {lane.x + block.from + gap, lane.y + 0.5, std::max(1.0, block.to - block.from - 2 * gap),
          lane.h - 1};
}

constexpr double kLabelPad = 4;
constexpr double kRadius = 3;
constexpr double kRoundFrom = 8;  // of a narrower block nobody sees the corners, but they cost most

double radius_of(const Rect& box) { return box.w < kRoundFrom ? 0 : kRadius; }

bool fits(const SceneBuilder& b, std::string_view label, double width) {
  const TextStyle style = {.size = type::kSmall, .mono = true};
  const double room = width - 2 * kLabelPad;
  return !label.empty() && room > 0 && b.width(label, style) <= room;
}

/// "mnt" of "mnt.proc": what neighbours that are too narrow for their names may share.
std::string_view family(std::string_view label) { return label.substr(0, label.find('.')); }

/// One block that its name fits into, or narrow neighbours of one family.
std::size_t family_end(const SceneBuilder& b, const std::vector<LaneBlock>& blocks,
                       std::size_t from) {
  const auto alone = [&b](const LaneBlock& block) {
    return fits(b, block.label, block.to - block.from);
  };
  std::size_t end = from + 1;
  if (alone(blocks[from])) return end;
  while (end < blocks.size() && !alone(blocks[end]) &&
         family(blocks[end].label) == family(blocks[from].label)) {
    ++end;
  }
  return end;
}

void draw_label(SceneBuilder& b, const std::vector<LaneBlock>& blocks, std::size_t from,
                std::size_t end, const Rect& lane, std::size_t position) {
  const double width = blocks[end - 1].to - blocks[from].from;
  std::string_view label = blocks[from].label;
  if (!fits(b, label, width) || end > from + 1) label = family(label);
  if (!fits(b, label, width)) return;
  const When time = when({blocks[from].at.from, blocks[end - 1].at.to}, position);
  b.text({lane.x + blocks[from].from + 1 + kLabelPad, lane.mid_y() + 4.6}, label,
         {.size = type::kSmall, .color = ink_of(b.theme(), time), .mono = true});
}

/// The container in whose colour most marks of a fold are.
Color mark_color(const Theme& t, const LaneMark& mark) {
  return mark.refused ? t.bad : slot_color(t, mark.slot);
}

}  // namespace

void draw_blocks(SceneBuilder& b, const std::vector<LaneBlock>& blocks, const Rect& lane,
                 std::size_t position) {
  const Theme& t = b.theme();
  const bool several = blocks.size() > 1;
  for (const LaneBlock& block : blocks) {
    const When time = when(block.at, position);
    const Color color = slot_color(t, block.slot);
    const bool lit = time == When::Now && several;
    const double shade = lit ? fill_of(When::Now) : fill_of(time == When::Next ? time : When::Past);
    const Rect box = inside(block, lane);
    b.rect(box, radius_of(box), {color.faded(shade), lit ? Stroke{color, 1.5, {}} : Stroke{}});
  }
  for (std::size_t i = 0; i < blocks.size();) {
    const std::size_t end = family_end(b, blocks, i);
    draw_label(b, blocks, i, end, lane, position);
    i = end;
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

void draw_graces(SceneBuilder& b, const std::vector<LaneGrace>& graces, const Rect& lane) {
  const Theme& t = b.theme();
  for (const LaneGrace& grace : graces) {
    const Rect box = {lane.x + grace.from + 1, lane.y + 0.5,
                      std::max(2.0, grace.to - grace.from - 2), lane.h - 1};
    b.rect(box, 3, {t.inset, {}});
    b.pattern(corners_of(box, 3), Pattern::Stop, t.limit.faded(0.5), {box.x, box.y});
    b.rect(box, 3, {{}, {t.limit, 1, {}}});
    for (const double tick : grace.ticks)
      b.line({lane.x + tick, box.bottom() - 4}, {lane.x + tick, box.bottom()}, {t.text2, 1, {}});
    const TextStyle style = {.size = type::kSmall, .color = t.text, .mono = true};
    const double w = b.width(grace.label, style) + 2 * kLabelPad;
    if (w > box.w - 4) continue;
    // On a ground of its own: words do not lie on stripes.
    b.rect({box.mid_x() - w / 2, box.y + 1, w, box.h - 2}, 2, {t.inset, {}});
    b.text({box.mid_x() - w / 2 + kLabelPad, lane.mid_y() + 4.6}, grace.label, style);
  }
}

void draw_gaps(SceneBuilder& b, const std::vector<LaneGap>& gaps, const Rect& lanes) {
  const Theme& t = b.theme();
  const TextStyle style = {.size = type::kSmall, .color = t.lost, .bold = true};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const double x = lanes.x + gaps[i].at;
    tear(b, {x - 3, lanes.y, 6, lanes.h}, t.panel, t.lost);
    const std::string words = std::to_string(gaps[i].lost) + " lost";
    const double w = b.width(words, style) + 8;
    const double end = i + 1 < gaps.size() ? lanes.x + gaps[i + 1].at - 8 : lanes.right();
    if (x + 8 + w > end) continue;
    b.rect({x + 8, lanes.bottom() - 15, w, 15}, 3, {t.panel, {}});
    b.text({x + 12, lanes.bottom() - 3}, words, style);
  }
}

}  // namespace cutaway::viz
