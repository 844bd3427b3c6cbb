// Reading text.<language>.md, and measuring what it says.
#include "lessons/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace cutaway::lessons {

namespace {

class TextReader {
 public:
  TextReader(Text& text, std::vector<Error>& problems) : text_(text), problems_(problems) {}

  void line(int number, std::string_view raw) {
    const std::string_view trimmed = trim(raw);
    if (starts_with(trimmed, "## ")) return open(number, std::string(trim(trimmed.substr(3))));
    if (starts_with(trimmed, "# ")) {
      text_.title = std::string(trim(trimmed.substr(2)));
      return;
    }
    if (trimmed.empty()) {
      in_paragraph_ = false;
      return;
    }
    if (section_ == nullptr)
      return problem(number, "words before the first \"## \" belong to nothing");
    const std::string_view words = trim(starts_with(trimmed, ">") ? trimmed.substr(1) : trimmed);
    if (!in_paragraph_) section_->paragraphs.emplace_back();
    std::string& paragraph = section_->paragraphs.back();
    paragraph += (in_paragraph_ ? " " : "") + std::string(words);
    in_paragraph_ = true;
  }

 private:
  void open(int number, const std::string& key) {
    if (text_.sections.count(key) != 0)
      problem(number, "the section \"" + key + "\" stands here twice");
    section_ = &text_.sections[key];
    *section_ = {{}, number};
    in_paragraph_ = false;
  }
  void problem(int number, const std::string& message) {
    problems_.push_back(
        {ErrorCode::Usage, text_.file + ":" + decimal(number) + ": " + message, {}});
  }

  Text& text_;
  std::vector<Error>& problems_;
  Section* section_ = nullptr;
  bool in_paragraph_ = false;
};

/// The text between pairs of a mark; what has no second mark is left out.
std::vector<std::string> between(std::string_view text, std::string_view mark) {
  std::vector<std::string> found;
  std::size_t at = 0;
  while ((at = text.find(mark, at)) != std::string_view::npos) {
    const std::size_t from = at + mark.size();
    const std::size_t end = text.find(mark, from);
    if (end == std::string_view::npos) break;
    found.emplace_back(text.substr(from, end - from));
    at = end + mark.size();
  }
  return found;
}

/// Code is no language: each piece becomes one word.
std::string without_code(std::string_view text) {
  std::string plain;
  bool code = false;
  for (const char c : text) {
    if (c == '`') {
      code = !code;
      plain += code ? "code" : "";
    } else if (!code) {
      plain += c;
    }
  }
  return plain;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

}  // namespace

std::string_view Section::paragraph(std::size_t index) const {
  return index < paragraphs.size() ? std::string_view(paragraphs[index]) : std::string_view();
}

const Section* Text::find(std::string_view key) const {
  const auto found = sections.find(key);
  return found == sections.end() ? nullptr : &found->second;
}

Error Text::error(std::string_view key, std::string_view message) const {
  const Section* section = find(key);
  const int line = section == nullptr ? 1 : section->line;
  return {ErrorCode::Usage,
          file + ":" + decimal(line) + ": " + std::string(key) + ": " + std::string(message),
          {}};
}

Text parse_text(std::string file, std::string_view markdown, std::vector<Error>& problems) {
  Text text;
  text.file = std::move(file);
  TextReader reader(text, problems);
  int number = 0;
  for (const std::string& line : split(markdown, '\n')) reader.line(++number, line);
  if (text.title.empty())
    problems.push_back({ErrorCode::Usage, text.file + ":1: has no title, expected \"# …\"", {}});
  return text;
}

std::vector<std::string> docker_commands(
    const Text& text, const std::function<bool(const std::string& key)>& wanted) {
  std::vector<std::pair<int, std::string>> found;
  for (const auto& [key, section] : text.sections) {
    if (!wanted(key)) continue;
    for (const std::string& paragraph : section.paragraphs) {
      for (const std::string& code : between(paragraph, "`")) {
        if (starts_with(code, "docker ")) found.emplace_back(section.line, code);
      }
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> commands;
  for (const auto& [line, command] : found) {
    if (std::find(commands.begin(), commands.end(), command) == commands.end())
      commands.push_back(command);
  }
  return commands;
}

int count_sentences(std::string_view paragraph) {
  const std::string plain = without_code(paragraph);
  int sentences = 0;
  bool open = false;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool at_end =
        i + 1 == plain.size() || plain[i + 1] == ' ' || plain[i + 1] == '"' || plain[i + 1] == '*';
    if (open && ends_sentence(plain[i]) && at_end) {
      ++sentences;
      open = false;
    } else if (is_letter(plain[i])) {
      open = true;
    }
  }
  return sentences + (open ? 1 : 0);
}

int count_words(std::string_view paragraph) {
  int words = 0;
  for (const std::string& word : split(without_code(paragraph), ' ')) words += word.empty() ? 0 : 1;
  return words;
}

std::vector<std::string> new_words(std::string_view paragraph) { return between(paragraph, "**"); }

std::string forbidden_word(std::string_view paragraph) {
  static constexpr std::array<std::string_view, 6> kForbidden = {
      "simply", "just", "obviously", "einfach", "halt", "offensichtlich"};
  std::string word;
  for (const char c : without_code(paragraph) + " ") {
    if (is_letter(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      continue;
    }
    for (const std::string_view each : kForbidden) {
      if (word == each) return word;
    }
    word.clear();
  }
  return {};
}

}  // namespace cutaway::lessons
