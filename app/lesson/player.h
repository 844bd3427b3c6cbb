// A lesson in the terminal, from the first sentence to the last exercise. It knows no terminal of
// this computer, so that tests can play it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/lesson/record.h"
#include "app/shell/reader.h"
#include "app/shell/sim_session.h"
#include "lessons/lesson.h"
#include "lessons/messages.h"

namespace cutaway::app {

struct PlayOptions {
  std::string language = "en";
  std::string learner;
  std::size_t columns = 80;
  bool person = false;  ///< at the keyboard; else lines come from a pipe
};

class LessonPlayer {
 public:
  using Print = std::function<void(const std::string&)>;
  LessonPlayer(const lessons::Lesson& lesson, PlayOptions options, LineReader& reader, Print print);

  /// Until its end, or until the learner has had enough; `record` has what was done so far.
  Status play();
  const LessonRecord& record() const { return record_; }

 private:
  struct Shown;
  using Lines = std::optional<std::string>;

  // --- what is shown: player.cpp ---
  Status open();
  void steps();
  void question(const lessons::Prediction& prediction);
  void verdicts();
  void look(std::size_t position);

  // --- what is done: player_exercises.cpp ---
  void exercise(const lessons::Exercise& exercise);
  void do_it(const lessons::Exercise& exercise);
  bool do_line(const lessons::Exercise& exercise, SimSession& session, const std::string& line);
  bool is_done(const lessons::Exercise& exercise, const SimSession& session, bool say_what_misses);
  void click(const lessons::Exercise& exercise);
  void answer(const lessons::Exercise& exercise);
  bool is_right(const lessons::Exercise& exercise, const lessons::Answer& given);
  /// "hint", "solution", "skip", "quit"; true when it was one of them.
  bool own_word(const lessons::Exercise& exercise, const std::string& line);
  void show_solution(const lessons::Exercise& exercise);

  // --- words ---
  void say(const std::string& first, const std::string& key, std::size_t only = kAll);
  void say_words(const std::string& first, const std::string& words);
  /// The next line, asked for by the message `prompt`; none at the end, and after "quit".
  Lines ask(std::string_view prompt);
  /// 0 … count−1, in this learner's order.
  std::vector<std::size_t> shuffled(std::size_t count, const std::string& what) const;

  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

  const lessons::Lesson& lesson_;
  const lessons::Text& text_;
  const lessons::Messages words_;
  PlayOptions options_;
  LineReader& reader_;
  Print print_;
  LessonRecord record_;
  std::shared_ptr<Shown> shown_;  ///< the run that is shown
  bool over_ = false, skipped_ = false;
  int hints_ = 0;
};

/// "c a": letters of a list with so many lines; none when a word is no such letter.
std::optional<std::vector<std::size_t>> letters(const std::string& line, std::size_t count);

}  // namespace cutaway::app
