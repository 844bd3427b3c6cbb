// The plate with its gates, and the kernel's rows: who asks, for what. A filled node is an own
// namespace, a ring with a dashed link joins the host's.
#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kNameMax = 58;
constexpr double kNodeRadius = 6;

void draw_mesh(const ShipDraw& d, double left, double width, double y) {
  const Stroke thread = {d.t().text3, 1, {}};
  const int wires = static_cast<int>(width / 5.5);
  for (int i = 1; i < wires; ++i)
    d.b.line({left + i * 5.5, y + 8}, {left + i * 5.5, y + 16}, thread);
  d.b.line({left, y + 8}, {left + width, y + 8}, thread);
  d.b.line({left, y + 16}, {left + width, y + 16}, thread);
}

void draw_gate(const ShipDraw& d, const GateBox& gate) {
  const auto quiet = d.b.faded(d.strength(gate.actor->slot));
  const auto id = d.b.as("gate:" + gate.actor->id);
  const double y = d.l.plate_y;
  const double left = gate.x - gate.w / 2;
  d.b.rect({left, y - 1, gate.w, 26}, 0, {d.t().deck[2], {}});
  for (const double x : {left, left + gate.w})
    d.b.line({x, y - 1}, {x, y + 25}, {d.t().edge, 1.5, {}});
  if (gate.actor->mesh) draw_mesh(d, left, gate.w, y);
  d.b.hit("gate:" + gate.actor->id, {left, y, gate.w, measure::kPlate});
}

void draw_heads(const ShipDraw& d) {
  const Theme& t = d.t();
  for (int i = 0; i < kColumnCount; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const Span& s = d.l.columns[n];
    const double end =
        d.b.text({s.x + 2, d.l.rows_y + 17}, d.words.column[n],
                 {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = s.w + 6});
    const std::string& note = d.words.column_note[n];
    const TextStyle style = {.size = type::kSmall, .color = t.text3};
    if (!note.empty() && end + 8 + d.b.width(note, style) <= s.right()) {
      d.b.text({end + 8, d.l.rows_y + 17}, note, style);
    }
    d.b.line({s.x, d.l.rows_y + 23}, {s.right(), d.l.rows_y + 23}, {t.line, 1, {}});
  }
}

void draw_name(const ShipDraw& d, const Actor& actor, double y) {
  const double x = d.l.hull_x - 12;
  const TextStyle style = {
      .color = d.t().text2, .bold = true, .anchor = Anchor::End, .width_max = kNameMax};
  const bool words = d.l.row_pitch >= 20;
  const double w = words ? std::min(d.b.width(actor.name, style), kNameMax) : 0;
  const TagSize size = {.letter = words ? 16.0 : 13.0};
  if (words) d.b.text({x, y + 5}, actor.name, style);
  tag(d.b,
      {x - w - (words ? 8 : 2) - tag_width(actor.slot, size) + (actor.slot < 0 ? 0 : 3),
       y - size.letter / 2},
      actor.slot, size);
  d.b.hit("row:" + actor.id, {d.l.area.x, y - d.l.row_pitch / 2, d.l.gutter, d.l.row_pitch});
}

double last_node(const ShipDraw& d, const Seat& seat) {
  double last = d.l.column(Column::Memory).right();
  for (int i = 0; i < kColumnCount; ++i) {
    const auto c = static_cast<Column>(i);
    if (seat.actor->ns[index_of(c)] != NsKind::Absent)
      last = std::max(last, d.l.node_x(seat.row, c));
  }
  return last;
}

void draw_rail(const ShipDraw& d, const Seat& seat) {
  const bool asks = d.model.packet && d.model.packet->slot == seat.actor->slot;
  const double y = d.l.row_y(seat.row);
  const auto quiet = d.b.faded(d.strength(seat.actor->slot));
  const auto id = d.b.as("row:" + seat.actor->id);
  if (!d.l.afar) draw_name(d, *seat.actor, y);
  d.b.line({d.l.hull_x, y}, {last_node(d, seat), y},
           {d.color(seat.actor->slot).faded(asks ? 0.85 : 0.4), asks ? 2.0 : 1.5, {}});
}

// Where the drop of an own namespace ends: at its table's entry.
double drop_end(const ShipDraw& d, const Seat& seat, Column c) {
  if (c == Column::Mount || (c == Column::Net && seat.row > 0)) return d.l.tables_y + 4;
  if (c == Column::Net) return d.l.tables_y + 38;
  return d.l.tables_y + 6;
}

void draw_drop(const ShipDraw& d, const Seat& seat, Column c) {
  const NsKind kind = seat.actor->ns[index_of(c)];
  const double x = d.l.node_x(seat.row, c);
  const double y = d.l.row_y(seat.row);
  const Color color = d.color(seat.actor->slot);
  if (kind == NsKind::Own && !seat.actor->table(c).empty()) {
    d.b.line({x, y}, {x, drop_end(d, seat, c)}, {color.faded(0.5), measure::kContour, {}});
  } else if (kind == NsKind::Host && seat.row > 0) {
    const double host_x = d.l.node_x(0, c);
    const double host_y = d.l.row_y(0);
    const double turn = std::min(9.0, d.l.row_pitch / 3);
    d.b.path({{x, y}, {x, host_y + turn}, {host_x + 7, host_y + turn}, {host_x, host_y}},
             {color.faded(0.55), measure::kContour, {3, 3}}, {.bend = 6});
  }
}

void draw_meter(const ShipDraw& d, const Seat& seat, Column c, const Gauge& gauge, bool figures) {
  const Theme& t = d.t();
  const Span& s = d.l.column(c);
  const double y = d.l.row_y(seat.row);
  const double w = s.w - 8;
  const std::string name = "meter:" + seat.actor->id + (c == Column::Cpu ? "/cpu" : "/mem");
  const auto id = d.b.as(name);
  const double above = d.l.figures() ? 22 : d.l.row_pitch / 2;  // the figure belongs to it
  d.b.hit(name, {s.x, y - above, s.w, above + 8});
  d.b.rect({s.x + 2, y - 4, w + 4, 8}, 0, {t.deck[2], {}});
  meter(d.b, {s.x + 4, y}, w,
        {gauge.used, gauge.limited, gauge.full, gauge.peak, d.l.row_pitch < 20 ? 7.0 : 10.0,
         d.color(seat.actor->slot)});
  if (figures && d.l.figures()) {
    d.b.text({s.x + 4, y - 11.5}, gauge.label,
             {.size = type::kSmall,
              .color = gauge.full ? t.limit : t.text2,
              .bold = gauge.full,
              .width_max = w - 2});
  }
}

void draw_nodes(const ShipDraw& d, const Seat& seat) {
  const Color color = d.color(seat.actor->slot);
  const double r = d.l.row_pitch < 20 ? 4.5 : kNodeRadius;
  for (int i = 0; i < kColumnCount; ++i) {
    const auto c = static_cast<Column>(i);
    const NsKind kind = seat.actor->ns[static_cast<std::size_t>(i)];
    if (kind == NsKind::Absent) continue;
    const Point at = {d.l.node_x(seat.row, c), d.l.row_y(seat.row)};
    const std::string name = "node:" + seat.actor->id + "/" + kColumnIds[index_of(c)];
    const auto id = d.b.as(name);
    d.b.circle(at, r, {kind == NsKind::Own ? color : d.t().deck[2], {color, 2, {}}});
    d.b.hit(name, {at.x - 9, at.y - 9, 18, 18});
  }
}

// Who found no row: counted in the last one; of a guest's narrow ship its place tells.
void draw_more_rows(const ShipDraw& d) {
  if (d.l.more <= 0) return;
  const std::string more = "+ " + std::to_string(d.l.more) + " " + d.words.more;
  const double y = d.l.row_y(d.l.row_capacity - 1);
  const Rect place = {d.l.hull_x, y - 10, 80, 20};
  if (d.l.guest || d.l.afar) return d.b.note_cut(more, "", place);
  d.b.text({d.l.hull_x - 12, y + 5}, more,
           {.size = type::kSmall, .color = d.t().text2, .anchor = Anchor::End});
}

}  // namespace

void draw_gates(const ShipDraw& d) {
  for (const GateBox& gate : d.l.gates) draw_gate(d, gate);
}

void draw_rows(const ShipDraw& d) {
  draw_heads(d);
  for (const Seat& seat : d.l.seats) draw_rail(d, seat);
  for (const Seat& seat : d.l.seats) {
    const auto quiet = d.b.faded(d.strength(seat.actor->slot));
    const auto id = d.b.as("row:" + seat.actor->id);
    for (int i = 0; i < kColumnCount; ++i) draw_drop(d, seat, static_cast<Column>(i));
  }
  draw_more_rows(d);
  draw_cells(d, true);
}

void draw_cells(const ShipDraw& d, bool figures) {
  for (const Seat& seat : d.l.seats) {
    const auto quiet = d.b.faded(d.strength(seat.actor->slot));
    if (seat.actor->cpu) draw_meter(d, seat, Column::Cpu, *seat.actor->cpu, figures);
    if (seat.actor->memory) draw_meter(d, seat, Column::Memory, *seat.actor->memory, figures);
    draw_nodes(d, seat);
  }
}

}  // namespace cutaway::viz
