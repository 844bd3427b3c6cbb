#include "sim/programs/sh/sh_chars.h"

namespace cutaway::sim::sh {

namespace {

class Splitter {
 public:
  explicit Splitter(const Shell& shell) : ifs_(value_of(shell, "IFS").value_or(" \t\n")) {}

  std::vector<Chars> split(const Chars& chars) {
    for (std::size_t i = 0; i < chars.text.size(); ++i) take(chars.text[i], chars.from[i]);
    if (open_) words_.push_back(word_);
    return words_;
  }

 private:
  void end_word() {
    words_.push_back(word_);
    word_ = Chars{};
    open_ = false;
  }
  void take(char c, char kind) {
    if (kind == Chars::kBreak) {
      if (open_) end_word();
      return;
    }
    const bool separates = kind == Chars::kExpanded && ifs_.find(c) != std::string::npos;
    if (!separates) {
      word_.add(std::string_view(&c, 1), kind);
      open_ = true;
      after_blank_ = false;
      return;
    }
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (blank) {
      if (open_) {
        end_word();
        after_blank_ = true;
      }
      return;
    }
    // Blanks around another separator belong to it.
    if (!after_blank_) end_word();
    after_blank_ = false;
  }

  std::string ifs_;
  std::vector<Chars> words_;
  Chars word_;
  bool open_ = false;
  bool after_blank_ = false;  ///< a blank has just ended a word
};

}  // namespace

std::vector<Chars> split_fields(const Chars& chars, const Shell& shell) {
  return Splitter(shell).split(chars);
}

std::string plain_text(const Chars& chars) {
  std::string text;
  for (std::size_t i = 0; i < chars.text.size(); ++i) {
    if (chars.from[i] == Chars::kBreak) text += ' ';
    if (chars.from[i] != Chars::kNothing && chars.from[i] != Chars::kBreak) text += chars.text[i];
  }
  return text;
}

std::string pattern_text(const Chars& chars) {
  std::string text;
  for (std::size_t i = 0; i < chars.text.size(); ++i) {
    if (chars.from[i] == Chars::kNothing || chars.from[i] == Chars::kBreak) continue;
    const bool special = chars.from[i] == Chars::kQuoted &&
                         std::string_view("*?[]\\!-^").find(chars.text[i]) != std::string::npos;
    if (special) text += '\\';
    text += chars.text[i];
  }
  return text;
}

}  // namespace cutaway::sim::sh
