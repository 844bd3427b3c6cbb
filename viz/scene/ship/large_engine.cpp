// The large arrangement, for a beginner's first sight: the Engine takes the room, every deck below
// is one line.
#include "viz/scene/ship/large_engine.h"

#include <algorithm>

#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

namespace m = measure;

constexpr double kLargeGutter = 124;
constexpr double kCardsH = 152;  // heading and four cards
constexpr double kStationsH = 254;
constexpr double kKeel = 14;

// A column takes its least width, and its part of what is spare, up to its most.
struct Flexible {
  double least;
  double most;
};
// Terminal, gap, client, messages, server, wall and water, hub.
using Widths = std::array<Flexible, 7>;
constexpr Widths kRoomy = {
    {{212, 300}, {44, 64}, {96, 136}, {192, 248}, {252, 352}, {84, 92}, {150, 268}}};
// With its panels a narrow window shows the terminal there; here it is a name.
constexpr Widths kCompact = {
    {{112, 130}, {44, 64}, {92, 130}, {192, 248}, {240, 330}, {74, 92}, {132, 240}}};

double least_of(const Widths& widths) {
  double least = 0;
  for (const Flexible& f : widths) least += f.least;
  return least;
}

std::array<double, 7> widths_for(double room) {
  const Widths& flexible = room >= least_of(kRoomy) ? kRoomy : kCompact;
  double most = 0;
  for (const Flexible& f : flexible) most += f.most;
  const double least = least_of(flexible);
  const double share = std::clamp((room - least) / (most - least), 0.0, 1.0);
  std::array<double, 7> widths = {};
  for (std::size_t i = 0; i < widths.size(); ++i) {
    widths[i] = flexible[i].least + (flexible[i].most - flexible[i].least) * share;
  }
  return widths;
}

void draw_large_hull(const LargeDraw& g) {
  const Theme& t = g.t();
  const Rect& h = g.l.hull;
  const double shoulder_y = g.l.folded_y - m::kWall;
  const std::vector<Corner> hull = {{h.x, h.y, 10},
                                    {g.l.shoulder_x, h.y, 10},
                                    {g.l.shoulder_x, shoulder_y, 0},
                                    {h.right(), shoulder_y, 10},
                                    {h.right(), h.bottom(), 26},
                                    {h.x, h.bottom(), 26}};
  g.d.b.shape(hull, {t.cut, {}});
  g.d.b.pattern(hull, Pattern::Hatch, t.hatch);
  g.d.b.shape(hull, {{}, {t.edge, 1.5, {}}});
  g.d.b.shape(corners_of(g.l.engine, 5, 5, 0, 0), {t.deck[0], {}});
  const double x = h.x - 12;
  g.d.b.text({x, g.l.engine.y + 32}, g.d.words.deck[0],
             {.size = type::kWide, .bold = true, .anchor = Anchor::End});
  if (!g.d.words.deck_does[0].empty()) {
    g.d.b.text({x, g.l.engine.y + 54}, g.d.words.deck_does[0].front(),
               {.color = t.text3, .anchor = Anchor::End});
  }
}

void draw_folded_deck(const LargeDraw& g, std::size_t deck, const Rect& box, bool last) {
  const Theme& t = g.t();
  const std::string name = std::string("deck:") + kDeckIds[deck];
  g.d.b.text({g.l.hull.x - 12, box.y + 21}, g.d.words.deck[deck],
             {.size = type::kLarge, .bold = true, .anchor = Anchor::End});
  const auto id = g.d.b.as(name);
  g.d.b.shape(corners_of(box, 0, 0, last ? 16 : 0, last ? 16 : 0), {t.deck[deck], {}});
  g.d.b.text({box.x + 16, box.y + 20.5}, g.d.model.quiet[deck],
             {.color = t.text3, .width_max = box.w - 60});
  const double x = box.right() - 18;
  g.d.b.shape({{x - 6, box.y + 12, 0}, {x + 6, box.y + 12, 0}, {x, box.y + 19, 0}}, {t.text3, {}});
  g.d.b.hit(name, box);
}

}  // namespace

bool engine_is_large(const ShipModel& model) { return model.size[0] == ShipModel::Size::Large; }

LargeLayout large_layout(const EngineModel& engine, const Rect& area) {
  LargeLayout l;
  const double gutter = area.w < 1200 ? 104 : kLargeGutter;
  l.hull = {area.x + gutter, area.y, area.w - gutter, area.h};
  const double folded = 3 * (l.folded_h + m::kFloor) + kKeel;
  const double inner = area.h - m::kWall - m::kFloor - folded;
  l.folded_y = area.y + m::kWall + inner + m::kFloor;
  const auto w = widths_for(l.hull.w - 2 * 20);
  double x = l.hull.x + 20;
  const double y = area.y + m::kWall + 16;
  const double cards = engine.cards.empty() ? 0 : kCardsH;
  const double h = std::clamp(inner - 32 - cards, 220.0, kStationsH + 60);
  l.terminal = {x, y, w[0], w[0] < kTerminalReads ? 78 : h};
  l.client = {l.terminal.right() + w[1], y, w[2], h};
  l.server = {l.client.right() + w[3], y, w[4], h};
  l.cache = {l.server.x + 14, y + 116, w[4] - 28, h - 130};
  l.hub = {l.server.right() + w[5] - 12, y, 0, h};
  l.hub.w = l.hull.right() - l.hub.x;
  l.shoulder_x = l.server.right() + 22;
  l.engine = {l.hull.x + m::kWall, area.y + m::kWall, l.shoulder_x - l.hull.x - 2 * m::kWall,
              inner};
  l.cards_y = y + h + 32;
  return l;
}

void draw_large_engine(const ShipDraw& d, const Rect& area) {
  const LargeLayout l = large_layout(d.model.engine, area);
  const LargeDraw g = {d, l};
  draw_large_hull(g);
  for (std::size_t i = 1; i < kDeckCount; ++i) {
    const double y = l.folded_y + static_cast<double>(i - 1) * (l.folded_h + m::kFloor);
    draw_folded_deck(g, i, {l.hull.x + m::kWall, y, l.hull.w - 2 * m::kWall, l.folded_h},
                     i + 1 == kDeckCount);
  }
  draw_large_stations(g);
  draw_large_messages(g);
  if (!d.model.engine.cards.empty()) draw_large_cards(g);
}

}  // namespace cutaway::viz
