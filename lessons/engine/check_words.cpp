// The linter's first half: what is said, in every language.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "lessons/check.h"
#include "lessons/engine/words.h"

namespace cutaway::lessons {

namespace {

class WordsCheck {
 public:
  WordsCheck(const Lesson& lesson, const Text& text, std::vector<Error>& problems)
      : wanted_(wanted_sections(lesson)), text_(text), problems_(problems) {}

  void check() {
    for (const Wanted& wanted : wanted_) {
      const Section* section = text_.find(wanted.key);
      if (section == nullptr)
        complain(wanted.key, "has no words, expected a section \"## " + wanted.key + "\"");
      else
        check_section(wanted, *section);
    }
    for (const auto& [key, section] : text_.sections) check_known(key);
  }

 private:
  void complain(const std::string& key, const std::string& message) {
    problems_.push_back(text_.error(key, message));
  }
  static std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

  void check_section(const Wanted& wanted, const Section& section) {
    if (section.paragraphs.size() < wanted.paragraphs) {
      complain(wanted.key, "has " + number(section.paragraphs.size()) + " paragraphs, expected " +
                               number(wanted.paragraphs));
    }
    int sentences = 0, words = 0;
    std::size_t news = 0;
    for (const std::string& paragraph : section.paragraphs) {
      sentences += count_sentences(paragraph);
      words += count_words(paragraph);
      check_language(wanted.key, paragraph);
      for (const std::string& word : new_words(paragraph)) {
        ++news;
        if (!introduced_.insert(word).second)
          complain(wanted.key, "introduces \"" + word + "\" a second time");
      }
    }
    if (wanted.is_card && words > kCardWordsMax) {
      complain(wanted.key,
               "has " + decimal(words) + " words, expected at most " + decimal(kCardWordsMax));
    }
    if (!wanted.is_card && sentences > kSentencesMax) {
      complain(wanted.key, "has " + decimal(sentences) + " sentences, expected at most " +
                               decimal(kSentencesMax));
    }
    if (wanted.is_step && news > kNewWordsMax) {
      complain(wanted.key,
               "has " + number(news) + " new words, expected at most " + number(kNewWordsMax));
    }
  }

  void check_language(const std::string& key, const std::string& paragraph) {
    const std::string forbidden = forbidden_word(paragraph);
    if (!forbidden.empty())
      complain(key, "says \"" + forbidden + "\": nothing here is, for someone who learns it");
    if (std::count(paragraph.begin(), paragraph.end(), '`') % 2 != 0)
      complain(key, "leaves a ` open");
  }

  void check_known(const std::string& key) {
    std::vector<std::string> keys;
    for (const Wanted& wanted : wanted_) keys.push_back(wanted.key);
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) return;
    const std::string near = nearest(key, keys);
    complain(key, "belongs to nothing in lesson.json" +
                      (near.empty() ? "" : ", did you mean \"" + near + "\"?"));
  }

  const std::vector<Wanted> wanted_;
  const Text& text_;
  std::vector<Error>& problems_;
  std::set<std::string> introduced_;
};

}  // namespace

std::vector<Wanted> wanted_sections(const Lesson& lesson) {
  std::vector<Wanted> all = {{"goal"}};
  for (const Step& step : lesson.steps) all.push_back({"step." + step.id, 1, true, false});
  for (const Claim& claim : lesson.claims) all.push_back({"claim." + claim.id, 2});
  for (const Prediction& prediction : lesson.predictions) {
    const std::string key = "predict." + prediction.id;
    all.push_back({key});
    for (const Option& option : prediction.options) all.push_back({key + "." + option.id, 2});
  }
  for (const Exercise& exercise : lesson.exercises) {
    const std::string key = "exercise." + exercise.id;
    all.push_back({key});
    for (const Goal& goal : exercise.goals) all.push_back({key + ".goal." + goal.id});
    if (exercise.goals.empty())
      all.push_back({key + ".goal." + std::string(kind_name(exercise.kind))});
    for (const Station& station : exercise.stations)
      all.push_back({key + ".station." + station.id});
    if (!exercise.forbid.empty()) all.push_back({key + ".forbidden"});
    for (int grade = 1; grade <= kHints; ++grade) all.push_back({key + ".hint." + decimal(grade)});
  }
  all.push_back({"closer", 1, false, true});
  return all;
}

std::vector<Error> check_words(const Lesson& lesson) {
  std::vector<Error> problems;
  for (const auto& [language, text] : lesson.texts) WordsCheck(lesson, text, problems).check();
  return problems;
}

}  // namespace cutaway::lessons
