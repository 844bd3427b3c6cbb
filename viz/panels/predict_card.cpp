#include "viz/panels/predict_card.h"

#include "base/text.h"
#include "viz/panels/card.h"
#include "viz/panels/text_field.h"
#include "viz/scene/signs.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kPredictWidth = 760;
constexpr double kOption = 34;
constexpr double kOptionGap = 6;
constexpr double kQuestionLine = 24;
constexpr double kSmallLine = 18;

std::string score_words(const Score& score) {
  return decimal(score.right) + " of " + decimal(score.asked) + " right";
}

std::vector<std::string> lines_of(const Ui& ui, const std::string& words, double size,
                                  double width) {
  return wrap_text(ui.metrics, words, {size, false, false}, width);
}

/// How an option looks: before the answer all are the same; after it the right one has a tick, a
/// wrong choice a cross.
struct OptionLook {
  bool answered = false, right = false, chosen = false;
};

bool draw_option(Pane& pane, const Rect& box, int number, const std::string& words,
                 const OptionLook& look) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const std::string label = "option " + decimal(number);
  const Press press = pane.press(label.c_str(), box);
  const Color edge = look.answered && look.right    ? t.ok
                     : look.answered && look.chosen ? t.bad
                                                    : t.line2;
  const bool loud = look.answered && (look.right || look.chosen);
  const Color ground = press.hovered && !look.answered ? t.raised : t.inset;
  b.rect(box, 6, {ground, {edge, loud ? 2.0 : 1.0, {}}});
  b.text({box.x + 14, box.mid_y() + 5}, decimal(number),
         {.size = type::kMedium, .color = t.text3, .mono = true, .bold = true});
  b.text({box.x + 38, box.mid_y() + 5}, words,
         {.size = type::kMedium,
          .color = look.answered && !loud ? t.text3 : t.text,
          .bold = look.answered && look.right,
          .width_max = box.w - 80});
  const Point sign = {box.right() - 20, box.mid_y()};
  if (look.answered && look.right) check_mark(b, {sign.x - 5, sign.y}, 1, {t.ok, 2.5, {}});
  if (look.answered && look.chosen && !look.right) cross_mark(b, sign, 5, {t.bad, 2.5, {}});
  return press.clicked && !look.answered;
}

/// "Right." or "Not so.", and why.
void draw_answer(Pane& pane, Point at, const PredictState& state,
                 const std::vector<std::string>& because) {
  const Theme& t = pane.theme();
  const bool right = static_cast<std::size_t>(state.chosen) == state.right;
  pane.ink().text({at.x, at.y + 16}, right ? "Right." : "Not so.",
                  {.size = type::kMedium, .color = right ? t.ok : t.bad, .bold = true});
  double y = at.y + kQuestionLine;
  for (const std::string& line : because) {
    pane.ink().text({at.x, y + 13}, line, {.size = type::kSmall, .color = t.text2});
    y += kSmallLine;
  }
}

PredictPress draw_question(const Ui& ui, const Rect& room, PredictState& state) {
  const Question& question = *state.question;
  const double inner = std::min(kPredictWidth, room.w - 16) - 2 * kCardPad;
  const auto asks = lines_of(ui, question.asks, type::kMedium, inner);
  const auto because = lines_of(ui, question.because, type::kSmall, inner - 130);
  const double options = static_cast<double>(question.options.size()) * (kOption + kOptionGap);
  const double answer = state.answered()
                            ? kQuestionLine + static_cast<double>(because.size()) * kSmallLine
                            : kQuestionLine;
  const double head = kCardHead + static_cast<double>(asks.size()) * kQuestionLine;
  const Rect box = card_box(room, kPredictWidth, head + options + std::max(answer, 34.0) + 20);
  Pane pane(ui, "Predict first", box, {});
  PredictPress press;
  press.closed = draw_card(pane, "Predict first");
  const double x = box.x + kCardPad;
  if (state.score.asked > 0)
    pane.ink().text({x + 110, box.y + 31}, score_words(state.score),
                    {.size = type::kSmall, .color = ui.theme.text3, .mono = true});
  double y = box.y + kCardHead;
  for (const std::string& line : asks) {
    pane.ink().text({x, y + 12}, line, {.size = type::kMedium, .bold = true});
    y += kQuestionLine;
  }
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const auto number = static_cast<int>(i);
    const OptionLook look = {state.answered(), i == state.right, number == state.chosen};
    if (draw_option(pane, {x, y, inner, kOption}, number + 1, question.options[i], look))
      press.chosen = number;
    y += kOption + kOptionGap;
  }
  if (!state.answered()) {
    pane.ink().text({x, y + 18}, "The run waits for you.",
                    {.size = type::kSmall, .color = ui.theme.text3});
    return press;
  }
  draw_answer(pane, {x, y}, state, because);
  press.next = draw_card_button(pane, {x + inner - 112, y}, {"Next question", "q", "", true});
  return press;
}

/// Which of the options is right: a mark that is pressed.
void draw_right_mark(Pane& pane, Point at, std::size_t i, PredictState& state) {
  const Theme& t = pane.theme();
  const std::string label = "right " + decimal(static_cast<std::int64_t>(i) + 1);
  const Press press =
      pane.press(label.c_str(), {at.x - 12, at.y - 12, 24, 24}, "This one is right");
  if (press.clicked) state.marked = i;
  pane.ink().circle(at, 8, {t.inset, {press.hovered ? t.text : t.line2, 1.5, {}}});
  if (state.marked == i) check_mark(pane.ink(), {at.x - 4, at.y}, 0.8, {t.ok, 2.5, {}});
}

PredictPress draw_writing(const Ui& ui, const Rect& room, PredictState& state) {
  constexpr double kField = 26;
  constexpr double kRow = kField + 8;
  const Rect box = card_box(room, kPredictWidth, kCardHead + 6 * kRow + 34);
  Pane pane(ui, "Your question", box, {});
  PredictPress press;
  press.closed = draw_card(pane, "A question of your own about the next step");
  const double x = box.x + kCardPad;
  const double width = box.w - 2 * kCardPad;
  double y = box.y + kCardHead;
  SceneBuilder& b = pane.ink();
  const double foot = y + 6 * kRow - 2;
  b.text({x, foot + 19}, state.says, {.size = type::kSmall, .width_max = width - 90});
  press.ask = draw_card_button(pane, {x + width - 60, foot}, {"Ask it", "Enter", "", true});
  constexpr const char* kLabels[] = {"##Option1", "##Option2", "##Option3", "##Option4"};
  for (std::size_t i = 0; i < state.options.size(); ++i)
    draw_right_mark(pane, {x + 12, y + static_cast<double>(i + 1) * kRow + 13}, i, state);
  const auto field = [&](double at_x, double row, const char* label, const char* hint,
                         std::string& text, bool& focus) {
    const Rect line = {at_x, y + row * kRow, x + width - at_x, kField};
    press.ask = draw_text_field(pane, line, {label, hint}, text, focus) || press.ask;
  };
  field(x, 0, "##Asks", "What do you ask?", state.asks, state.focus[0]);
  for (std::size_t i = 0; i < state.options.size(); ++i) {
    field(x + 32, static_cast<double>(i + 1), kLabels[i], i < 2 ? "an answer" : "(one more)",
          state.options[i], state.focus[i + 1]);
  }
  field(x, 5, "##Decides", "or a PRED / EV that decides: the first is right if it holds",
        state.decides, state.focus[5]);
  return press;
}

}  // namespace

PredictPress draw_predict_card(const Ui& ui, const Rect& room, PredictState& state) {
  if (state.writes) return draw_writing(ui, room, state);
  if (state.question) return draw_question(ui, room, state);
  const Rect box = card_box(room, kPredictWidth, kCardHead + 40);
  Pane pane(ui, "Predict first", box, {});
  PredictPress press;
  press.closed = draw_card(pane, "Predict first");
  pane.ink().text({box.x + kCardPad, box.y + kCardHead + 12}, state.says,
                  {.size = type::kSmall, .width_max = box.w - 2 * kCardPad});
  return press;
}

}  // namespace cutaway::viz
