#include "viz/panels/transport.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "viz/player/pace.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kHeight = 28;
constexpr double kButton = 34;
constexpr double kPlay = 46;

enum class Glyph { First, Back, Play, Pause, Forward, Last };

void triangle(SceneBuilder& b, Point at, double direction, double size, Color color) {
  std::vector<Corner> corners = {{at.x - direction * size * 0.8, at.y - size, 0},
                                 {at.x + direction * size * 0.9, at.y, 0},
                                 {at.x - direction * size * 0.8, at.y + size, 0}};
  if (direction < 0) std::swap(corners[0], corners[2]);
  b.shape(std::move(corners), {color, {}});
}

void draw_glyph(SceneBuilder& b, Glyph glyph, Point at, Color color) {
  const Paint solid = {color, {}};
  switch (glyph) {
    case Glyph::First:
      b.rect({at.x - 8, at.y - 6, 2.5, 12}, 0, solid);
      return triangle(b, {at.x + 2, at.y}, -1, 6, color);
    case Glyph::Back:
      return triangle(b, at, -1, 6, color);
    case Glyph::Play:
      return triangle(b, {at.x + 1, at.y}, 1, 8, color);
    case Glyph::Pause:
      b.rect({at.x - 6, at.y - 7, 4, 14}, 0, solid);
      return b.rect({at.x + 2, at.y - 7, 4, 14}, 0, solid);
    case Glyph::Forward:
      return triangle(b, at, 1, 6, color);
    case Glyph::Last:
      triangle(b, {at.x - 2, at.y}, 1, 6, color);
      return b.rect({at.x + 6, at.y - 6, 2.5, 12}, 0, solid);
  }
}

struct Button {
  const char* name;
  const char* tip;
  Glyph glyph;
  bool works = true;
};

bool draw_button(Pane& pane, const Rect& box, const Button& button) {
  const Theme& t = pane.theme();
  const Press press = pane.press(button.name, box, button.tip);
  const bool main = button.glyph == Glyph::Play || button.glyph == Glyph::Pause;
  const bool lit = press.hovered && button.works;
  const Color ground = main || lit ? t.raised : Color{};
  pane.ink().rect(box, 6, {ground, {main || lit ? t.line2 : t.line, 1, {}}});
  draw_glyph(pane.ink(), button.glyph, {box.mid_x(), box.mid_y()}, button.works ? t.text : t.text3);
  return press.clicked && button.works;
}

void draw_buttons(Pane& pane, Point middle, Player& player) {
  const double y = middle.y - kHeight / 2;
  const auto at = [&](double x, double w) { return Rect{middle.x + x, y, w, kHeight}; };
  const bool begun = player.position() > 0;
  const bool more = player.position() < player.count();
  const bool playing = player.playing();
  if (draw_button(pane, at(0, kButton),
                  {"First", "To the beginning (Home)", Glyph::First, begun})) {
    player.first();
  }
  if (draw_button(pane, at(38, kButton), {"Back", "One step back (←)", Glyph::Back, begun})) {
    player.pause();
    player.back();
  }
  if (draw_button(pane, at(76, kPlay),
                  {playing ? "Pause" : "Play", playing ? "Pause (Space)" : "Play (Space)",
                   playing ? Glyph::Pause : Glyph::Play})) {
    player.toggle();
  }
  if (draw_button(pane, at(126, kButton),
                  {"Forward", "One step forward (→)", Glyph::Forward, more})) {
    player.pause();
    player.forward();
  }
  if (draw_button(pane, at(164, kButton), {"Last", "To the end (End)", Glyph::Last, more})) {
    player.last();
  }
}

std::string speed_words(double speed) {
  if (speed == 0.25) return "¼×";
  if (speed == 0.5) return "½×";
  return decimal(static_cast<std::int64_t>(speed)) + "×";
}

void draw_speed(Pane& pane, Point at, Player& player) {
  const Rect box = {at.x - 6, at.y - kHeight / 2, 40, kHeight};
  const Press press = pane.press("Speed", box, "Speed: click for the next one (+, −)");
  const Theme& t = pane.theme();
  if (press.hovered) pane.ink().rect(box, 6, {t.raised, {}});
  pane.ink().text({at.x, at.y + 5}, speed_words(player.speed()),
                  {.size = type::kMedium, .color = button_text(t, press, false), .mono = true});
  if (press.clicked) player.next_speed();
}

/// One segmented control; its selected part is the most contrasted thing in the bar.
double draw_sizes(Pane& pane, Point at, Player& player) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const TextStyle style = {.size = type::kSmall};
  double whole = 0;
  for (const StepSize size : kStepSizes) whole += b.width(step_size_name(size), style) + 24;
  b.rect({at.x, at.y - 14, whole, kHeight}, 6, {t.inset, {t.line2, 1, {}}});
  double x = at.x;
  for (const StepSize size : kStepSizes) {
    const std::string name(step_size_name(size));
    const double width = b.width(name, style) + 24;
    const Rect part = {x + 2, at.y - 12, width - 4, 24};
    const Press press = pane.press(name.c_str(), part);
    const bool on = size == player.size();
    if (on)
      b.rect(part, 5, {t.text, {}});
    else if (press.hovered)
      b.rect(part, 5, {t.raised, {}});
    b.text({part.mid_x(), at.y + 4.7}, name,
           {.size = type::kSmall,
            .color = on ? t.bg : button_text(t, press, false),
            .bold = on,
            .anchor = Anchor::Middle});
    if (press.clicked) player.set_size(size);
    x += width;
  }
  return x;
}

std::string of(std::string_view what, std::size_t n, std::size_t all) {
  return std::string(what) + " " + decimal(static_cast<std::int64_t>(n)) + " of " +
         decimal(static_cast<std::int64_t>(all));
}

std::string position_words(const Player& player) {
  const StepSize size = player.size();
  const StepIndex& index = player.index();
  if (size == StepSize::Syscall || size == StepSize::Effect) {
    return of("event", player.position(), player.count());
  }
  const std::string_view name = size == StepSize::EngineStep ? "step" : step_size_name(size);
  return of(name, index.ordinal(size, player.position()), index.unit_count(size));
}

}  // namespace

double draw_transport(Pane& pane, Point middle, Player& player) {
  draw_buttons(pane, middle, player);
  double x = middle.x + 214;
  draw_speed(pane, {x, middle.y}, player);
  x += 42;
  pane.ink().text({x, middle.y + 5}, "step by",
                  {.size = type::kSmall, .color = pane.theme().text3});
  return draw_sizes(pane, {x + 54, middle.y}, player);
}

double position_width(const Pane& pane, const Player& player) {
  const SceneBuilder measure(pane.theme(), pane.ui().metrics, pane.box());
  return measure.width(position_words(player), {.size = type::kSmall, .mono = true});
}

void draw_wait_clock(Pane& pane, Point at, double right, const WaitReplay& wait) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const std::string words =
      "waits " + duration_words(wait.passed_ns()) + " of " + duration_words(wait.whole_ns());
  const TextStyle style = {.size = type::kSmall, .color = t.limit, .mono = true};
  if (right - at.x < b.width(words, style)) return;
  b.text({at.x, at.y + 1}, words, style);
  const double width = std::min(220.0, right - at.x);
  const double share = static_cast<double>(wait.passed_ns()) /
                       static_cast<double>(std::max<std::int64_t>(1, wait.whole_ns()));
  b.rect({at.x, at.y + 7, width, 4}, 2, {t.inset, {t.line2, 1, {}}});
  b.rect({at.x, at.y + 7, width * share, 4}, 2, {t.limit, {}});
}

void draw_position(Pane& pane, Point at, double right, const Player& player) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const TextStyle style = {.size = type::kSmall, .color = t.text2, .mono = true};
  if (right - at.x < b.width(position_words(player), style)) return;
  double x = b.text({at.x, at.y + 5}, position_words(player), style) + 22;
  const std::string clock = clock_words(player.world().now);
  if (right - x < b.width(clock, style)) return;
  x = b.text({x, at.y + 5}, clock, style) + 22;
  if (player.wait_ns() < kWaitNs) return;
  const std::string waited = "waited " + duration_words(player.wait_ns());
  if (right - x < b.width(waited, style)) return;
  b.text({x, at.y + 5}, waited, {.size = type::kSmall, .color = t.limit, .mono = true});
}

}  // namespace cutaway::viz
