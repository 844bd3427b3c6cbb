// The Hardware deck: one machine, shared. Colour is what is used; nothing is set aside.
#include <algorithm>
#include <array>
#include <vector>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kLanePitch = 54;
constexpr double kMemoryBar = 30;
constexpr double kShareLine = 19;        // from the words of a share to the next
constexpr double kShareTop = 42;         // below the figures of the whole …
constexpr double kShareTopCounted = 60;  // … and below the count of those without words
constexpr TextStyle kLetter = {.size = type::kSmall, .bold = true, .anchor = Anchor::Middle};
constexpr double kLeastSharePx = 4;  // a smaller share is drawn so high, and read from its figure

void draw_cpu_slice(const ShipDraw& d, const CpuSlice& slice, const Rect& lane) {
  const Theme& t = d.t();
  const Rect box = {lane.x + slice.from * lane.w, lane.y + 1, (slice.to - slice.from) * lane.w,
                    lane.h - 2};
  const auto quiet = d.b.faded(d.strength(slice.slot));
  if (slice.throttled) {
    d.b.pattern(corners_of(box), Pattern::Stop, t.limit.faded(0.8));
    return;
  }
  const Color color = d.color(slice.slot);
  d.b.rect(box, 0, {color.faded(slice.slot < 0 ? 0.45 : 1), {}});
  if (slice.slot < 0) return;
  // The letter, and its pattern behind it where there is room; the pattern alone where there is
  // not.
  const bool letter_fits = box.w >= std::max(14.0, d.b.width(slot_letter(slice.slot), kLetter) + 3);
  if (!letter_fits || box.w > 24) {
    const double skipped = letter_fits ? 16 : 0;
    const Rect band = {box.x + skipped, box.y, box.w - skipped, box.h};
    d.b.pattern(corners_of(band), slot_pattern(slice.slot), t.on.faded(0.5), {band.x, band.y});
  }
  if (letter_fits) {
    TextStyle letter = kLetter;
    letter.color = t.on;
    const double middle = std::max(8.0, d.b.width(slot_letter(slice.slot), letter) / 2 + 1.5);
    d.b.text({box.x + std::min(middle, box.w / 2), box.mid_y() + 4.8}, slot_letter(slice.slot),
             letter);
  }
}

void draw_cpus(const ShipDraw& d) {
  const Theme& t = d.t();
  const Rect room = d.l.room(Column::Cpu);
  const auto& cpus = d.model.hardware.cpus;
  const auto n = static_cast<double>(cpus.size());
  const bool named = n * kLanePitch <= room.h + 8;
  const double pitch =
      named ? kLanePitch : std::max(18.0, std::min(30.0, room.h / std::max(n, 1.0)));
  const auto fit = static_cast<std::size_t>(std::max(1.0, (room.h + 6) / pitch));
  for (std::size_t i = 0; i < cpus.size() && i < fit; ++i) {
    const double y = room.y + 4 + static_cast<double>(i) * pitch;
    const auto id = d.b.as("cpu:" + std::to_string(i));
    if (named)
      d.b.text({room.x + 2, y + 11}, "cpu" + std::to_string(i),
               {.size = type::kSmall, .color = t.text2, .mono = true});
    const Rect lane = {room.x, named ? y + 17 : y, room.w, named ? 24.0 : pitch - 4};
    d.b.rect(lane, measure::kRadiusSwatch, {t.inset, {t.line2, 1, {}}});
    for (const CpuSlice& slice : cpus[i]) draw_cpu_slice(d, slice, lane);
    d.b.hit("cpu:" + std::to_string(i), lane);
  }
}

TextStyle with_room(TextStyle style, double room) {
  style.width_max = room;
  return style;
}

// The words of one share, beside the bar: never closer than a line to the one below.
void draw_share_words(const ShipDraw& d, const MemoryShare& share, double label_x, double right,
                      double y) {
  const Theme& t = d.t();
  const bool host = share.slot < 0;
  const TextStyle name = {.size = type::kSmall, .color = t.text2};
  const TextStyle style = {.size = type::kSmall,
                           .color = share.strong ? t.text : t.text2,
                           .bold = share.strong,
                           .anchor = Anchor::End};
  const double label_w = host ? d.b.width(d.words.host, name) + 2 : tag_width(share.slot);
  std::string figure = share.figure;
  double room = right - label_x - label_w - 4;
  if (d.b.width(figure, style) > room) figure = shortened_figure(figure);
  if (!host) {
    tag(d.b, {label_x, y - 8}, share.slot, {.letter = 15, .height = 16});
  } else if (d.b.width(figure, style) <= room + 2) {
    d.b.text({label_x + 2, y + 5}, d.words.host, name);
    room += 2;
  } else {
    room += label_w;
  }
  d.b.note_cut(share.figure, figure);
  d.b.text({right, y + 5}, figure, with_room(style, room));
}

// Many small shares must not together look like a full machine.
double least_share_px(const ShipDraw& d, double bar_height) {
  double used = 0;
  for (const MemoryShare& share : d.model.hardware.memory) used += bar_height * share.share;
  const auto n = static_cast<double>(std::max<std::size_t>(d.model.hardware.memory.size(), 1));
  return std::min(kLeastSharePx, std::max(0.0, (bar_height - used) * 0.5) / n);
}

// A share with its place in the bar and beside it. Those whose words find no room become a count,
// in nobody's colour: colour alone would say nothing.
struct ShareRow {
  const MemoryShare* share = nullptr;
  Rect slice;
  double y = 0;
  bool named = false;
};

std::vector<ShareRow> share_rows(const ShipDraw& d, const Rect& bar, double words_top) {
  std::vector<ShareRow> rows;
  const double least = least_share_px(d, bar.h);
  double top = bar.bottom();
  double low = bar.bottom() + 8;
  for (const MemoryShare& share : d.model.hardware.memory) {
    const double h = std::max(bar.h * share.share, least);
    top -= h;
    const double y = std::min(top + h / 2, low - kShareLine);
    rows.push_back({&share, {bar.x + 1, top, bar.w - 2, h - 1}, y, y >= words_top});
    if (y >= words_top) low = y;
  }
  return rows;
}

void draw_share(const ShipDraw& d, const ShareRow& row, const Rect& bar, double right) {
  const MemoryShare& share = *row.share;
  const auto quiet = d.b.faded(d.strength(share.slot));
  const auto id = d.b.as(share.id);
  const Color color = row.named ? d.color(share.slot) : d.t().text3;
  d.b.rect(row.slice, 0, {color.faded(share.slot < 0 || !row.named ? 0.5 : 0.95), {}});
  if (share.slot >= 0 && row.slice.h > 5)
    d.b.pattern(corners_of(row.slice), slot_pattern(share.slot), d.t().on.faded(0.45));
  d.b.hit(share.id, row.slice);
  if (!row.named) return d.b.note_cut(share.figure, "");
  d.b.path({{bar.right(), row.slice.y + row.slice.h / 2 + 0.5},
            {bar.right() + 4, row.y},
            {bar.right() + 7, row.y}},
           {color, 1.2, {}});
  draw_share_words(d, share, bar.right() + 8, right, row.y);
}

void draw_memory(const ShipDraw& d) {
  const Theme& t = d.t();
  Rect room = d.l.room(Column::Memory);
  room = {room.x, room.y + 2, room.w, room.h - 4};
  const Rect bar = {room.x, room.y, kMemoryBar, room.h};
  const double right = room.right() - 2;
  d.b.rect(bar, measure::kRadiusSwatch, {t.inset, {}});
  const auto hidden_in = [](const std::vector<ShareRow>& rows) {
    return std::count_if(rows.begin(), rows.end(), [](const ShareRow& row) { return !row.named; });
  };
  std::vector<ShareRow> rows = share_rows(d, bar, room.y + kShareTop);
  if (hidden_in(rows) > 0) rows = share_rows(d, bar, room.y + kShareTopCounted);
  for (const ShareRow& row : rows) draw_share(d, row, bar, right);
  d.b.rect(bar, measure::kRadiusSwatch, {{}, {t.text2, 1.2, {}}});
  const TextStyle end = {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End};
  d.b.text({right, room.y + 11}, d.model.hardware.memory_total,
           {.size = type::kSmall, .bold = true, .anchor = Anchor::End});
  d.b.text({right, room.y + 29}, d.model.hardware.memory_free, end);
  if (hidden_in(rows) > 0)
    d.b.text({right, room.y + 46}, "+ " + std::to_string(hidden_in(rows)), end);
}

void draw_card_use(const ShipDraw& d, const Rect& track) {
  d.b.rect(track, 2, {d.t().deck[3], {d.t().line2, 1, {}}});
  double x = track.x + 1;
  for (const CardShare& use : d.model.hardware.card_use) {
    const double w = (track.w - 2) * use.share;
    d.b.rect({x, track.y + 1, w, track.h - 2}, 0,
             {d.color(use.slot).faded(use.slot < 0 ? 0.5 : 1), {}});
    if (use.slot >= 0 && w >= d.b.width(slot_letter(use.slot), kLetter) + 3) {
      TextStyle letter = kLetter;
      letter.color = d.t().on;
      d.b.text({x + w / 2, track.y + 10.7}, slot_letter(use.slot), letter);
    }
    x += w;
  }
}

// The address gives way first: by its prefix, then whole.
void draw_network_card_words(const ShipDraw& d, const Rect& card) {
  const HardwareModel& hw = d.model.hardware;
  const TextStyle name = {
      .size = type::kSmall, .color = d.t().text2, .mono = true, .width_max = card.w - 22};
  const TextStyle address = {.size = type::kSmall, .color = d.t().text2, .anchor = Anchor::End};
  const double room = card.w - 22 - 8 - d.b.width(hw.card_name, name);
  std::string shown = hw.card_address;
  if (d.b.width(shown, address) > room) shown = shortened_figure(shown);
  if (d.b.width(shown, address) > room) shown.clear();
  d.b.text({card.x + 12, card.y + 20}, hw.card_name, name);
  if (!shown.empty()) d.b.text({card.right() - 10, card.y + 20}, shown, address);
  d.b.note_cut(hw.card_address, shown);
}

void draw_network_card(const ShipDraw& d) {
  const HardwareModel& hw = d.model.hardware;
  if (hw.card_name.empty()) return;
  const Theme& t = d.t();
  const Rect room = d.l.room(Column::Net);
  const Rect card = {room.x, room.y + 8, room.w, std::min(room.h - 30, 96.0)};
  const auto id = d.b.as("card:" + hw.card_name);
  d.b.rect(card, 5, {t.inset, {t.text2, 1.2, {}}});
  draw_network_card_words(d, card);
  if (card.h >= 48) draw_card_use(d, {card.x + 12, card.y + 30, card.w - 24, 12});
  for (int i = 0; i < 9; ++i)
    d.b.rect({card.x + 16 + i * (card.w - 38) / 8, card.bottom(), 7, 8}, 1, {t.text3, {}});
  d.b.hit("card:" + hw.card_name, card);
}

}  // namespace

void draw_hardware(const ShipDraw& d) {
  if (!d.l.afar) draw_feet(d);
  if (d.l.hardware_folded) return;
  draw_cpus(d);
  draw_memory(d);
  draw_network_card(d);
}

// In the middle of its column, or beside the bead that came to rest there.
void draw_feet(const ShipDraw& d) {
  for (int i = 0; i < kColumnCount; ++i) {
    const auto c = static_cast<Column>(i);
    const std::string& words = d.words.column_foot[static_cast<std::size_t>(i)];
    const TextStyle style = {.size = d.l.afar ? type::kSmall : type::kMedium,
                             .bold = !d.l.afar,
                             .anchor = Anchor::Middle,
                             .afar = true};
    const double above_keel = is_table(c) ? 29 : d.l.hardware_folded ? 7 : 11;
    const double y = d.l.keel_y - above_keel;
    const double w = d.b.width(words, style) * d.b.words_scale();
    const double h = style.size * d.b.words_scale();
    const Span& s = d.l.column(c);
    const std::array<double, 3> places = {s.mid(), s.x + w / 2, s.right() - w / 2};
    const auto* free = std::find_if(places.begin(), places.end(), [&](double at) {
      return d.b.is_free({at - w / 2, y - h, w, h});
    });
    // In the small ship within a laptop the rows come down to the keel.
    if (free == places.end() && d.l.afar && d.model.outside)
      d.b.note_cut(words, "", {s.mid() - w / 2, y - h, w, h});
    else
      d.b.text({free == places.end() ? s.mid() : *free, y}, words, style);
  }
}

}  // namespace cutaway::viz
