// The kernel's tables below its rows: mounts above the disk, interfaces above the card, pids, users
// and hostnames down to the keel. And the slice, the sign of a share.
#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kEntryGap = 6;

// The stronger fill of a strong slice takes contrast from quiet words on it.
Color quiet_on(const Theme& t, bool strong) { return strong ? mix(t.text2, t.text, 0.6) : t.text2; }

void draw_mounts(const ShipDraw& d, const Seat& seat) {
  const auto& mounts = seat.actor->table(Column::Mount);
  if (mounts.empty()) return;
  const Theme& t = d.t();
  const TableEntry& entry = mounts.front();
  const auto quiet = d.b.faded(d.strength(seat.actor->slot));
  const auto id = d.b.as(entry.id);
  const Span s = d.l.disk_slot(seat.row);
  const Rect box = {s.x, d.l.tables_y + 4, s.w, d.l.tables_h - 10};
  Slice slice = {.slot = seat.actor->slot, .strong = entry.strong};
  draw_slice(d, box, slice);
  d.b.hit(entry.id, box);
  const double left = seat.actor->slot < 0 ? 9 : tag_width(seat.actor->slot) + 3;
  const double room = s.w - left - 1;
  if (room < 12) return;
  const TextStyle sub = {
      .size = type::kSmall, .color = quiet_on(t, entry.strong), .mono = true, .width_max = room};
  const bool both = !d.b.metrics().cut(entry.sub, sub.font(), room).empty();
  const double middle = box.mid_y() + 1;
  d.b.text(
      {s.x + left, both ? middle - 3 : middle + 5}, entry.text,
      {.color = entry.strong ? t.text : t.text2, .mono = true, .bold = true, .width_max = room});
  if (both) d.b.text({s.x + left, middle + 16}, entry.sub, sub);
}

// Interfaces of containers hang on the bridge, which is the host's: the lower, wide one.
void draw_interfaces(const ShipDraw& d) {
  const Theme& t = d.t();
  const double y = d.l.tables_y + 4;
  const double bridge_y = y + 32;
  const auto& host = d.model.host.table(Column::Net);
  for (const Seat& seat : d.l.seats) {
    const auto& list = seat.actor->table(Column::Net);
    if (seat.row == 0 || list.empty()) continue;
    const auto quiet = d.b.faded(d.strength(seat.actor->slot));
    const auto id = d.b.as(list.front().id);
    const Span s = d.l.net_slot(seat.row);
    if (!host.empty())
      d.b.line({s.mid(), y + 22}, {s.mid(), bridge_y}, {d.color(seat.actor->slot), 2, {}});
    draw_slice(
        d, {s.x, y, s.w, 23},
        {.slot = seat.actor->slot, .label = list.front().text, .strong = list.front().strong});
    d.b.hit(list.front().id, {s.x, y, s.w, 23});
  }
  if (host.empty()) return;
  const Span& c = d.l.column(Column::Net);
  const auto id = d.b.as(host.front().id);
  draw_slice(
      d, {c.x, bridge_y, c.w, 23},
      {.label = host.front().text, .figure = host.front().sub, .strong = host.front().strong});
  d.b.hit(host.front().id, {c.x, bridge_y, c.w, 23});
  if (!d.model.hardware.card_name.empty() && !d.l.hardware_folded) {
    d.b.line({c.mid(), bridge_y + 23}, {c.mid(), d.l.room(Column::Net).y + 8}, {t.host, 2, {}});
  }
}

struct Entry {
  const Seat* seat;
  const TableEntry* entry;
};

std::vector<Entry> entries_of(const ShipDraw& d, Column c) {
  std::vector<Entry> entries;
  for (const Seat& seat : d.l.seats) {
    for (const TableEntry& entry : seat.actor->table(c)) entries.push_back({&seat, &entry});
  }
  return entries;
}

void draw_entry(const ShipDraw& d, Column c, const Entry& e, const Rect& box, double top,
                bool first_of_its) {
  const int slot = e.seat->actor->slot;
  const auto quiet = d.b.faded(d.strength(slot));
  const auto id = d.b.as(e.entry->id);
  if (first_of_its && box.y > top) {
    const double x = d.l.node_x(e.seat->row, c);
    d.b.line({x, top}, {x, box.y}, {d.color(slot).faded(0.5), measure::kContour, {}});
  }
  draw_slice(d, box, {.slot = slot, .label = e.entry->text, .strong = e.entry->strong});
  d.b.hit(e.entry->id, box);
}

void draw_names(const ShipDraw& d, Column c) {
  const Rect room = d.l.room(c);
  const std::vector<Entry> entries = entries_of(d, c);
  const auto n = static_cast<double>(entries.size());
  // Rows of 28 while they fit, then of 22, then the rest becomes a count.
  const double height = n * (28 + kEntryGap) <= room.h ? 28 : 22;
  const double pitch = height + (height > 22 ? kEntryGap : 3);
  const auto fit = static_cast<std::size_t>(std::max(1.0, (room.h + kEntryGap) / pitch));
  const std::size_t shown = entries.size() <= fit ? entries.size() : fit - 1;
  const Seat* before = nullptr;
  // From below, so that a link from a node passes under the entries above its own.
  for (std::size_t i = 0; i < shown; ++i) {
    const bool first = entries[i].seat != before;
    before = entries[i].seat;
    if (first && i > 0) {
      const double x = d.l.node_x(entries[i].seat->row, c);
      const auto quiet = d.b.faded(d.strength(entries[i].seat->actor->slot));
      d.b.line({x, room.y}, {x, room.y + static_cast<double>(i) * pitch},
               {d.color(entries[i].seat->actor->slot).faded(0.5), measure::kContour, {}});
    }
  }
  for (std::size_t i = 0; i < shown; ++i) {
    draw_entry(d, c, entries[i], {room.x, room.y + static_cast<double>(i) * pitch, room.w, height},
               room.y, false);
  }
  if (shown < entries.size()) {
    d.b.text({room.mid_x(), room.y + static_cast<double>(shown) * pitch + 16},
             "+ " + std::to_string(entries.size() - shown),
             {.size = type::kSmall, .color = d.t().text2, .anchor = Anchor::Middle});
  }
}

void draw_slice_words(const ShipDraw& d, const Rect& box, const Slice& s) {
  const Theme& t = d.t();
  const double left = s.slot < 0 ? 8 : tag_width(s.slot) + 3;
  const double baseline = box.mid_y() + 5;
  double room = (s.words_to > 0 ? s.words_to - box.x : box.w) - left - 2;
  const TextStyle figure = {
      .size = type::kSmall, .color = quiet_on(t, s.strong), .anchor = Anchor::End};
  const double label_w =
      d.b.width(s.label, {.size = type::kSmall, .mono = s.mono, .bold = s.strong});
  const double figure_w = s.figure.empty() ? 0 : d.b.width(s.figure, figure) + 8;
  // The figure gives way first: the label says what it is.
  const bool both = label_w + figure_w <= room;
  if (both && figure_w > 0) {
    d.b.text({box.right() - 8, baseline}, s.figure, figure);
    room -= figure_w;
  }
  if (!both) d.b.note_cut(s.figure, "");
  if (room < 14) d.b.note_cut(s.label, "");
  if (room < 14 || s.label.empty()) return;
  d.b.text({box.x + left, baseline}, s.label,
           {.size = type::kSmall,
            .color = s.strong ? t.text : t.text2,
            .mono = s.mono,
            .bold = s.strong,
            .width_max = room});
}

}  // namespace

void draw_slice(const ShipDraw& d, const Rect& box, const Slice& s) {
  const Theme& t = d.t();
  const Color color = d.color(s.slot);
  const Color ground = box.y < d.l.hard_y ? t.deck[2] : t.deck[3];
  // A strong slice becomes so when the effect comes true, and its border swells once.
  const double strong = !s.strong ? 0 : d.motion.rest ? 1 : d.motion.effect;
  const double border = measure::kSliceLine + 0.8 * strong + (s.strong ? 1.2 * d.motion.pulse : 0);
  d.b.rect(box, measure::kRadiusSlice, {ground, {}});
  const Stroke contour = {s.ringed ? d.color(s.ring) : color, border, {}};
  d.b.rect(box, measure::kRadiusSlice, {color.faded(t.fill * (1 + 0.7 * strong)), contour});
  if (s.slot >= 0) {
    const TagSize size = {.letter = 15, .height = box.h};
    if (tag_width(s.slot, size) <= box.w)
      tag(d.b, {box.x, box.y}, s.slot, size);
    else
      narrow_tag(d.b, box, s.slot);
  }
  draw_slice_words(d, box, s);
}

void draw_tables(const ShipDraw& d) {
  for (const Seat& seat : d.l.seats) draw_mounts(d, seat);
  draw_interfaces(d);
  for (const Column c : {Column::Pid, Column::User, Column::Uts}) draw_names(d, c);
}

}  // namespace cutaway::viz
