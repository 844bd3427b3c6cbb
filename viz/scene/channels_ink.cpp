#include "viz/scene/channels_ink.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

constexpr double kChannelGutter = 104;
constexpr double kDeckNamesFrom = 560;  // a narrower picture does not name its decks
constexpr double kWall = 8;
constexpr double kChannelHead = 28;
constexpr double kClientH = 36;
constexpr double kServerH = 46;
constexpr double kKernelH = 50;
constexpr double kLeastGap = 20;  // between two stations: a tube with a balloon beside it
constexpr double kPlugPitch = 66;
constexpr double kChannelCardW = 226;
constexpr double kTubeW = 8;
constexpr double kTickPitch = 9;
constexpr double kTubeArrow = 9;

void draw_arrow_head(SceneBuilder& b, Point tip, bool up, Color color) {
  const double back = up ? kTubeArrow : -kTubeArrow;
  b.shape({{tip.x, tip.y, 0}, {tip.x + 6, tip.y + back, 0}, {tip.x - 6, tip.y + back, 0}},
          {color, {}});
}

void tick(SceneBuilder& b, Point at, std::size_t channel, const Stroke& stroke) {
  if (channel == 0) return b.circle(at, 1.7, {stroke.color, {}});
  const double slant = channel == 2 ? 3 : 0;
  b.line({at.x - 3, at.y + slant}, {at.x + 3, at.y - slant}, stroke);
}

}  // namespace

ChannelDecks channel_decks(const Rect& area) {
  ChannelDecks decks;
  decks.gutter = area.w < kDeckNamesFrom ? 0 : kChannelGutter;
  const Rect inner = {area.x + decks.gutter + kWall, area.y + kWall,
                      area.w - decks.gutter - 2 * kWall, area.h - 2 * kWall};
  decks.kernel = {inner.x, inner.bottom() - kKernelH, inner.w, kKernelH};
  const double rest = inner.h - kKernelH - 2 * kWall;
  const double processes = std::clamp(rest * 0.34, 136.0, 210.0);
  decks.engine = {inner.x, inner.y, inner.w, rest - processes};
  decks.processes = {inner.x, decks.engine.bottom() + kWall, inner.w, processes};
  return decks;
}

ChannelPlaces channel_places(const ChannelDecks& decks, const Rect& column) {
  ChannelPlaces p;
  const double x = column.x + 8;
  const double w = column.w - 16;
  const double wide = w * 0.62;
  const Rect& engine = decks.engine;
  p.head = {x, engine.y + 4, w, kChannelHead};
  const double stations = kClientH + kServerH;
  const double room = engine.h - kChannelHead - 8 - stations;
  // Of the air the terminal takes what the tubes leave.
  const double gap = std::clamp(room * 0.16, kLeastGap, 40.0);
  const double terminal = std::max(room - 3 * gap, 34.0);
  p.terminal = {x, p.head.bottom() + 4, w, terminal};
  p.client = {x, p.terminal.bottom() + gap, wide, kClientH};
  p.server = {x, p.client.bottom() + gap, wide, kServerH};
  p.log = {x + wide + 26, p.client.y, w - wide - 26, p.server.bottom() - p.client.y};
  p.floor = engine.bottom();
  const double top = decks.processes.y + 30;
  p.outline = {x, top, w, decks.processes.bottom() - 8 - top};
  p.card = {x + 12, top + 32, std::min(kChannelCardW, w - 24), p.outline.bottom() - 10 - top - 32};
  const double pitch = std::min(kPlugPitch, (p.card.w - 64) / 2);
  for (std::size_t k = 0; k < kChannelCount; ++k)
    p.x[k] = p.card.x + 32 + pitch * static_cast<double>(k);
  p.plug_y = p.card.y;
  p.tube_foot = p.card.y - 10;
  p.kernel = {x, decks.kernel.y, w, decks.kernel.h};
  return p;
}

void tube(SceneBuilder& b, double x, double top, double bottom, Color color, const Tube& t) {
  const Rect box = {x - kTubeW / 2, top, kTubeW, bottom - top};
  b.rect(box, 0, {b.theme().deck[0], {}});
  b.rect(box, 0, {color.faded(t.bright ? 0.6 : 0.3), {}});
  for (const double edge : {box.x, box.right()})
    b.line({edge, top}, {edge, bottom}, {color, t.bright ? 2.0 : 1.2, {}});
  const bool down = t.both || t.channel == 0;
  const bool up = t.both || t.channel != 0;
  const double first = top + (up ? kTubeArrow + 5 : 5);
  const double last = bottom - (down ? kTubeArrow + 5 : 5);
  std::size_t n = 0;
  for (double y = first; y <= last; y += kTickPitch, ++n) {
    const std::size_t channel = t.both ? n % 2 : t.channel;
    tick(b, {x, y}, channel, {b.theme().text2, 1.5, {}});
  }
  if (up) draw_arrow_head(b, {x, top}, true, color);
  if (down) draw_arrow_head(b, {x, bottom}, false, color);
}

void plain_end(SceneBuilder& b, Point middle, const std::string& words, double left, double right) {
  const Theme& t = b.theme();
  TextStyle style = {
      .size = type::kSmall, .color = t.text2, .mono = true, .anchor = Anchor::Middle};
  const double w = std::min(b.width(words, style) + 12, right - left);
  const double x = std::clamp(middle.x - w / 2, left, right - w);
  style.width_max = w - 8;
  b.rect({x, middle.y - 10, w, 20}, measure::kRadiusSlice, {t.inset, {t.line2, 1.2, {}}});
  b.text({x + w / 2, middle.y + 4.6}, words, style);
}

}  // namespace cutaway::viz
