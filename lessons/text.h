// Front door: the words of a lesson in one language (text.<language>.md). Plain Markdown: "#
// Title", then a section for each thing that has words, its key as the heading: "## step.ask".
// Paragraphs are separated by empty lines.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::lessons {

struct Section {
  std::vector<std::string> paragraphs;  ///< lines joined; the "> " of quotations is gone
  int line = 0;                         ///< of the heading

  /// Empty when there are not so many.
  std::string_view paragraph(std::size_t index) const;
};

struct Text {
  std::string file;
  std::string title;
  std::map<std::string, Section, std::less<>> sections;

  /// Null when there is no such section.
  const Section* find(std::string_view key) const;
  /// "FILE:LINE: key: message".
  Error error(std::string_view key, std::string_view message) const;
};

Text parse_text(std::string file, std::string_view markdown, std::vector<Error>& problems);

/// `docker …` in code marks (`…`) of the sections that are wanted, in the order of the text.
std::vector<std::string> docker_commands(const Text& text,
                                         const std::function<bool(const std::string& key)>& wanted);
/// Sentences outside of code marks.
int count_sentences(std::string_view paragraph);
int count_words(std::string_view paragraph);
/// What stands between ** and **: words that are new here.
std::vector<std::string> new_words(std::string_view paragraph);
/// The first word that lessons never use ("simply", "just", "obviously"), or empty.
std::string forbidden_word(std::string_view paragraph);

}  // namespace cutaway::lessons
