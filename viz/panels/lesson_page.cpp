// What stands on a page, by its kind.
#include <array>

#include "base/text.h"
#include "viz/panels/lesson_parts.h"

namespace cutaway::viz {
namespace {

using lessons::Judgement;
using lessons::Page;
using lessons::PageKind;

struct Drawing {
  LessonColumn& column;
  LessonState& state;
  const LessonSight& sight;
  LessonPress& press;

  const lessons::Play& play() const { return *state.play; }
  const std::string& word(std::string_view key) const { return play().words()[key]; }
};

void draw_opening(const Drawing& d) {
  d.column.words(d.play().said("goal"), {.size = type::kLarge});
  d.column.gap(18);
  d.column.heading(d.word("head-claims"));
  for (const lessons::Claim& claim : d.play().lesson().claims) {
    d.column.quote(d.play().said("claim." + claim.id, 0));
    d.column.gap(10);
  }
}

void draw_page_question(const Drawing& d) {
  const lessons::Play& play = d.play();
  const lessons::Prediction& prediction = play.prediction(play.page());
  const std::string key = play.key(play.page());
  d.column.heading(d.word("head-question"));
  d.column.words(play.said(key), {.size = type::kLarge, .bold = true});
  d.column.gap(12);
  const lessons::Option* chosen = play.chosen(prediction);
  int number = 0;
  for (const std::size_t i : play.shuffled(prediction.options.size(), key)) {
    const lessons::Option& option = prediction.options[i];
    LessonColumn::Choice choice = {++number, play.said(key + "." + option.id, 0), ""};
    choice.right = chosen != nullptr && option.belief.empty();
    choice.wrong = chosen == &option && !option.belief.empty();
    choice.quiet = chosen != nullptr && !choice.right && !choice.wrong;
    choice.works = chosen == nullptr;
    if (d.column.choice(choice)) d.press.choice = number - 1;
  }
  d.column.gap(6);
  if (chosen == nullptr) {
    d.column.words(d.word("run-waits"), {.size = type::kSmall, .color = d.column.muted()});
    return;
  }
  const bool right = chosen->belief.empty();
  d.column.signed_words(right ? LessonSign::Right : LessonSign::Wrong,
                        d.word(right ? "right" : "not-so"), play.said(key + "." + chosen->id, 1));
}

void draw_step(const Drawing& d) {
  const lessons::Play& play = d.play();
  d.column.heading(d.word("head-step") + decimal(static_cast<std::int64_t>(play.page().index) + 1) +
                   d.word("of") + decimal(static_cast<std::int64_t>(play.lesson().steps.size())));
  d.column.words(play.said(play.key(play.page())), {.size = type::kLarge});
}

/// The sign of a verdict, and its name among the player's words.
struct VerdictRow {
  Judgement judgement;
  LessonSign sign;
};
constexpr std::array<VerdictRow, 3> kVerdicts = {{{Judgement::Holds, LessonSign::Right},
                                                  {Judgement::Roughly, LessonSign::Roughly},
                                                  {Judgement::NotSo, LessonSign::Wrong}}};

void draw_verdicts(const Drawing& d) {
  d.column.heading(d.word("verdicts"));
  for (const lessons::Claim& claim : d.play().lesson().claims) {
    const std::string key = "claim." + claim.id;
    d.column.quote(d.play().said(key, 0));
    d.column.gap(5);
    for (const VerdictRow& each : kVerdicts) {
      if (each.judgement == claim.judgement)
        d.column.signed_words(each.sign, "", d.play().said(key, 1));
    }
    d.column.gap(16);
  }
}

void draw_closer(const Drawing& d) {
  d.column.heading(d.word("head-closer"));
  d.column.words(d.play().said("closer"), {.size = type::kLarge});
}

void draw_exercise(const Drawing& d) { draw_lesson_exercise(d.column, d.state, d.sight, d.press); }

struct PageRow {
  PageKind kind;
  void (*draw)(const Drawing&);
};
constexpr std::array<PageRow, 6> kPageKinds = {{{PageKind::Opening, draw_opening},
                                                {PageKind::Question, draw_page_question},
                                                {PageKind::Step, draw_step},
                                                {PageKind::Verdicts, draw_verdicts},
                                                {PageKind::Exercise, draw_exercise},
                                                {PageKind::Closer, draw_closer}}};

}  // namespace

void draw_lesson_page(LessonColumn& column, LessonState& state, const LessonSight& sight,
                      LessonPress& press) {
  for (const PageRow& row : kPageKinds) {
    if (row.kind == state.play->page().kind) row.draw({column, state, sight, press});
  }
}

}  // namespace cutaway::viz
