// Front door: a lesson as it is played. The terminal and the window are two faces of this: it knows
// which page comes after which, what is said on it, in which order options stand for this learner,
// what is right, and what has been done. It shows nothing and reads no key.
//
//   Play play(lesson, {"ann", "en"});
//   play.show(trace);                              // the run of play.scenario()
//   while (play.next()) tell(play.page());
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/judge.h"
#include "lessons/lesson.h"
#include "lessons/messages.h"
#include "lessons/record.h"
#include "trace/log/trace.h"

namespace cutaway::lessons {

/// Opening: what the lesson is for, and what people say. Verdicts: what the run has shown of that.
enum class PageKind : std::uint8_t { Opening, Question, Step, Verdicts, Exercise, Closer };
struct Page {
  PageKind kind = PageKind::Opening;
  std::size_t index = 0;  ///< among the lesson's predictions, steps, exercises
};
/// From first to last; each question before its step.
std::vector<Page> pages_of(const Lesson& lesson);

struct Learner {
  std::string name, language = "en";
};

class Play {
 public:
  Play(std::shared_ptr<const Lesson> lesson, Learner learner);

  const Lesson& lesson() const { return *lesson_; }
  const Messages& words() const { return words_; }
  const std::string& language() const { return language_; }
  /// Those in which both the lesson and the player have words.
  std::vector<std::string> languages() const;
  void speak(const std::string& language);

  // --- the run that is shown ---
  /// The lesson's scenario with this learner's seed.
  Result<spec::Scenario> scenario() const;
  void show(std::shared_ptr<const Trace> run);
  const Trace& run() const { return *run_; }
  std::shared_ptr<const Trace> shared_run() const { return run_; }
  /// Where the run stands on this page: at the step, at its end; while a question is put, where it
  /// stood before: the picture must not answer it.
  std::size_t position(const Page& page) const;
  /// What is shown beside it, and how far a step goes.
  const Stage& stage(const Page& page) const;

  // --- pages ---
  const std::vector<Page>& pages() const { return pages_; }
  std::size_t number() const { return record_.page; }
  const Page& page() const { return pages_[record_.page]; }
  void turn_to(std::size_t number);
  bool next();
  bool back();
  const Prediction& prediction(const Page& page) const { return lesson_->predictions[page.index]; }
  const Step& step(const Page& page) const { return lesson_->steps[page.index]; }
  const Exercise& exercise(const Page& page) const { return lesson_->exercises[page.index]; }

  // --- words ---
  const std::string& title() const { return text().title; }
  /// All paragraphs of a section, or one of them, with the marks around new words and code.
  std::string said(const std::string& key) const;
  std::string said(const std::string& key, std::size_t paragraph) const;
  /// What a page has to say first: the goal, the question, the step, the exercise, the closer.
  std::string key(const Page& page) const;
  /// 0 … count−1, in this learner's order.
  std::vector<std::size_t> shuffled(std::size_t count, const std::string& what) const;

  // --- what is answered ---
  /// True: it is the right one. What is chosen first is what counts.
  bool predict(const Prediction& prediction, const std::string& option);
  const Option* chosen(const Prediction& prediction) const;  ///< null: none yet
  /// Order, Point, Answer. True: it is right.
  bool give(const Exercise& exercise, const Answer& answer);
  /// Do, Mend: items of a scenario; Write: calls as they were typed. And the goals that are left.
  void did(const Exercise& exercise, const Json& items, const std::vector<std::string>& unmet);
  bool is_done(const Exercise& exercise) const { return record_.done.count(exercise.id) != 0; }
  /// The next of three grades, as words; the third again and again.
  std::string hint(const Exercise& exercise, int grade) const;
  /// Its lines: what somebody could type, click or say.
  std::vector<std::string> solution(const Exercise& exercise) const;

  const Record& record() const { return record_; }
  /// Goes on with what was kept, if it is of this lesson and this learner.
  void recall(const Record& record);

 private:
  const Text& text() const { return lesson_->texts.at(language_); }
  std::size_t step_after(const Page& question) const;
  /// What was right once stays, whatever is tried afterwards.
  void note(const Exercise& exercise, Json answer, bool right);

  std::shared_ptr<const Lesson> lesson_;
  std::string language_;
  Messages words_;
  std::vector<Page> pages_;
  Record record_;
  std::shared_ptr<const Trace> run_;
  std::vector<std::size_t> steps_;  ///< position of each
  std::size_t closer_ = 0;
};

/// The words without the marks around new words.
std::string without_marks(std::string_view words);

}  // namespace cutaway::lessons
