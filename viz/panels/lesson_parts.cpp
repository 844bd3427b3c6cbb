#include "viz/panels/lesson_parts.h"

#include <algorithm>

#include "base/text.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kSignRoom = 24;
constexpr double kChoicePad = 9;
constexpr double kNumberRoom = 30;
constexpr double kMarkRoom = 26;

void draw_sign_of(SceneBuilder& b, Point at, LessonColumn::Sign sign) {
  using Sign = LessonColumn::Sign;
  const Theme& t = b.theme();
  if (sign == Sign::Right) check_mark(b, {at.x - 5, at.y}, 1, {t.ok, 2.5, {}});
  if (sign == Sign::Wrong) cross_mark(b, at, 5, {t.bad, 2.5, {}});
  if (sign == Sign::Open) b.circle(at, 5, {{}, {t.text3, 1.8, {}}});
  if (sign != Sign::Roughly) return;
  // Nearly equal: two waves would be finer than a pixel, so two short lines of unequal length.
  b.line({at.x - 6, at.y - 3}, {at.x + 6, at.y - 3}, {t.limit, 2.5, {}});
  b.line({at.x - 6, at.y + 3}, {at.x + 1, at.y + 3}, {t.limit, 2.5, {}});
}

Color edge_of(const Theme& t, const LessonColumn::Choice& choice) {
  if (choice.right) return t.ok;
  if (choice.wrong) return t.bad;
  return choice.chosen ? t.text : t.line2;
}

}  // namespace

void LessonColumn::heading(std::string_view words) {
  pane_.ink().text({at_.x, at_.y + 13}, words,
                   {.size = type::kSmall, .color = pane_.theme().text3, .bold = true});
  at_.y += 24;
}

void LessonColumn::words(std::string_view words, const MarkedStyle& style) {
  at_.y = draw_marked(pane_.ink(), at_, width_, words, style);
}

void LessonColumn::quote(std::string_view words) {
  const Theme& t = pane_.theme();
  const double top = at_.y;
  at_.y = draw_marked(pane_.ink(), {at_.x + 14, at_.y}, width_ - 14, words,
                      {.size = type::kMedium, .color = t.text2});
  pane_.ink().rect({at_.x, top + 2, 3, at_.y - top - 4}, 1, {t.line2, {}});
}

void LessonColumn::signed_words(Sign sign, std::string_view first, std::string_view words) {
  draw_sign_of(pane_.ink(), {at_.x + 8, at_.y + 10}, sign);
  const std::string all = first.empty()
                              ? std::string(words)
                              : "**" + std::string(trim(first)) + "** " + std::string(words);
  at_.y = draw_marked(pane_.ink(), {at_.x + kSignRoom, at_.y}, width_ - kSignRoom, all,
                      {.size = type::kMedium});
}

void LessonColumn::program(const std::vector<lessons::ProgramLine>& lines) {
  constexpr double kLine = 19, kPad = 10, kStep = 16, kHang = 14, kBar = 3;
  const Theme& t = pane_.theme();
  SceneBuilder& b = pane_.ink();
  const FontStyle font = {type::kSmall, true, false};
  std::vector<std::vector<std::string>> rows;
  double height = 2 * kPad;
  for (const lessons::ProgramLine& line : lines) {
    const std::string call = line.call.empty() ? play().words()["your-calls"] : line.call;
    const double indent = static_cast<double>(line.depth) * kStep;
    rows.push_back(wrap_text(b.metrics(), line.result.empty() ? call : call + " " + line.result,
                             font, width_ - 2 * kPad - kHang - indent));
    height += static_cast<double>(rows.back().size()) * kLine;
  }
  b.rect({at_.x, at_.y, width_, height}, 5, {t.inset, {t.line, 1, {}}});
  double y = at_.y + kPad;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double x = at_.x + kPad + static_cast<double>(lines[i].depth) * kStep;
    const double high = static_cast<double>(rows[i].size()) * kLine;
    if (lines[i].yours) b.rect({x - kPad / 2 - 1, y + 1, kBar, high - 2}, 1, {t.text, {}});
    const Color color = lines[i].refused ? t.bad : lines[i].yours ? t.text : t.text2;
    for (std::size_t row = 0; row < rows[i].size(); ++row)
      b.text({x + (row == 0 ? 0 : kHang), y + 14 + static_cast<double>(row) * kLine}, rows[i][row],
             {.size = type::kSmall, .color = color, .mono = true});
    y += high;
  }
  at_.y += height;
}

void LessonColumn::code(std::string_view line) {
  const Theme& t = pane_.theme();
  SceneBuilder& b = pane_.ink();
  const FontStyle font = {type::kSmall, true, false};
  const auto lines = wrap_text(b.metrics(), line, font, width_ - 24);
  const double height = static_cast<double>(lines.size()) * 20 + 12;
  b.rect({at_.x, at_.y, width_, height}, 5, {t.inset, {t.line, 1, {}}});
  double y = at_.y + 20;
  for (const std::string& each : lines) {
    b.text({at_.x + 12, y}, each, {.size = type::kSmall, .mono = true});
    y += 20;
  }
  at_.y += height;
}

bool LessonColumn::choice(const Choice& choice) {
  const Theme& t = pane_.theme();
  SceneBuilder& b = pane_.ink();
  const double room = width_ - kNumberRoom - kMarkRoom - 12;
  const MarkedStyle style = {
      .size = type::kMedium, .color = choice.quiet ? t.text3 : t.text, .bold = choice.right};
  const double height = marked_height(b, room, choice.words, style) + 2 * kChoicePad;
  const Rect box = {at_.x, at_.y, width_, height};
  const std::string label = "choice " + decimal(choice.number);
  const Press press = pane_.press(label.c_str(), box);
  const bool loud = choice.chosen || choice.right || choice.wrong;
  b.rect(box, 6,
         {press.hovered && choice.works ? t.raised : t.inset,
          {edge_of(t, choice), loud ? 2.0 : 1.0, {}}});
  b.text({box.x + 12, box.y + kChoicePad + 14}, decimal(choice.number),
         {.size = type::kMedium, .color = t.text3, .mono = true, .bold = true});
  draw_marked(b, {box.x + kNumberRoom, box.y + kChoicePad}, room, choice.words, style);
  const Point mark = {box.right() - 18, box.mid_y()};
  if (choice.right) check_mark(b, {mark.x - 5, mark.y}, 1, {t.ok, 2.5, {}});
  if (choice.wrong) cross_mark(b, mark, 5, {t.bad, 2.5, {}});
  if (!choice.mark.empty()) {
    b.circle(mark, 11, {t.text, {}});
    b.text({mark.x, mark.y + 5}, choice.mark,
           {.size = type::kSmall, .color = t.bg, .bold = true, .anchor = Anchor::Middle});
  }
  at_.y += height + 7;
  return press.clicked && choice.works;
}

}  // namespace cutaway::viz
