// One container's tubes, the process with its plugs, and the bytes that move.
#include <algorithm>

#include "viz/scene/channels_ink.h"

namespace cutaway::viz {
namespace {

constexpr double kTubeBalloonAside = 21;
constexpr double kPtyH = 22;
constexpr double kTubeNoteLeast = 110;
constexpr double kPlugNamesFrom = 76;  // height of a card whose plugs have their names under them

class ColumnPicture {
 public:
  ColumnPicture(SceneBuilder& b, const ChannelColumn& c, const ChannelPlaces& p, double phase)
      : b_(b), c_(c), p_(p), color_(slot_color(b.theme(), c.slot)), phase_(phase) {}

  void draw() {
    draw_outline();
    draw_tubes();
    draw_plugs();
    draw_kernel();
    draw_move();
    draw_balloons();
  }

 private:
  [[nodiscard]] const Theme& t() const { return b_.theme(); }
  [[nodiscard]] bool live() const { return !c_.task.empty(); }

  void draw_outline() {
    const Rect& box = p_.outline;
    const auto id = b_.as("container:" + c_.id);
    b_.rect(box, measure::kRadiusContainer,
            {color_.faded(0.07), {color_, measure::kOutline, live() ? Dash{} : Dash{6, 5}}});
    b_.hit("container:" + c_.id, box);
    const double notes_x = p_.card.right() + 18;
    const double room = box.right() - 12 - notes_x;
    if (room >= kTubeNoteLeast) draw_notes(notes_x, room);
    if (!live()) return;
    const Rect& card = p_.card;
    b_.rect(card, measure::kRadiusTask, {t().deck[1], {}});
    b_.rect(card, measure::kRadiusTask, {color_.faded(0.16), {color_, 1.5, {}}});
    const double foot = card.bottom() - 12;
    const TextStyle pid = {.size = type::kHuge, .color = mix(color_, t().text, 0.25), .bold = true};
    const double x = b_.text({card.x + 12, foot}, c_.pid_here, pid) + 12;
    b_.text({x, foot - 14}, c_.comm,
            {.mono = true, .bold = true, .width_max = card.right() - 8 - x});
    b_.text({x, foot + 3}, c_.pid_on_host + " on the host",
            {.size = type::kSmall, .color = t().text2, .width_max = card.right() - 8 - x});
    b_.hit(c_.task, card);
  }

  void draw_notes(double x, double room) {
    double y = p_.card.y + 14;
    for (std::size_t i = 0; i < c_.notes.size() && y < p_.outline.bottom() - 6;
         ++i, y += kChannelLine)
      b_.text({x, y}, c_.notes[i],
              {.size = type::kSmall, .color = i == 0 ? t().text : t().text2, .width_max = room});
  }

  [[nodiscard]] bool bright(std::size_t channel, Hop hop) const {
    return c_.move && c_.move->channel == channel && c_.move->hop == hop;
  }

  struct Stretch {
    double top = 0, bottom = 0;
    Hop hop = Hop::Kernel;
  };
  // From the terminal down to the plug.
  [[nodiscard]] std::array<Stretch, 4> stretches() const {
    const double foot = c_.one_pty() ? p_.tube_foot - kPtyH - 8 : p_.tube_foot;
    return {Stretch{p_.terminal.bottom(), p_.client.y, Hop::Terminal},
            Stretch{p_.client.bottom(), p_.server.y, Hop::Client},
            Stretch{p_.server.bottom(), p_.floor + 3, Hop::Server},
            Stretch{p_.floor + 3, foot, Hop::Kernel}};
  }

  void draw_tubes() {
    for (std::size_t k = 0; k < kChannelCount; ++k) {
      const ChannelPlug& plug = c_.plugs[k];
      if (!plug.tube() || (c_.one_pty() && k != 1)) continue;
      const auto id = b_.as("fd:" + c_.id + "/" + std::to_string(k));
      const auto all = stretches();
      const bool lit = std::any_of(all.begin() + 2, all.end(), [&](const Stretch& s) {
        return bright(k, s.hop) || (c_.one_pty() && bright(0, s.hop));
      });
      // One piece from the server to the plug: the kernel's part has no walls of its own.
      tube(b_, p_.x[k], all[2].top, all[3].bottom, color_, {k, c_.one_pty(), lit});
      if (!plug.attached) continue;
      for (std::size_t i = 0; i < 2; ++i) {
        const bool on = bright(k, all[i].hop) || (c_.one_pty() && bright(0, all[i].hop));
        tube(b_, p_.x[k], all[i].top, all[i].bottom, color_, {k, c_.one_pty(), on});
      }
    }
  }

  void draw_plugs() {
    if (!live()) return;
    if (c_.one_pty()) draw_pty();
    const double pitch = p_.x[1] - p_.x[0];
    for (std::size_t k = 0; k < kChannelCount; ++k) {
      const ChannelPlug& one = c_.plugs[k];
      const std::string name = "fd:" + c_.id + "/" + std::to_string(k);
      const auto id = b_.as(name);
      const Point at = {p_.x[k], p_.plug_y};
      const bool closed = one.kind == PlugKind::Closed;
      plug(b_, at, static_cast<int>(k), closed ? t().text3 : color_, !closed);
      if (p_.card.h >= kPlugNamesFrom)
        b_.text({at.x, at.y + 26}, kChannelNames[k],
                {.size = type::kSmall,
                 .color = t().text2,
                 .anchor = Anchor::Middle,
                 .width_max = pitch - 6});
      b_.hit(name, {at.x - 12, at.y - 12, 24, 40});
      if (one.tube()) continue;
      b_.line({at.x, at.y - 9}, {at.x, at.y - 13}, {t().text2, 1.5, {}});
      const std::string is = closed ? "closed" : one.kind == PlugKind::Null ? "/dev/null" : one.is;
      // The first has the outline's edge beside it, and the room up to the next tube.
      const bool next_is_tube = k + 1 < kChannelCount && c_.plugs[k + 1].tube();
      const double left = k == 0 ? p_.outline.x + 5 : at.x - pitch / 2 + 4;
      const double right = next_is_tube ? p_.x[k + 1] - 10 : at.x + pitch / 2 - 4;
      plain_end(b_, {at.x, at.y - 21}, is, left, right);
    }
  }

  // One terminal on all three: what is written to 1 and 2 leaves by one hole, and what is typed is
  // echoed by the terminal itself.
  void draw_pty() {
    const double y = p_.tube_foot - kPtyH / 2 - 8;
    const Rect box = {p_.x[0] - 8, y - kPtyH / 2, p_.x[2] - p_.x[0] + 16, kPtyH};
    for (const double x : p_.x) b_.line({x, box.bottom()}, {x, p_.plug_y - 9}, {color_, 1.5, {}});
    b_.rect(box, kPtyH / 2, {t().deck[1], {color_, 1.5, {}}});
    b_.text({box.mid_x(), y + 4.8}, "pty",
            {.size = type::kSmall, .mono = true, .bold = true, .anchor = Anchor::Middle});
    const double x = box.right() + 20;
    b_.path({{box.right(), y}, {x, y}, {x, y - 26}, {p_.x[1] + 8, y - 26}}, {color_, 1.2, {}},
            {.bend = 6, .arrow = 6});
    b_.text({x + 8, y + 5}, "echo", {.size = type::kSmall, .color = t().text2});
  }

  // The kernel's side: what is plugged in, by name, and what lies in it.
  void draw_kernel() {
    if (!live()) return;
    double x = p_.kernel.x;
    const double y = p_.kernel.y + 9;
    std::string held;
    for (std::size_t k = 0; k < kChannelCount; ++k) {
      const ChannelPlug& one = c_.plugs[k];
      if (one.kind == PlugKind::Closed || (c_.one_pty() && k != 1)) continue;
      std::string words = (c_.one_pty() ? "0 1 2  " : std::to_string(k) + "  ") + one.is;
      if (one.waiting > 0) words += ", " + bytes_words(one.waiting);
      if (held.empty()) held = one.held_by;
      const TextStyle style = {.size = type::kSmall, .mono = true};
      const double w = b_.width(words, style) + 16;
      if (x + w > p_.kernel.right()) {
        b_.note_cut(words, "", p_.kernel);
        continue;
      }
      const bool full = one.waiting > 0;
      b_.rect({x, y, w, 20}, measure::kRadiusSlice,
              {full ? color_.faded(0.3) : Color{}, {color_, 1.2, {}}});
      b_.text({x + 8, y + 14.6}, words, style);
      x += w + 8;
    }
    if (held.empty()) return;
    b_.text({p_.kernel.x, y + 36}, held + " holds the other ends",
            {.size = type::kSmall, .color = t().text3, .width_max = p_.kernel.w});
  }

  [[nodiscard]] double tube_x(const ChannelMove& move) const {
    return c_.one_pty() ? p_.x[1] : p_.x[move.channel];
  }

  // The bytes: a bead in the tube, their count beside all tubes.
  void draw_move() {
    if (!c_.move) return;
    const ChannelMove& move = *c_.move;
    Point from, to;
    if (move.hop == Hop::Log) {
      from = {p_.server.right(), p_.server.mid_y()};
      to = {p_.log.x - 10, p_.server.mid_y()};
    } else {
      const auto all = stretches();
      const auto& on = *std::find_if(all.begin(), all.end(),
                                     [&](const Stretch& s) { return s.hop == move.hop; });
      const double x = tube_x(move);
      from = {x, move.inwards ? on.top : on.bottom};
      to = {x, move.inwards ? on.bottom : on.top};
    }
    // At rest it is half-way, where it can be seen.
    const double share = phase_ >= 1 ? 0.5 : phase_;
    const Point at = {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
    const auto id = b_.as("bytes");
    bead(b_, at, {BeadKind::Call, color_, 1});
    draw_count(move, (from.y + to.y) / 2);
  }

  void draw_count(const ChannelMove& move, double y) {
    const TextStyle style = {.mono = true, .bold = true};
    const std::string words = bytes_words(move.bytes);
    const double w = b_.width(words, style) + 20;
    const bool log = move.hop == Hop::Log;
    // Of the log's arrow it hangs above, at the log's side of the server.
    const double x = log ? p_.server.right() - w : p_.x[2] + 36;
    const double right = move.hop == Hop::Client ? p_.log.x - 6 : p_.outline.right();
    const double middle = log ? p_.server.bottom() + 14 : y;
    if (x + w > right && !log) return b_.note_cut(words, "", p_.server);
    b_.rect({x, middle - 11, w, 22}, 11, {color_, {t().deck[0], 2, {}}});
    b_.text({x + 10, middle + 5.2}, words, {.color = t().on, .mono = true, .bold = true});
  }

  void draw_balloons() {
    if (c_.stations.empty()) return;
    const double x = (c_.one_pty() ? p_.x[1] : p_.x[c_.trail_channel]) + kTubeBalloonAside;
    const auto all = stretches();
    const auto middle = [](const Stretch& s) { return (s.top + s.bottom) / 2; };
    // In one column beside the tube: plug, kernel, client, terminal; the log's on its arrow.
    put(kHopCount, {x, p_.plug_y - 4});
    put(index(Hop::Kernel), {x, all[2].bottom - 3});
    put(index(Hop::Client), {x, middle(all[1])});
    put(index(Hop::Terminal), {x, middle(all[0])});
    put(index(Hop::Log), {(p_.server.right() + p_.log.x) / 2 - 2, p_.server.mid_y() - 21});
  }

  static std::size_t index(Hop hop) { return static_cast<std::size_t>(hop); }

  void put(std::size_t hop, Point at) {
    const int number = c_.numbers[hop];
    if (number == 0) return;
    const CaptionPart& part = c_.stations[static_cast<std::size_t>(number - 1)];
    balloon(b_, at, number, part.state != CaptionPart::State::Next);
  }

  SceneBuilder& b_;
  const ChannelColumn& c_;
  const ChannelPlaces& p_;
  Color color_;
  double phase_;
};

}  // namespace

void draw_channel_column(SceneBuilder& b, const ChannelColumn& column, const ChannelPlaces& places,
                         double phase) {
  draw_channel_stations(b, column, places);
  ColumnPicture(b, column, places, phase).draw();
}

}  // namespace cutaway::viz
