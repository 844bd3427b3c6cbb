// Which sections a lesson's text must have: one list for the linter and for `lesson new`.
#pragma once

#include <string>
#include <vector>

#include "lessons/lesson.h"

namespace cutaway::lessons {

struct Wanted {
  std::string key;
  std::size_t paragraphs = 1;  ///< at least
  bool is_step = false;        ///< stands under a picture: one new word at most
  bool is_card = false;        ///< opened by the learner: counted in words
};
std::vector<Wanted> wanted_sections(const Lesson& lesson);

inline constexpr int kSentencesMax = 3;
inline constexpr int kCardWordsMax = 60;
inline constexpr std::size_t kNewWordsMax = 1;

}  // namespace cutaway::lessons
