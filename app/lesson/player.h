// A lesson in the terminal, from the first sentence to the last exercise. It knows no terminal of
// this computer, so that tests can play it. What comes after what, and what is right, is
// lessons::Play, which the window shows as well.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/shell/reader.h"
#include "app/shell/sim_session.h"
#include "lessons/play.h"

namespace cutaway::app {

struct PlayOptions {
  std::size_t columns = 80;
  bool person = false;  ///< at the keyboard; else lines come from a pipe
  /// Runs the lesson's commands on both sides, and shows how they differ.
  std::function<void()> for_real;
};

class LessonPlayer {
 public:
  using Print = std::function<void(const std::string&)>;
  LessonPlayer(lessons::Play& play, PlayOptions options, LineReader& reader, Print print);

  /// Until its end, or until the learner has had enough; the play has what was done so far.
  Status play();

 private:
  using Lines = std::optional<std::string>;

  // --- what is shown: player.cpp ---
  void tell(const lessons::Page& page);
  void opening();
  void step(const lessons::Page& page);
  void question(const lessons::Prediction& prediction);
  void verdicts();
  void look(std::size_t position);
  void for_real();

  // --- what is done: player_exercises.cpp ---
  void exercise(const lessons::Exercise& exercise);
  void do_it(const lessons::Exercise& exercise);
  void write_it(const lessons::Exercise& exercise);
  void show_program(const lessons::Exercise& exercise, const std::vector<std::string>& calls,
                    const SimSession& session);
  /// "goals", "hint", "solution": answered, and nothing is done. (Not "skip".)
  bool is_a_question(const lessons::Exercise& exercise, const SimSession& session,
                     const std::string& line);
  bool do_line(const lessons::Exercise& exercise, SimSession& session, const std::string& line);
  void say_what_misses(const lessons::Exercise& exercise, const SimSession& session);
  void click(const lessons::Exercise& exercise);
  void answer(const lessons::Exercise& exercise);
  bool give(const lessons::Exercise& exercise, const lessons::Answer& given);
  /// "hint", "solution", "skip", "quit"; true when it was one of them.
  bool own_word(const lessons::Exercise& exercise, const std::string& line);

  // --- words ---
  void say(const std::string& first, const std::string& words);
  /// The next line, asked for by the message `prompt`; none at the end, and after "quit".
  Lines ask(std::string_view prompt);

  lessons::Play& play_;
  const lessons::Messages& words_;
  PlayOptions options_;
  LineReader& reader_;
  Print print_;
  bool over_ = false, skipped_ = false;
  int hints_ = 0;
};

/// "c a": letters of a list with so many lines; none when a word is no such letter.
std::optional<std::vector<std::size_t>> letters(const std::string& line, std::size_t count);

}  // namespace cutaway::app
