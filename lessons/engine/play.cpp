#include "lessons/play.h"

#include <algorithm>

#include "base/prng.h"
#include "base/text.h"
#include "lessons/hand_in.h"
#include "scenarios/timeline.h"

namespace cutaway::lessons {

std::vector<Page> pages_of(const Lesson& lesson) {
  std::vector<Page> pages = {{PageKind::Opening, 0}};
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    for (std::size_t p = 0; p < lesson.predictions.size(); ++p) {
      if (lesson.predictions[p].before == lesson.steps[i].id)
        pages.push_back({PageKind::Question, p});
    }
    pages.push_back({PageKind::Step, i});
  }
  pages.push_back({PageKind::Verdicts, 0});
  for (std::size_t i = 0; i < lesson.exercises.size(); ++i)
    pages.push_back({PageKind::Exercise, i});
  pages.push_back({PageKind::Closer, 0});
  return pages;
}

Play::Play(std::shared_ptr<const Lesson> lesson, Learner learner)
    : lesson_(std::move(lesson)),
      language_(std::move(learner.language)),
      words_(language_),
      pages_(pages_of(*lesson_)) {
  record_.lesson = lesson_->id;
  record_.learner = std::move(learner.name);
  record_.seed = seed_of(record_.learner);
}

std::vector<std::string> Play::languages() const {
  std::vector<std::string> both;
  for (const std::string& language : message_languages()) {
    if (lesson_->texts.count(language) != 0) both.push_back(language);
  }
  return both;
}

void Play::speak(const std::string& language) {
  if (lesson_->texts.count(language) == 0) return;
  language_ = language;
  words_ = Messages(language);
}

Result<spec::Scenario> Play::scenario() const {
  TRY_ASSIGN(spec::Scenario scenario, shown_scenario(*lesson_));
  scenario.seed = record_.seed;
  return scenario;
}

void Play::show(std::shared_ptr<const Trace> run) {
  run_ = std::move(run);
  scenarios::TraceTimeline timeline(*run_);
  steps_.clear();
  for (const std::optional<std::size_t>& at : step_positions(*lesson_, timeline))
    steps_.push_back(at.value_or(steps_.empty() ? 0 : steps_.back()));
  closer_ = scenarios::first_position(lesson_->closer.when, timeline).value_or(run_->size());
}

std::size_t Play::position(const Page& page) const {
  if (page.kind == PageKind::Opening) return 0;
  if (page.kind == PageKind::Step) return steps_[page.index];
  if (page.kind == PageKind::Closer) return closer_;
  if (page.kind != PageKind::Question) return run_->size();
  const std::size_t next = step_after(page);
  return next == 0 ? 0 : steps_[next - 1];
}

std::size_t Play::step_after(const Page& question) const {
  const Step* step = lesson_->step(prediction(question).before);
  return static_cast<std::size_t>(step - lesson_->steps.data());
}

const Stage& Play::stage(const Page& page) const {
  if (page.kind == PageKind::Step) return step(page).stage;
  const std::size_t next = page.kind == PageKind::Question ? step_after(page) : 0;
  return next == 0 ? lesson_->stage : lesson_->steps[next - 1].stage;
}

void Play::turn_to(std::size_t number) { record_.page = std::min(number, pages_.size() - 1); }

bool Play::next() {
  if (record_.page + 1 >= pages_.size()) return false;
  ++record_.page;
  return true;
}

bool Play::back() {
  if (record_.page == 0) return false;
  --record_.page;
  return true;
}

std::string Play::said(const std::string& key) const {
  const Section* section = text().find(key);
  std::string words;
  if (section == nullptr) return words;
  for (const std::string& paragraph : section->paragraphs)
    words += (words.empty() ? "" : " ") + paragraph;
  return words;
}

std::string Play::said(const std::string& key, std::size_t paragraph) const {
  const Section* section = text().find(key);
  return section == nullptr ? std::string() : std::string(section->paragraph(paragraph));
}

std::string Play::key(const Page& page) const {
  switch (page.kind) {
    case PageKind::Opening:
      return "goal";
    case PageKind::Question:
      return "predict." + prediction(page).id;
    case PageKind::Step:
      return "step." + step(page).id;
    case PageKind::Exercise:
      return "exercise." + exercise(page).id;
    case PageKind::Closer:
      return "closer";
    case PageKind::Verdicts:
      break;
  }
  return {};
}

std::vector<std::size_t> Play::shuffled(std::size_t count, const std::string& what) const {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  Prng random(record_.seed ^ seed_of(what));
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
  return order;
}

bool Play::predict(const Prediction& prediction, const std::string& option) {
  record_.predictions.emplace(prediction.id, option);
  for (const Option& each : prediction.options) {
    if (each.id == option) return each.belief.empty();
  }
  return false;
}

const Option* Play::chosen(const Prediction& prediction) const {
  const auto found = record_.predictions.find(prediction.id);
  if (found == record_.predictions.end()) return nullptr;
  for (const Option& each : prediction.options) {
    if (each.id == found->second) return &each;
  }
  return nullptr;
}

bool Play::give(const Exercise& exercise, const Answer& answer) {
  scenarios::TraceTimeline timeline(*run_);
  const bool right = is_right(exercise, answer, timeline);
  const std::string kind(kind_name(exercise.kind));
  const bool words = exercise.kind == ExerciseKind::Answer;
  note(exercise, {{kind, words ? Json(answer.words) : Json(answer.picked)}}, right);
  return right;
}

void Play::did(const Exercise& exercise, const Json& items, const std::vector<std::string>& unmet) {
  const bool wrote = exercise.kind == ExerciseKind::Write;
  note(exercise, {{wrote ? "write" : "do", items}}, unmet.empty());
}

void Play::note(const Exercise& exercise, Json answer, bool right) {
  if (is_done(exercise) && !right) return;
  record_.exercises[exercise.id] = std::move(answer);
  if (right) record_.done.insert(exercise.id);
}

std::string Play::hint(const Exercise& exercise, int grade) const {
  const int shown = std::clamp(grade, 1, kHints);
  return said("exercise." + exercise.id + ".hint." + decimal(shown));
}

std::vector<std::string> Play::solution(const Exercise& exercise) const {
  std::vector<std::string> lines;
  for (const Answer& answer : lesson_->solutions) {
    if (answer.exercise != exercise.id) continue;
    for (const spec::Item& item : answer.items) {
      if (const auto* docker = std::get_if<spec::DockerItem>(&item.body))
        lines.push_back("docker " + docker->line);
      if (const auto* host = std::get_if<spec::HostItem>(&item.body)) lines.push_back(host->line);
      if (const auto* typed = std::get_if<spec::TypeItem>(&item.body)) lines.push_back(typed->text);
    }
    lines.insert(lines.end(), answer.calls.begin(), answer.calls.end());
    for (const std::string& id : answer.picked)
      lines.push_back(said("exercise." + exercise.id + ".station." + id));
    if (!answer.words.empty()) lines.push_back(answer.words);
  }
  return lines;
}

void Play::recall(const Record& record) {
  if (record.lesson != record_.lesson || record.learner != record_.learner ||
      record.seed != record_.seed)
    return;
  record_ = record;
  turn_to(record_.page);
}

std::string without_marks(std::string_view words) {
  std::string plain;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.compare(i, 2, "**") == 0)
      ++i;
    else
      plain += words[i];
  }
  return plain;
}

}  // namespace cutaway::lessons
