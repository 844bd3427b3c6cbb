// The ship where there is no room for decks: one line each, in words of the usual size. What finds
// no room is left out, Hardware first: who runs and what is asked matter more.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kLeastH = 22;
constexpr double kMostH = 34;
constexpr double kStripGap = 4;
constexpr double kStripPad = 8;
constexpr double kStripNamesW = 88;      // names of decks …
constexpr double kStripNamesFrom = 300;  // … where the area is so wide

// In the order in which they are kept.
constexpr Deck kByWorth[] = {Deck::Kernel, Deck::Processes, Deck::Engine, Deck::Hardware};

struct Strip {
  const ShipDraw& d;
  Rect box;
  [[nodiscard]] double right() const { return box.right() - kStripPad; }
  [[nodiscard]] double baseline() const { return box.mid_y() + 4.8; }
  // Words, as far as there is room; gives where the next ones may begin.
  double say(double x, const std::string& words, Color color, bool mono = false) const {
    if (words.empty()) return x;
    const double room = right() - x > 20 ? right() - x : -1;
    const double end =
        d.b.text({x, baseline()}, words,
                 {.size = type::kSmall, .color = color, .mono = mono, .width_max = room});
    return end + kStripPad;
  }
};

void draw_engine_strip(const Strip& s) {
  const Theme& t = s.d.t();
  const auto& stations = s.d.model.engine.stations;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    if (stations[i].state != StationState::Active) continue;
    const double x = s.say(s.box.x + kStripPad, s.d.words.station[i], t.text);
    s.say(x, stations[i].sub, t.text2, true);
    return;
  }
  const std::string& quiet = s.d.model.quiet[0];
  s.say(s.box.x + kStripPad, quiet.empty() ? s.d.words.at_rest : quiet, t.text2);
}

// Whoever acts comes first: the others may not find room.
std::vector<const Container*> by_worth(const ShipDraw& d) {
  std::vector<const Container*> list;
  for (const Container& c : d.model.containers) list.push_back(&c);
  std::stable_partition(list.begin(), list.end(), [&d](const Container* c) { return acts(d, *c); });
  return list;
}

void draw_process_strip(const Strip& s) {
  const Theme& t = s.d.t();
  const auto list = by_worth(s.d);
  const TextStyle name = {.size = type::kSmall, .bold = true};
  double x = s.box.x + kStripPad;
  std::size_t shown = 0;
  for (const Container* c : list) {
    const double tag_w = tag_width(c->actor.slot) + 5;
    const double w = tag_w + s.d.b.width(c->actor.name, name) + 2 * kStripPad;
    const double more = shown + 1 < list.size() ? 40 : 0;
    if (x + w + more > s.right()) break;
    const auto id = s.d.b.as("container:" + c->actor.id);
    tag(s.d.b, {x, s.box.mid_y() - 8}, c->actor.slot, {.letter = 15, .height = 16});
    TextStyle shown_name = name;
    shown_name.color = acts(s.d, *c) ? t.text : t.text2;
    s.d.b.text({x + tag_w, s.baseline()}, c->actor.name, shown_name);
    s.d.b.hit("container:" + c->actor.id, {x, s.box.y, w - kStripPad, s.box.h});
    x += w;
    ++shown;
  }
  if (list.empty()) {
    const std::size_t tasks = s.d.model.host_tasks.size();
    s.say(x, s.d.words.host_tasks + ": " + std::to_string(tasks), t.text2);
  } else if (shown < list.size()) {
    s.say(x, "+ " + std::to_string(list.size() - shown), t.text2);
  }
}

void draw_kernel_strip(const Strip& s) {
  const Theme& t = s.d.t();
  if (const auto& p = s.d.model.packet) {
    const auto id = s.d.b.as("packet");
    double x = s.box.x + kStripPad;
    tag(s.d.b, {x, s.box.mid_y() - 8}, p->slot, {.letter = 15, .height = 16});
    x += tag_width(p->slot) + kStripPad;
    x = s.say(x, p->answer.value_or(""), p->refused ? t.bad : t.text, true);
    s.say(x, p->label, t.text, true);
    s.d.b.hit("packet", s.box);
    return;
  }
  if (const auto& signal = s.d.model.signal) {
    const auto id = s.d.b.as("signal");
    s.say(s.box.x + kStripPad, signal->label, t.bad, true);
    s.d.b.hit("signal", s.box);
    return;
  }
  s.say(s.box.x + kStripPad, s.d.words.gate, t.text2);
}

// Memory to scale: used is colour, nothing is set aside.
void draw_hardware_strip(const Strip& s) {
  const Theme& t = s.d.t();
  const HardwareModel& hw = s.d.model.hardware;
  double x = s.say(s.box.x + kStripPad, s.d.words.column_foot[index_of(Column::Memory)], t.text2);
  if (!hw.memory_total.empty()) x = s.say(x, hw.memory_total + ", " + hw.memory_free, t.text2);
  const Rect bar = {x, s.box.mid_y() - 5, s.right() - x, 10};
  if (bar.w < 60) return;
  s.d.b.rect(bar, 2, {t.inset, {t.text2, 1, {}}});
  double at = bar.x + 1;
  for (const MemoryShare& share : hw.memory) {
    const double w = (bar.w - 2) * share.share;
    const Rect slice = {at, bar.y + 1, w, bar.h - 2};
    s.d.b.rect(slice, 0, {s.d.color(share.slot).faded(share.slot < 0 ? 0.5 : 0.95), {}});
    if (share.slot >= 0 && w > 6)
      s.d.b.pattern(corners_of(slice), slot_pattern(share.slot), t.on.faded(0.45));
    at += w;
  }
}

using DrawStrip = void (*)(const Strip&);
constexpr std::array<DrawStrip, kDeckCount> kStrips = {draw_engine_strip, draw_process_strip,
                                                       draw_kernel_strip, draw_hardware_strip};

std::array<bool, kDeckCount> decks_for(double height) {
  std::array<bool, kDeckCount> shown = {};
  double left = height + kStripGap;
  for (const Deck deck : kByWorth) {
    if (left < kLeastH + kStripGap) break;
    shown[static_cast<std::size_t>(deck)] = true;
    left -= kLeastH + kStripGap;
  }
  return shown;
}

void draw_strip(const ShipDraw& d, std::size_t deck, const Rect& box, double names) {
  const Theme& t = d.t();
  const std::string name = std::string("deck:") + kDeckIds[deck];
  d.b.rect(box, measure::kRadiusNode, {t.deck[deck], {t.edge, 1.2, {}}});
  d.b.hit(name, box);
  if (names > 0)
    d.b.text({box.x - kStripPad, box.mid_y() + 4.8}, d.words.deck[deck],
             {.size = type::kSmall, .bold = true, .anchor = Anchor::End});
  kStrips[deck]({d, box});
}

}  // namespace

void draw_strips(const ShipDraw& d, const Rect& area) {
  const auto shown = decks_for(area.h);
  const auto count = std::count(shown.begin(), shown.end(), true);
  if (count == 0) return;
  const double names = area.w >= kStripNamesFrom ? kStripNamesW : 0;
  const double pitch =
      std::min((area.h + kStripGap) / static_cast<double>(count), kMostH + kStripGap);
  double y = area.y;
  for (std::size_t deck = 0; deck < kDeckCount; ++deck) {
    if (!shown[deck]) continue;
    draw_strip(d, deck, {area.x + names, y, area.w - names, pitch - kStripGap}, names);
    y += pitch;
  }
}

}  // namespace cutaway::viz
