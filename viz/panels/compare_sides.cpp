// The two pictures, the heads above them, and the lane between.
#include <algorithm>

#include "viz/panels/compare_parts.h"
#include "viz/panels/window_camera.h"
#include "viz/player/pace.h"
#include "viz/player/sights.h"
#include "viz/scene/text_wrap.h"
#include "viz/text/compare_words.h"

namespace cutaway::viz {
namespace {

constexpr double kSideHead = 30;  // above a picture
constexpr double kSentenceLine = 18;

bool is_current(const CompareSide& side) {
  return side.valid && side.shown == side.player.moment() && side.near == side.camera.at();
}

void look_at(CompareSide& side, const PictureSource& pictures) {
  if (is_current(side)) return;
  const Player& player = side.player;
  side.ship = pictures.ship(player.trace(), player.world(), player.moment(), {false, side.berths});
  side.closeup = closeup_seen(player, side.camera, side.ship);
  side.pids = inner_pid_words(player.world());
  side.shown = player.moment();
  side.near = side.camera.at();
  side.valid = true;
}

/// After each change of the moment; from as near as both can.
void cameras_follow(CompareWindowState& state) {
  Nearness least = Nearness::Syscall;
  for (CompareSide& side : state.sides) {
    const bool moved = side.valid && side.shown != side.player.moment();
    if (moved) side.camera.follow(acting_sight(side.player), false);
    least = std::min(least, side.camera.at());
  }
  for (CompareSide& side : state.sides) {
    if (side.camera.at() != least)
      side.camera.look_at(least, natural_sight(side.player, side.camera, {}));
  }
}

void draw_side_head(const Ui& ui, const Rect& box, const CompareSide& side) {
  Pane pane(ui, ("Head of " + side.name).c_str(), {box.x, box.y, box.w, kSideHead}, {});
  SceneBuilder& b = pane.ink();
  const double y = box.y + 21;
  const TextStyle at = {
      .size = type::kSmall, .color = ui.theme.text2, .mono = true, .anchor = Anchor::End};
  const double name = b.text({box.x, y}, side.name, {.size = type::kLarge, .bold = true});
  const std::string place = event_place_words(side.player.position(), side.player.count());
  b.text({box.right(), y}, place, at);
  double right = box.right() - b.width(place, at) - 20;
  if (!side.pids.empty() && right - b.width(side.pids, at) > name + 12) {
    b.text({right, y}, side.pids, at);
    right -= b.width(side.pids, at) + 20;
  }
  constexpr double kLeast = 60;
  if (right - name - 12 < kLeast) return;
  b.text({name + 12, y}, side.about,
         {.size = type::kSmall, .color = ui.theme.text2, .width_max = right - name - 12});
}

Rect picture_in(const Rect& box) { return {box.x, box.y + kSideHead, box.w, box.h - kSideHead}; }

PicturePress draw_side(CompareWindowState& state, const Ui& ui, const Rect& box, std::size_t i) {
  CompareSide& side = state.sides[i];
  draw_side_head(ui, box, side);
  ImGui::PushID(static_cast<int>(i));  // two panels of one name
  side.picture.strength = state.reduced_motion ? side.player.phase() : 1;
  const double phase = state.reduced_motion ? 1 : side.player.phase();
  const PicturePress press = draw_picture_panel(
      ui, picture_in(box), {side.ship, phase, &side.camera, &side.closeup, &side.picture});
  ImGui::PopID();
  return press;
}

/// What the other picture has in the same place: the same slot, or who acts there.
Sight counterpart(const CompareSide& other, const Sight& sight) {
  const Sight acts = acting_sight(other.player);
  if (!sight.container || acts.slot == sight.slot) return acts;
  return natural_sight(other.player, other.camera, {});
}

bool is_idle(const PicturePress& press) {
  return press.wheel == 0 && press.drag.x == 0 && press.drag.y == 0 && !press.twice;
}

/// What a hand did in one picture is done in the other, at the same place of it.
void take_both_hands(CompareWindowState& state, const PicturePress& press, std::size_t i,
                     const Rect (&boxes)[2]) {
  if (is_idle(press)) return;
  CompareSide& here = state.sides[i];
  CompareSide& there = state.sides[1 - i];
  const Sight over = sight_of(here.player, press.hovered);
  move_camera(here.camera, here.player, press, boxes[i]);
  const Rect& other = boxes[1 - i];
  const Point at = {other.x + (press.pointer.x - boxes[i].x) / boxes[i].w * other.w,
                    other.y + (press.pointer.y - boxes[i].y) / boxes[i].h * other.h};
  if (press.drag.x != 0 || press.drag.y != 0) there.camera.drag(press.drag, other);
  const Sight same = counterpart(there, over);
  if (press.wheel != 0) there.camera.wheel(press.wheel, at, other, same);
  if (there.camera.at() != here.camera.at()) there.camera.look_at(here.camera.at(), same);
  if (here.camera.at() > Nearness::Ship) state.rows = false;
}

double pill(SceneBuilder& b, Point at, const CompareLine& line) {
  const Theme& t = b.theme();
  const TextStyle style = {
      .size = type::kSmall, .color = line.open ? t.bad : t.text2, .bold = line.open};
  const double width = b.width(line.label, style) + 20;
  b.rect({at.x, at.y, width, 20}, 10, {{}, {line.open ? t.bad : t.line2, line.open ? 1.6 : 1, {}}});
  b.text({at.x + 10, at.y + 14.5}, line.label, style);
  return at.x + width;
}

std::string lane_sentence(const CompareLine& line) {
  return line.difference ? line.why : std::string("Both did the same.");
}

/// One line, where the pictures stand above one another.
void draw_low(Pane& pane, const Rect& box, const CompareLine& line) {
  SceneBuilder& b = pane.ink();
  const double y = box.mid_y() + 5;
  b.text({box.x + 4, y + 2}, line.sign,
         {.size = 22, .color = sign_color(b.theme(), line), .bold = true});
  double x = box.x + 34;
  if (!line.label.empty()) x = pill(b, {x, box.mid_y() - 10}, line) + 12;
  const std::string words = lane_sentence(line);
  b.text({x, y}, words,
         {.size = type::kSmall, .color = b.theme().text2, .width_max = box.right() - x});
  pane.press("Difference", box, words);
}

/// A column, where they stand side by side.
void draw_high(Pane& pane, const Rect& box, const CompareLine& line) {
  SceneBuilder& b = pane.ink();
  const Theme& t = b.theme();
  const std::vector<std::string> lines =
      wrap_text(b.metrics(), lane_sentence(line), {type::kSmall, false, false}, box.w - 8);
  const double label = line.label.empty() ? 0 : 34;
  double y = box.mid_y() - (92 + label + static_cast<double>(lines.size()) * kSentenceLine) / 2;
  y = std::max(y, box.y + 8);
  b.text({box.x + 4, y + 14}, line.head,
         {.size = type::kSmall, .mono = true, .bold = true, .width_max = box.w - 8});
  b.text({box.x + 4, y + 58}, line.sign, {.size = 36, .color = sign_color(t, line), .bold = true});
  y += 78;
  if (label > 0) pill(b, {box.x + 4, y}, line);
  y += label;
  for (const std::string& each : lines) {
    if (y + kSentenceLine > box.bottom()) break;  // the tooltip has all of it
    b.text({box.x + 4, y + 14}, each, {.size = type::kSmall, .color = t.text2});
    y += kSentenceLine;
  }
  pane.press("Difference", box, lane_sentence(line));
}

}  // namespace

void look_at_both(CompareWindowState& state) {
  double motion = 0;
  cameras_follow(state);
  for (CompareSide& side : state.sides) {
    look_at(side, state.pictures);
    motion = std::max(motion, motion_seconds(side.ship));
  }
  if (state.reduced_motion) motion = std::min(motion, kFadeSeconds);
  const Caption caption = compare_caption(state);
  const int words = word_count(caption.what) + word_count(caption.why);
  state.seconds = step_seconds({state.size, words, false, 0, motion});
  for (CompareSide& side : state.sides) side.player.set_pace(state.seconds, motion);
}

bool draw_both(CompareWindowState& state, const Ui& ui, const CompareLayout& layout) {
  const Rect boxes[2] = {picture_in(layout.left), picture_in(layout.right)};
  const PicturePress left = draw_side(state, ui, layout.left, 0);
  const PicturePress right = draw_side(state, ui, layout.right, 1);
  take_both_hands(state, left, 0, boxes);
  take_both_hands(state, right, 1, boxes);
  const auto passed = static_cast<double>(ImGui::GetIO().DeltaTime);
  bool moves = false;
  for (CompareSide& side : state.sides) moves = side.camera.advance(passed) || moves;
  return moves || !is_current(state.sides[0]) || !is_current(state.sides[1]);
}

void draw_difference(const CompareWindowState& state, const Ui& ui, const Rect& box) {
  const CompareLine* line = state.line();
  if (line == nullptr || box.w <= 0 || box.h <= 0) return;
  Pane pane(ui, "Lane of differences", box, {});
  if (box.w > box.h)
    draw_low(pane, box, *line);
  else
    draw_high(pane, box, *line);
}

}  // namespace cutaway::viz
