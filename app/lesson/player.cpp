// The lesson is told and asked here; its exercises are in player_exercises.cpp.
#include "app/lesson/player.h"

#include "app/cli/wrapped.h"
#include "app/lesson/run_shown.h"
#include "base/text.h"
#include "viz/text.h"

namespace cutaway::app {

using lessons::Page;
using lessons::PageKind;

LessonPlayer::LessonPlayer(lessons::Play& play, PlayOptions options, LineReader& reader,
                           Print print)
    : play_(play),
      words_(play.words()),
      options_(std::move(options)),
      reader_(reader),
      print_(std::move(print)) {}

Status LessonPlayer::play() {
  TRY(run_shown(play_));
  play_.turn_to(0);
  do {
    tell(play_.page());
  } while (!over_ && play_.next());
  return {};
}

void LessonPlayer::tell(const Page& page) {
  if (page.kind == PageKind::Opening) opening();
  if (page.kind == PageKind::Question) question(play_.prediction(page));
  if (page.kind == PageKind::Step) step(page);
  if (page.kind == PageKind::Verdicts) verdicts();
  if (page.kind == PageKind::Exercise) exercise(play_.exercise(page));
  if (page.kind == PageKind::Closer) say(words_["closer"], play_.said("closer"));
}

void LessonPlayer::opening() {
  print_("\n" + play_.title() + "\n\n");
  say("", play_.said("goal"));
  print_("\n");
  for (const lessons::Claim& claim : play_.lesson().claims)
    say("  " + words_["claim"], play_.said("claim." + claim.id, 0));
  print_("\n" + words_["words-of-the-player"] + "\n");
}

void LessonPlayer::step(const Page& page) {
  const std::size_t at = play_.position(page);
  say(decimal(static_cast<std::int64_t>(at)) + ": ", play_.said(play_.key(page)));
  while (const Lines line = ask("on")) {
    const std::string_view word = trim(*line);
    if (word == "look")
      look(at);
    else if (word == "real")
      for_real();
    else
      break;
  }
}

void LessonPlayer::for_real() {
  if (!play_.lesson().real || !options_.for_real) return print_(words_["only-simulated"] + "\n");
  options_.for_real();
}

void LessonPlayer::look(std::size_t position) {
  print_(viz::explain(play_.run(), position, static_cast<int>(options_.columns)));
}

void LessonPlayer::question(const lessons::Prediction& prediction) {
  const std::string key = "predict." + prediction.id;
  const std::vector<std::size_t> order = play_.shuffled(prediction.options.size(), key);
  print_("\n");
  say(words_["predict"], play_.said(key));
  for (std::size_t i = 0; i < order.size(); ++i)
    say(std::string("  ") + static_cast<char>('a' + i) + ") ",
        play_.said(key + "." + prediction.options[order[i]].id, 0));
  while (const Lines line = ask("letter")) {
    const auto chosen = letters(*line, order.size());
    if (!chosen || chosen->size() != 1) {
      print_(words_["one-letter"] + "\n");
      continue;
    }
    const lessons::Option& option = prediction.options[order[(*chosen)[0]]];
    const bool right = play_.predict(prediction, option.id);
    say(words_[right ? "right" : "not-so"], play_.said(key + "." + option.id, 1));
    print_("\n");
    return;
  }
}

void LessonPlayer::verdicts() {
  print_("\n" + words_["verdicts"] + "\n");
  for (const lessons::Claim& claim : play_.lesson().claims)
    say("  * ", play_.said("claim." + claim.id));
}

void LessonPlayer::say(const std::string& first, const std::string& words) {
  if (!words.empty()) print_(wrapped(first, lessons::without_marks(words), options_.columns));
}

LessonPlayer::Lines LessonPlayer::ask(std::string_view prompt) {
  Lines line = over_ ? std::nullopt : reader_.line(words_[prompt]);
  if (line && trim(*line) == "quit") line.reset();
  over_ = !line;
  return line;
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
