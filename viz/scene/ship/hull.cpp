// The hull, its decks, their names and the legend on the keel.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

namespace m = measure;

std::vector<Corner> hull_outline(const ShipLayout& l) {
  const double top = l.engine_y - m::kWall;
  const double shoulder = l.proc_y - m::kWall;
  const double bow = l.hull_x + l.engine_w;
  const double right = l.hull_x + l.hull_w;
  return {{l.hull_x, top, 10},   {bow, top, 10},        {bow, shoulder, 0},
          {right, shoulder, 10}, {right, l.bottom, 30}, {l.hull_x, l.bottom, 30}};
}

// Rows across, and on the right the tables down to the keel; one step down over disk and card.
std::vector<Corner> kernel_outline(const ShipLayout& l) {
  const double right = l.in_x + l.in_w;
  const double f = m::kFloor / 2;
  return {{l.in_x, l.rows_y, 0},
          {right, l.rows_y, 0},
          {right, l.keel_y, 24},
          {l.leg_x + f, l.keel_y, 6},
          {l.leg_x + f, l.hard_y - m::kFloor, 0},
          {l.disk_wall_x + f, l.hard_y - m::kFloor, 6},
          {l.disk_wall_x + f, l.tables_y, 0},
          {l.in_x, l.tables_y, 0}};
}

std::vector<Corner> hardware_outline(const ShipLayout& l) {
  const double f = m::kFloor / 2;
  return {{l.in_x, l.meters_y, 0},          {l.disk_wall_x - f, l.meters_y, 6},
          {l.disk_wall_x - f, l.hard_y, 0}, {l.leg_x - f, l.hard_y, 6},
          {l.leg_x - f, l.keel_y, 6},       {l.in_x, l.keel_y, 24}};
}

// Draws one entry of the legend's text and gives where the next sign begins.
double legend_word(const ShipDraw& d, Point at, const std::string& word) {
  return d.b.text({at.x, at.y + 4.5}, word, {.size = type::kSmall, .color = d.t().text2}) + 16;
}

double legend_meters(const ShipDraw& d, double x, double y) {
  const Color c = d.t().text2;
  d.b.rect({x, y - 4, 20, 8}, 4, {{}, {c, 1.2, {}}});
  d.b.rect({x + 18, y - 7, 4, 14}, 1, {c, {}});
  x = legend_word(d, {x + 28, y}, d.words.lid);
  d.b.path({{x + 18, y - 4}, {x, y - 4}, {x, y + 4}, {x + 18, y + 4}}, {c, 1.2, {}}, {.bend = 4});
  return legend_word(d, {x + 24, y}, d.words.open_end);
}

double legend_filter(const ShipDraw& d, double x, double y) {
  const Color c = d.t().text2;
  for (int i = 0; i < 5; ++i) d.b.line({x + i * 4, y - 4}, {x + i * 4, y + 4}, {c, 1, {}});
  d.b.line({x, y - 4}, {x + 16, y - 4}, {c, 1, {}});
  d.b.line({x, y + 4}, {x + 16, y + 4}, {c, 1, {}});
  return legend_word(d, {x + 24, y}, d.words.filter);
}

double legend_width(const ShipDraw& d) {
  const ShipWords& w = d.words;
  double width = 10 + 15 + 15 + 28 + 24 + 24 + 20 + 18 + 6 * 16 + 10;
  for (const std::string* word :
       {&w.own, &w.shared, &w.lid, &w.open_end, &w.filter, &w.syscall, &w.signal}) {
    width += d.b.width(*word, {.size = type::kSmall});
  }
  return width;
}

}  // namespace

void draw_hull(const ShipDraw& d) {
  const Theme& t = d.t();
  const ShipLayout& l = d.l;
  const auto hull = hull_outline(l);
  d.b.shape(hull, {t.cut, {}});
  d.b.pattern(hull, Pattern::Hatch, t.hatch);
  d.b.shape(hull, {{}, {t.edge, 1.5, {}}});
  const Rect engine = {l.in_x, l.engine_y, l.engine_w - 2 * m::kWall, l.engine_h};
  d.b.shape(corners_of(engine, 5, 5, 0, 0), {t.deck[0], {}});
  d.b.rect({l.in_x, l.proc_y, l.in_w, l.proc_h}, 0, {t.deck[1], {}});
  d.b.shape(kernel_outline(l), {t.deck[2], {t.edge.faded(0.55), 1, {}}});
  d.b.shape(hardware_outline(l), {t.deck[3], {t.edge.faded(0.55), 1, {}}});
}

void draw_deck_names(const ShipDraw& d) {
  const ShipLayout& l = d.l;
  const std::array<double, kDeckCount> y = {
      l.engine_y + (l.engine_folded ? l.engine_h / 2 + 6 : 30), l.proc_y + 28, l.plate_y + 17,
      l.meters_y + 40};
  const double x = l.hull_x - 12;
  for (std::size_t i = 0; i < y.size(); ++i) {
    d.b.text({x, y[i]}, d.words.deck[i],
             {.size = type::kLarge, .bold = true, .anchor = Anchor::End});
    if (i == 0 && l.engine_folded) continue;
    double line = y[i] + 19;
    for (const std::string& does : d.words.deck_does[i]) {
      d.b.text({x, line}, does,
               {.size = type::kSmall, .color = d.t().text3, .anchor = Anchor::End});
      line += 17;
    }
  }
  const double right = l.in_x + l.in_w;
  d.b.text({(l.leg_x + right) / 2, l.keel_y - 9}, d.words.kernel_tables,
           {.size = type::kSmall, .color = d.t().text3, .anchor = Anchor::Middle});
}

// Whose hull it is, where it is not that of the whole machine.
void draw_hull_name(const ShipDraw& d) {
  const Theme& t = d.t();
  const TextStyle style = {
      .size = type::kSmall, .color = t.text2, .bold = true, .width_max = d.l.hull_w - 100};
  const double y = d.l.bottom - m::kKeel / 2 - 1;
  const double w = std::min(d.b.width(d.model.outside->hull, style), style.width_max) + 20;
  const auto id = d.b.as("outside:hull");
  d.b.rect({d.l.hull_x + 40, y - 9, w, 18}, 4, {t.deck[2], {t.edge, 1, {}}});
  d.b.text({d.l.hull_x + 50, y + 4.5}, d.model.outside->hull, style);
}

void draw_legend(const ShipDraw& d) {
  if (d.model.outside) return draw_hull_name(d);
  const Theme& t = d.t();
  const double width = legend_width(d);
  if (width > d.l.hull_w - 80) return;
  const double y = d.l.bottom - m::kKeel / 2 - 1;
  const double left = d.l.hull_x + 40;
  const auto id = d.b.as("legend");
  d.b.rect({left, y - 9, width, 18}, 4, {t.deck[2], {t.edge, 1, {}}});
  double x = left + 10;
  const Color c = t.text2;
  d.b.circle({x + 5, y}, 5, {c, {}});
  x = legend_word(d, {x + 15, y}, d.words.own);
  d.b.circle({x + 5, y}, 4.5, {{}, {c, 1.6, {}}});
  x = legend_word(d, {x + 15, y}, d.words.shared);
  x = legend_meters(d, x, y);
  x = legend_filter(d, x, y);
  bead(d.b, {x + 6, y}, {BeadKind::Call, c, 0});
  x = legend_word(d, {x + 20, y}, d.words.syscall);
  d.b.shape({{x + 6, y - 8, 0}, {x + 12, y, 0}, {x + 6, y + 8, 0}, {x, y, 0}}, {t.bad, {}});
  legend_word(d, {x + 18, y}, d.words.signal);
}

}  // namespace cutaway::viz
