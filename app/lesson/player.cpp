// The lesson is told and asked here; its exercises are in player_exercises.cpp.
#include "app/lesson/player.h"

#include "app/cli/make_side.h"
#include "app/cli/wrapped.h"
#include "app/lesson/shown.h"
#include "base/prng.h"
#include "base/text.h"
#include "lessons/hand_in.h"
#include "lessons/judge.h"
#include "viz/text.h"

namespace cutaway::app {

using lessons::Lesson;

LessonPlayer::LessonPlayer(const Lesson& lesson, PlayOptions options, LineReader& reader,
                           Print print)
    : lesson_(lesson),
      text_(lesson.texts.at(options.language)),
      words_(options.language),
      options_(std::move(options)),
      reader_(reader),
      print_(std::move(print)) {
  record_.lesson = lesson.id;
  record_.learner = options_.learner;
  record_.seed = lessons::seed_of(options_.learner);
}

Status LessonPlayer::play() {
  TRY(open());
  steps();
  if (!over_) verdicts();
  for (const lessons::Exercise& each : lesson_.exercises) {
    if (!over_) exercise(each);
  }
  if (!over_) say(words_["closer"], "closer");
  return {};
}

Status LessonPlayer::open() {
  TRY_ASSIGN(spec::Scenario scenario, lessons::shown_scenario(lesson_));
  scenario.seed = record_.seed;
  shown_ = std::make_shared<Shown>();
  TRY_ASSIGN(shown_->side, make_simulator(scenario));
  TRY_ASSIGN(const scenarios::RunReport report, scenarios::run_scenario(*shown_->side, scenario));
  shown_->run = std::make_unique<scenarios::TraceTimeline>(shown_->side->trace());
  print_("\n" + text_.title + "\n\n");
  say("", "goal");
  print_("\n");
  for (const lessons::Claim& claim : lesson_.claims)
    say("  " + words_["claim"], "claim." + claim.id, 0);
  print_("\n" + words_["words-of-the-player"] + "\n");
  return {};
}

void LessonPlayer::steps() {
  const auto positions = lessons::step_positions(lesson_, *shown_->run);
  for (std::size_t i = 0; i < lesson_.steps.size() && !over_; ++i) {
    const lessons::Step& step = lesson_.steps[i];
    for (const lessons::Prediction& prediction : lesson_.predictions) {
      if (prediction.before == step.id && !over_) question(prediction);
    }
    if (over_) return;
    const std::size_t at = positions[i].value_or(0);
    say(decimal(static_cast<std::int64_t>(at)) + ": ", "step." + step.id);
    while (const Lines line = ask("on")) {
      if (trim(*line) != "look") break;
      look(at);
    }
  }
}

void LessonPlayer::look(std::size_t position) {
  print_(viz::explain(shown_->side->trace(), position, static_cast<int>(options_.columns)));
}

void LessonPlayer::question(const lessons::Prediction& prediction) {
  const std::string key = "predict." + prediction.id;
  const std::vector<std::size_t> order = shuffled(prediction.options.size(), key);
  print_("\n");
  say(words_["predict"], key);
  for (std::size_t i = 0; i < order.size(); ++i)
    say(std::string("  ") + static_cast<char>('a' + i) + ") ",
        key + "." + prediction.options[order[i]].id, 0);
  while (const Lines line = ask("letter")) {
    const auto chosen = letters(*line, order.size());
    if (!chosen || chosen->size() != 1) {
      print_(words_["one-letter"] + "\n");
      continue;
    }
    const lessons::Option& option = prediction.options[order[(*chosen)[0]]];
    record_.predictions[prediction.id] = option.id;
    say(words_[option.belief.empty() ? "right" : "not-so"], key + "." + option.id, 1);
    print_("\n");
    return;
  }
}

void LessonPlayer::verdicts() {
  print_("\n" + words_["verdicts"] + "\n");
  for (const lessons::Claim& claim : lesson_.claims) say("  * ", "claim." + claim.id);
}

void LessonPlayer::say(const std::string& first, const std::string& key, std::size_t only) {
  const lessons::Section* section = text_.find(key);
  if (section == nullptr) return;
  std::string words;
  for (std::size_t i = 0; i < section->paragraphs.size(); ++i) {
    if (only == kAll || i == only) words += (words.empty() ? "" : " ") + section->paragraphs[i];
  }
  say_words(first, words);
}

void LessonPlayer::say_words(const std::string& first, const std::string& words) {
  std::string plain;  // without the marks around new words
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.compare(i, 2, "**") == 0)
      ++i;
    else
      plain += words[i];
  }
  print_(wrapped(first, plain, options_.columns));
}

LessonPlayer::Lines LessonPlayer::ask(std::string_view prompt) {
  Lines line = over_ ? std::nullopt : reader_.line(words_[prompt]);
  if (line && trim(*line) == "quit") line.reset();
  over_ = !line;
  return line;
}

std::vector<std::size_t> LessonPlayer::shuffled(std::size_t count, const std::string& what) const {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  Prng random(record_.seed ^ lessons::seed_of(what));
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
  return order;
}

std::optional<std::vector<std::size_t>> letters(const std::string& line, std::size_t count) {
  std::vector<std::size_t> found;
  for (const char c : line) {
    if (c == ' ' || c == ',') continue;
    const auto at = static_cast<std::size_t>(c - 'a');
    if (c < 'a' || at >= count) return std::nullopt;
    found.push_back(at);
  }
  if (found.empty()) return std::nullopt;
  return found;
}

}  // namespace cutaway::app
