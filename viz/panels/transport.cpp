#include "viz/panels/transport.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "viz/panels/bar_button.h"
#include "viz/player/pace.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kTransportButton = 34;
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

void draw_transport_buttons(Pane& pane, Point middle, const TransportLook& look,
                            TransportPress& press) {
  const double y = middle.y - kBarButton / 2;
  const auto at = [&](double x, double w) { return Rect{middle.x + x, y, w, kBarButton}; };
  const bool plays = look.playing;
  press.first = draw_button(pane, at(0, kTransportButton),
                            {"First", "To the beginning (Home)", Glyph::First, look.begun});
  press.back = draw_button(pane, at(38, kTransportButton),
                           {"Back", "One step back (←)", Glyph::Back, look.begun});
  press.toggle = draw_button(pane, at(76, kPlay),
                             {plays ? "Pause" : "Play", plays ? "Pause (Space)" : "Play (Space)",
                              plays ? Glyph::Pause : Glyph::Play});
  press.forward = draw_button(pane, at(126, kTransportButton),
                              {"Forward", "One step forward (→)", Glyph::Forward, look.more});
  press.last = draw_button(pane, at(164, kTransportButton),
                           {"Last", "To the end (End)", Glyph::Last, look.more});
}

std::string speed_words(double speed) {
  if (speed == 0.25) return "¼×";
  if (speed == 0.5) return "½×";
  return decimal(static_cast<std::int64_t>(speed)) + "×";
}

bool draw_speed(Pane& pane, Point at, double speed) {
  const Rect box = {at.x - 6, at.y - kBarButton / 2, 40, kBarButton};
  const Press press = pane.press("Speed", box, "Speed: click for the next one (+, −)");
  const Theme& t = pane.theme();
  if (press.hovered) pane.ink().rect(box, 6, {t.raised, {}});
  pane.ink().text({at.x, at.y + 5}, speed_words(speed),
                  {.size = type::kMedium, .color = button_text(t, press, false), .mono = true});
  return press.clicked;
}

constexpr double kSizePad = 24;

/// One part of the control; its selected part is the most contrasted thing in the bar.
bool draw_size(Pane& pane, const Rect& part, StepSize size, bool on, std::string_view tip) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const std::string name(step_size_name(size));
  const Press press = pane.press(name.c_str(), part, tip);
  if (on)
    b.rect(part, 5, {t.text, {}});
  else if (press.hovered)
    b.rect(part, 5, {t.raised, {}});
  b.text({part.mid_x(), part.mid_y() + 4.7}, name,
         {.size = type::kSmall,
          .color = on ? t.bg : button_text(t, press, false),
          .bold = on,
          .anchor = Anchor::Middle});
  return press.clicked;
}

double size_width(const SceneBuilder& b, StepSize size) {
  return b.width(step_size_name(size), {.size = type::kSmall}) + kSizePad;
}

/// All sizes as one segmented control.
double draw_sizes(Pane& pane, Point at, StepSize chosen, std::optional<StepSize>& pressed) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  double whole = 0;
  for (const StepSize size : kStepSizes) whole += size_width(b, size);
  b.rect({at.x, at.y - 14, whole, kBarButton}, 6, {t.inset, {t.line2, 1, {}}});
  double x = at.x;
  for (const StepSize size : kStepSizes) {
    const double width = size_width(b, size);
    const Rect part = {x + 2, at.y - 12, width - 4, 24};
    if (draw_size(pane, part, size, size == chosen, {})) pressed = size;
    x += width;
  }
  return x;
}

/// As much of the choice as there is room for: all, or the chosen one, which a click changes.
double draw_step_by(Pane& pane, Point at, double right, StepSize chosen,
                    std::optional<StepSize>& pressed) {
  constexpr double kWords = 54;
  SceneBuilder& b = pane.ink();
  double whole = kWords;
  for (const StepSize size : kStepSizes) whole += size_width(b, size);
  if (at.x + whole <= right) {
    b.text({at.x, at.y + 5}, "step by", {.size = type::kSmall, .color = pane.theme().text3});
    return draw_sizes(pane, {at.x + kWords, at.y}, chosen, pressed);
  }
  const double width = size_width(b, chosen);
  if (at.x + width > right) return at.x;
  const StepSize next = chosen == kStepSizes.back() ? kStepSizes.front() : finer(chosen);
  if (draw_size(pane, {at.x, at.y - 12, width, 24}, chosen, true, "Step by: click for the next"))
    pressed = next;
  return at.x + width;
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

TransportPress draw_transport(Pane& pane, Point middle, double right, const TransportLook& look) {
  TransportPress press;
  draw_transport_buttons(pane, middle, look, press);
  const double speed = middle.x + 214;
  press.end = speed;
  if (speed + 34 > right) return press;
  press.next_speed = draw_speed(pane, {speed, middle.y}, look.speed);
  press.end = draw_step_by(pane, {speed + 42, middle.y}, right, look.size, press.size);
  return press;
}

double draw_transport(Pane& pane, Point middle, double right, Player& player) {
  const TransportPress press =
      draw_transport(pane, middle, right,
                     {player.position() > 0, player.position() < player.count(), player.playing(),
                      player.speed(), player.size()});
  if (press.back || press.forward) player.pause();
  if (press.first) player.first();
  if (press.back) player.back();
  if (press.toggle) player.toggle();
  if (press.forward) player.forward();
  if (press.last) player.last();
  if (press.next_speed) player.next_speed();
  if (press.size) player.set_size(*press.size);
  return press.end;
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
