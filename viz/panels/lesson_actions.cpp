#include "viz/panels/lesson_actions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "viz/panels/window.h"

namespace cutaway::viz {
namespace {

using lessons::AnswerForm;
using lessons::Exercise;
using lessons::Page;
using lessons::PageKind;

constexpr double kScroll = 120;

std::optional<StepSize> size_named(const std::string& word) {
  for (const StepSize size : kStepSizes) {
    if (step_size_word(size) == word) return size;
  }
  return std::nullopt;
}

void travel_to(Player& player, std::size_t position, bool travels) {
  if (travels && position > player.position())
    player.travel(position);
  else if (position != player.position())
    player.jump(position);
}

void pick_station(LessonState& lesson, const Exercise& exercise, std::size_t shown) {
  const auto order =
      lesson.play->shuffled(exercise.stations.size(), lesson.play->key(lesson.play->page()));
  if (shown >= order.size()) return;
  std::vector<std::size_t>& picked = lesson.page.picked;
  const auto at = std::find(picked.begin(), picked.end(), order[shown]);
  if (at == picked.end())
    picked.push_back(order[shown]);
  else
    picked.erase(at);
  lesson.page.verdict.reset();
}

}  // namespace

std::size_t lesson_position(const WindowState& state) {
  const lessons::Play& play = *state.lesson.play;
  const std::size_t position = play.position(play.page());
  return position == 0 ? state.player.index().beginning() : position;
}

bool choose_in_lesson(WindowState& state, int shown) {
  LessonState& lesson = state.lesson;
  lessons::Play& play = *lesson.play;
  const Page& page = play.page();
  const auto number = static_cast<std::size_t>(shown);
  const Exercise* exercise = lesson.exercise();
  if (exercise != nullptr) {
    if (form_of(exercise->kind) != AnswerForm::Stations) return false;
    pick_station(lesson, *exercise, number);
    return true;
  }
  if (page.kind != PageKind::Question) return false;
  const lessons::Prediction& prediction = play.prediction(page);
  if (play.chosen(prediction) != nullptr || number >= prediction.options.size()) return true;
  const auto order = play.shuffled(prediction.options.size(), play.key(page));
  play.predict(prediction, prediction.options[order[number]].id);
  return true;
}

void check_lesson(LessonState& lesson) {
  const Exercise* exercise = lesson.exercise();
  if (exercise == nullptr || form_of(exercise->kind) == AnswerForm::Items) return;
  lessons::Answer answer;
  answer.exercise = exercise->id;
  for (const std::size_t i : lesson.page.picked) answer.picked.push_back(exercise->stations[i].id);
  answer.words = trim(lesson.page.words);
  lesson.page.verdict = lesson.play->give(*exercise, answer);
}

namespace {

void go_on(WindowState& state) {
  LessonState& lesson = state.lesson;
  if (lesson.can_check()) return check_lesson(lesson);
  if (lesson.play->number() + 1 < lesson.play->pages().size())
    turn_lesson(state, lesson.play->number() + 1);
  else
    lesson.list.open = true;
}

void go_back(WindowState& state) {
  if (state.lesson.play->number() > 0) turn_lesson(state, state.lesson.play->number() - 1);
}

void speak_other(LessonState& lesson) {
  const std::vector<std::string> all = lesson.play->languages();
  const auto at = std::find(all.begin(), all.end(), lesson.play->language());
  lesson.language = at == all.end() || at + 1 == all.end() ? all.front() : *(at + 1);
  lesson.play->speak(lesson.language);
  lesson.list.rows.clear();
}

void give_hint(LessonState& lesson) {
  if (lesson.exercise() == nullptr) return;
  lesson.page.hints = std::min(lesson.page.hints + 1, lessons::kHints + 1);
  lesson.page.wish = lesson.page.by + 1e4;  // that is what one wants to read now
}

void show_list(WindowState& state) {
  LessonList& list = state.lesson.list;
  list.open = !list.open && state.lesson.possible;
  list.rows.clear();  // what is done may have changed
  list.follow = true;
}

// --- the list of lessons ---

bool apply_list_action(LessonState& lesson, Action action) {
  LessonList& list = lesson.list;
  const std::size_t last = list.rows.empty() ? 0 : list.rows.size() - 1;
  if (action == Action::Finer)
    list.row = std::min(list.row + 1, last);
  else if (action == Action::Coarser)
    list.row = list.row == 0 ? 0 : list.row - 1;
  else if (action == Action::DoChange && list.row < list.rows.size())
    lesson.open = list.rows[list.row].lesson.id;
  else if (action == Action::Escape || action == Action::Lessons)
    list.open = false;
  else
    return false;
  list.follow = true;
  if (lesson.open) list.open = false;
  return true;
}

constexpr std::array kDigitActions = {
    Action::SizeCommand, Action::SizeBeat,    Action::SizeEngineStep, Action::SizeSyscall,
    Action::SizeEffect,  Action::SixthChoice, Action::SeventhChoice};

bool takes_digit(WindowState& state, Action action) {
  const auto digit = std::find(kDigitActions.begin(), kDigitActions.end(), action);
  return digit != kDigitActions.end() &&
         choose_in_lesson(state, static_cast<int>(digit - kDigitActions.begin()));
}

/// A change of a container's limit that waits for Enter goes first.
bool change_waits(const WindowState& state) {
  return state.inspector.hand.wished().what != ChangeKind::None;
}

struct ActionRow {
  Action action;
  void (*act)(WindowState&);
};
constexpr std::array kLessonActions = {
    ActionRow{Action::DoChange, go_on},
    ActionRow{Action::LessonBack, go_back},
    ActionRow{Action::Hint, [](WindowState& s) { give_hint(s.lesson); }},
    ActionRow{Action::Language, [](WindowState& s) { speak_other(s.lesson); }},
    ActionRow{Action::ToLesson, [](WindowState& s) { place_lesson(s); }},
    ActionRow{Action::AllDecks, [](WindowState& s) { s.lesson.all_decks = !s.lesson.all_decks; }},
    ActionRow{Action::Again,
              [](WindowState& s) { s.lesson.again = !s.lesson.wanted_machine().empty(); }},
    ActionRow{Action::PageDown,
              [](WindowState& s) { s.lesson.page.wish = s.lesson.page.by + kScroll; }},
    ActionRow{Action::ForReal, [](WindowState& s) { s.lesson.for_real = true; }},
    ActionRow{
        Action::PageUp,
        [](WindowState& s) { s.lesson.page.wish = std::max(0.0, s.lesson.page.by - kScroll); }},
};

/// Where something can be typed, or comes out; else its head is enough.
bool wants_terminal(const lessons::Play& play) {
  const Page& page = play.page();
  if (page.kind == PageKind::Exercise)
    return form_of(play.exercise(page).kind) == AnswerForm::Items;
  const std::vector<std::string>& show = play.stage(page).show;
  return page.kind == PageKind::Step &&
         std::find(show.begin(), show.end(), "terminal") != show.end();
}

void begin_page(WindowState& state, bool travels) {
  LessonState& lesson = state.lesson;
  lesson.page = LessonPage();
  lesson.page.wish = 0;
  lesson.all_decks = false;
  const Exercise* exercise = lesson.exercise();
  lesson.page.focus = exercise != nullptr && form_of(exercise->kind) == AnswerForm::Words;
  lesson.terminal = wants_terminal(*lesson.play);
  if (lesson.machine == lesson.wanted_machine()) place_lesson(state, travels);
}

}  // namespace

bool LessonState::can_check() const {
  const Exercise* here = exercise();
  const bool given = !page.picked.empty() || !page.words.empty();
  return here != nullptr && given && page.verdict != true &&
         form_of(here->kind) != AnswerForm::Items;
}

std::string LessonState::wanted_machine() const {
  const Exercise* here = exercise();
  return here != nullptr && form_of(here->kind) == AnswerForm::Items ? here->id : std::string();
}

void begin_lesson(WindowState& state, lessons::Play play) {
  LessonState& lesson = state.lesson;
  if (!lesson.playing()) {
    lesson.inspector = state.right.beside;
    state.right.hide();
  }
  state.left.over = false;
  state.stage.view = View::Ship;
  lesson.language = play.language();
  lesson.play = std::move(play);
  lesson.machine = kNoMachine;
  begin_page(state, false);
}

void end_lesson(WindowState& state) {
  LessonState& lesson = state.lesson;
  if (lesson.playing() && lesson.inspector) state.right.show();
  lesson.play.reset();
  lesson.page = LessonPage();
  lesson.machine.clear();
}

void place_lesson(WindowState& state, bool travels) {
  LessonState& lesson = state.lesson;
  if (lesson.machine != lesson.wanted_machine()) return;  // it will be shown first
  lessons::Play& play = *lesson.play;
  const auto size = size_named(lesson.writes() ? "syscall" : play.stage(play.page()).size);
  if (size) state.player.set_size(*size);
  state.player.pause();
  if (!lesson.machine.empty()) return state.player.jump(state.player.count());
  if (state.fork.shown != 0) {  // a future of somebody's own
    lesson.machine = kNoMachine;
    return;
  }
  travel_to(state.player, lesson_position(state), travels);
}

void turn_lesson(WindowState& state, std::size_t page) {
  lessons::Play& play = *state.lesson.play;
  const bool on = page == play.number() + 1;
  play.turn_to(page);
  begin_page(state, on);
}

bool apply_lesson_action(WindowState& state, Action action) {
  LessonState& lesson = state.lesson;
  if (state.tools.card() || state.help || state.saving.open) return false;
  if (lesson.list.open && apply_list_action(lesson, action)) return true;
  if (action == Action::Lessons) {
    show_list(state);
    return true;
  }
  if (!lesson.playing()) return false;
  if (takes_digit(state, action)) return true;
  if (action == Action::DoChange && change_waits(state)) return false;
  for (const ActionRow& row : kLessonActions) {
    if (row.action != action) continue;
    row.act(state);
    return true;
  }
  return false;
}

bool forbidden_here(WindowState& state, const std::string& line) {
  LessonState& lesson = state.lesson;
  const Exercise* exercise = lesson.playing() ? lesson.exercise() : nullptr;
  if (exercise == nullptr) return false;
  lesson.page.says.clear();
  std::vector<std::string> words;
  if (!split_shell_words(line, words) || words.empty() || words[0] != "docker") return false;
  words.erase(words.begin());
  if (!lessons::is_forbidden(*exercise, words)) return false;
  lesson.page.says = lesson.play->said("exercise." + exercise->id + ".forbidden");
  return true;
}

bool question_waits(const WindowState& state) {
  if (!state.lesson.playing()) return false;
  const lessons::Play& play = *state.lesson.play;
  return play.page().kind == PageKind::Question &&
         play.chosen(play.prediction(play.page())) == nullptr;
}

Decks lesson_decks(const WindowState& state) {
  const lessons::Play& play = *state.lesson.play;
  const std::vector<std::string>& show = play.stage(play.page()).show;
  const auto shows = [&show](const char* deck) {
    return std::find(show.begin(), show.end(), deck) != show.end();
  };
  // An exercise is done with whatever it takes.
  if (state.lesson.all_decks || !state.lesson.machine.empty()) return {false, true, true};
  const bool engine = shows("engine");
  const bool others = shows("processes") || shows("kernel") || shows("hardware");
  return {engine && !others, engine, shows("hardware") || (engine && !others)};
}

}  // namespace cutaway::viz
