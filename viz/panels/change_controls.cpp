#include "viz/panels/change_controls.h"

#include <algorithm>
#include <cmath>

#include "spec/words.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kChangeTitle = 28;
constexpr double kSlider = 46;
constexpr double kRailAt = 25;
constexpr double kRail = 10;
constexpr double kRailReach = 8;  // the mouse need not hit the rail itself
constexpr double kKnob = 6;
constexpr double kLid = 5;  // a lid overlaps its rail
constexpr double kChangeButtons = 34;
constexpr double kChangeButton = 26;
constexpr double kChangeButtonGap = 6;
constexpr double kChangeLine = 18;

std::string_view spec_words(std::string_view key) { return spec::Words::of()[key].what; }

/// The controls of one frame, from above to below.
class Controls {
 public:
  Controls(Pane& pane, const ChangeRoom& room, const Changeable& what, const ChangeRules& rules,
           ChangeHand& hand)
      : pane_(pane),
        what_(what),
        rules_(rules),
        hand_(hand),
        left_(room.left),
        width_(room.right - room.left),
        y_(room.y) {}

  ChangeDrawn draw() {
    const std::string& why_not = rules_.why_not.empty() ? what_.why_not : rules_.why_not;
    can_ = why_not.empty();
    if (!can_) hand_.let_be();
    draw_title();
    for (const LimitSlider& slider : what_.sliders) draw_slider(slider);
    if (!what_.sliders.empty()) draw_signals();
    if (can_)
      draw_line();
    else
      draw_words(why_not, pane_.theme().text2, false);
    y_ += 6;
    return {y_, std::move(ask_)};
  }

 private:
  double right() const { return left_ + width_; }
  /// Where an amount stands on a rail: each stop has the same room, the first one too.
  double x_of(const LimitSlider& slider, double stop) const {
    const auto count = static_cast<double>(slider.stops.size());
    return left_ + width_ * std::clamp((stop + 1) / count, 0.0, 1.0);
  }

  void draw_title() {
    const Theme& t = pane_.theme();
    pane_.ink().text({left_, y_ + 18}, spec_words("change.title"),
                     {.size = type::kSmall, .bold = true});
    pane_.ink().line({left_, y_ + 24.5}, {right(), y_ + 24.5}, {t.line, 1, {}});
    y_ += kChangeTitle;
  }

  void draw_slider(const LimitSlider& slider) {
    const Rect row = {left_, y_, width_, kSlider};
    const Rect rail = {left_, y_ + kRailAt, width_, kRail};
    take_mouse(slider, rail);
    const bool focused = can_ && hand_.has_keyboard(slider.what);
    if (focused) draw_focus({row.x - 8, row.y, row.w + 16, row.h - 4});
    draw_values(slider);
    draw_rail(slider, rail);
    draw_limit(slider, rail);
    y_ += kSlider;
  }

  void take_mouse(const LimitSlider& slider, const Rect& rail) {
    const std::string label = "Limit " + std::string(change_name(slider.what));
    const Rect hands = {rail.x, rail.y - kRailReach, rail.w, rail.h + 2 * kRailReach};
    const Press press = pane_.press(label.c_str(), hands, can_ ? spec_words("change.drag") : "");
    if (!can_) return;
    if (press.held) {
      const auto count = static_cast<double>(slider.stops.size());
      const double stop = (pointer(pane_.ui()).x - left_) / width_ * count - 1;
      hand_.dragged = slider.what;
      hand_.wish(what_, slider,
                 static_cast<std::size_t>(std::clamp(std::round(stop), 0.0, count - 1)));
    } else if (hand_.dragged == slider.what) {
      ask_ = hand_.take(what_, rules_.way == ChangeWay::Live);
    }
  }

  void draw_focus(const Rect& box) {
    pane_.ink().rect(box, 5, {{}, {pane_.theme().text2, 1.5, {}}});
  }

  /// "memory   used 3.1 MiB                64 MiB → 128 MiB"
  void draw_values(const LimitSlider& slider) {
    const Theme& t = pane_.theme();
    SceneBuilder& b = pane_.ink();
    double x = b.text({left_, y_ + 15}, change_name(slider.what),
                      {.size = type::kSmall, .color = t.text2});
    const std::size_t wished = hand_.stop_of(slider);
    std::string value = slider.now().words;
    if (wished != slider.at) value += " → " + slider.stops[wished].words;
    const TextStyle style = {.size = type::kSmall,
                             .color = can_ ? t.text : t.text2,
                             .mono = true,
                             .bold = wished != slider.at,
                             .anchor = Anchor::End};
    b.text({right(), y_ + 15}, value, style);
    x += 10;
    const double left_over = right() - b.width(value, style) - 10 - x;
    if (!slider.used.empty())
      b.text({x, y_ + 15}, std::string(spec_words("change.used")) + " " + slider.used,
             {.size = type::kSmall, .color = t.text3, .width_max = left_over});
  }

  /// Open to the right: a top that nobody closed is no line.
  void draw_rail(const LimitSlider& slider, const Rect& rail) {
    const Theme& t = pane_.theme();
    SceneBuilder& b = pane_.ink();
    b.rect(rail, 0, {t.inset, {}});
    const Stroke edge = {t.line2, 1, {}};
    b.line({rail.x, rail.y}, {rail.right(), rail.y}, edge);
    b.line({rail.x, rail.bottom()}, {rail.right(), rail.bottom()}, edge);
    b.line({rail.x, rail.y}, {rail.x, rail.bottom()}, edge);
    if (slider.used_at > -1) {
      const double used = x_of(slider, slider.used_at) - rail.x;
      const Color color = t.container[static_cast<std::size_t>(what_.slot) % t.container.size()];
      b.rect({rail.x, rail.y + 1, used, rail.h - 2}, 0, {color, {}});
    }
    for (std::size_t i = 0; i < slider.stops.size(); ++i) {
      const double x = x_of(slider, static_cast<double>(i));
      b.line({x, rail.bottom() + 2}, {x, rail.bottom() + 5}, edge);
    }
  }

  void draw_limit(const LimitSlider& slider, const Rect& rail) {
    const Theme& t = pane_.theme();
    const std::size_t wished = hand_.stop_of(slider);
    const double now = x_of(slider, static_cast<double>(slider.at));
    if (!slider.now().open) {
      const double strength = wished == slider.at ? 1 : 0.45;
      draw_lid(now, rail, t.limit.faded(strength));
    }
    if (!can_) return;
    const double x = x_of(slider, static_cast<double>(wished));
    if (wished != slider.at && !slider.stops[wished].open) draw_lid(x, rail, t.text);
    const bool lit = hand_.dragged == slider.what || hand_.has_keyboard(slider.what);
    const bool open = slider.stops[wished].open;
    pane_.ink().circle({std::min(x, right() - kKnob), rail.mid_y()}, kKnob,
                       {open  ? t.panel
                        : lit ? t.text
                              : t.limit,
                        {t.text, lit ? 2.0 : 1.0, {}}});
  }
  void draw_lid(double x, const Rect& rail, Color color) {
    pane_.ink().rect({x - 1.5, rail.y - kLid, 3, rail.h + 2 * kLid}, 0, {color, {}});
  }

  void draw_signals() {
    const Theme& t = pane_.theme();
    double x = pane_.ink().text({left_, y_ + 20}, spec_words("change.signal"),
                                {.size = type::kSmall, .color = t.text2}) +
               10;
    const auto count = static_cast<double>(offered_signals().size());
    const double width = (right() - x - kChangeButtonGap * (count - 1)) / count;
    for (const std::string& signal : offered_signals()) {
      draw_signal({x, y_ + 2, width, kChangeButton}, signal);
      x += width + kChangeButtonGap;
    }
    y_ += kChangeButtons;
  }

  void draw_signal(const Rect& box, const std::string& signal) {
    const Theme& t = pane_.theme();
    const std::string line = docker_line({ChangeKind::Signal, signal, what_.name});
    const Press press = pane_.press(("Signal " + signal).c_str(), box, can_ ? line : "");
    if (can_ && press.clicked) {
      hand_.wish_signal(what_, signal);
      ask_ = hand_.take(what_, rules_.way == ChangeWay::Live);
    }
    const bool focused = can_ && hand_.has_keyboard(signal);
    const bool lit = can_ && (press.hovered || focused);
    Stroke edge = {focused ? t.text2 : t.line2, focused ? 1.5 : 1.0, {}};
    if (!can_) edge.dash = {3, 3};
    pane_.ink().rect(box, 5, {lit ? t.raised : Color{}, edge});
    pane_.ink().text({box.mid_x(), box.mid_y() + 4.5}, signal,
                     {.size = type::kSmall,
                      .color = can_ ? t.text : t.text3,
                      .mono = true,
                      .anchor = Anchor::Middle,
                      .width_max = box.w - 4});
  }

  /// What would be typed, and what comes of it; with nothing in hand: how it is done by keys.
  void draw_line() {
    const Theme& t = pane_.theme();
    if (hand_.wished().what == ChangeKind::None) {
      draw_words(spec_words("change.keys"), t.text3, false);
      return;
    }
    draw_words("$ " + docker_line(hand_.wished()), t.text, true);
    constexpr std::string_view kComes[] = {"change.fork", "change.goes_on", "change.live"};
    draw_words(spec_words(kComes[static_cast<std::size_t>(rules_.way)]), t.text2, false);
  }

  void draw_words(std::string_view words, Color color, bool mono) {
    const FontStyle style = {type::kSmall, mono, false};
    for (const std::string& line :
         wrap_text(pane_.ui().metrics, std::string(words), style, width_)) {
      pane_.ink().text({left_, y_ + 14}, line,
                       {.size = type::kSmall, .color = color, .mono = mono});
      y_ += kChangeLine;
    }
  }

  Pane& pane_;
  const Changeable& what_;
  const ChangeRules& rules_;
  ChangeHand& hand_;
  double left_, width_, y_;
  bool can_ = false;
  std::optional<ChangeAsk> ask_;
};

}  // namespace

ChangeDrawn draw_change_controls(Pane& pane, const ChangeRoom& room, const Changeable& what,
                                 const ChangeRules& rules, ChangeHand& hand) {
  return Controls(pane, room, what, rules, hand).draw();
}

}  // namespace cutaway::viz
