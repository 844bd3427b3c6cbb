#include "sim/programs/sed_script.h"

#include <cctype>

#include "base/text.h"

namespace cutaway::sim {

namespace {

class SedParser {
 public:
  SedParser(const std::string& script, bool extended) : text_(script), extended_(extended) {}

  SedScript parse() {
    while (skip_to_command()) command();
    if (!open_.empty()) fail("unterminated {");
    return std::move(script_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void fail(const std::string& text) {
    if (script_.error.empty()) script_.error = text;
    at_ = text_.size();
  }
  void blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  bool skip_to_command() {
    while (at_ < text_.size()) {
      const char c = peek();
      if (c == '#') {
        while (at_ < text_.size() && peek() != '\n') ++at_;
      } else if (c == ';' || c == ' ' || c == '\t' || c == '\n') {
        ++at_;
      } else {
        return script_.error.empty();
      }
    }
    return false;
  }

  /// Up to the next `delimiter`; \DELIMITER is the character itself.
  std::string until(char delimiter, bool pattern) {
    std::string text;
    bool brackets = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == delimiter && !brackets) {
        ++at_;
        return text;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        if (text_[at_] == delimiter)
          text += delimiter;
        else
          text += {'\\', text_[at_]};
        continue;
      }
      if (pattern && c == '[') brackets = true;
      if (pattern && c == ']' && !text.empty() && text.back() != '[') brackets = false;
      text += c;
    }
    fail("unmatched '" + std::string(1, delimiter) + "'");
    return text;
  }
  Regex regex(const std::string& pattern, bool ignore_case) {
    const std::string& used = pattern.empty() ? last_pattern_ : pattern;
    last_pattern_ = used;
    Regex made(used, (extended_ ? Regex::kExtended : 0U) | (ignore_case ? Regex::kIgnoreCase : 0U));
    if (!made.error().empty()) fail("bad regex '" + used + "': " + made.error());
    return made;
  }
  std::int64_t number() {
    std::int64_t value = 0;
    while (std::isdigit(static_cast<unsigned char>(peek())) != 0)
      value = value * 10 + (text_[at_++] - '0');
    return value;
  }

  std::optional<SedAddress> address() {
    SedAddress made;
    if (std::isdigit(static_cast<unsigned char>(peek())) != 0) {
      made.line = number();
      return made;
    }
    if (peek() == '$') {
      ++at_;
      made.kind = SedAddress::Kind::Last;
      return made;
    }
    if (peek() != '/' && peek() != '\\') return std::nullopt;
    if (peek() == '\\') ++at_;
    const char delimiter = text_[at_++];
    const std::string pattern = until(delimiter, true);
    const bool ignore_case = peek() == 'I';
    if (ignore_case) ++at_;
    made.kind = SedAddress::Kind::Pattern;
    made.pattern = regex(pattern, ignore_case);
    return made;
  }

  void command() {
    SedCommand made;
    made.from = address();
    blanks();
    if (made.from && peek() == ',') {
      ++at_;
      blanks();
      made.to = address();
      if (!made.to) return fail("unexpected ','");
      blanks();
    }
    while (peek() == '!') {
      made.inverted = true;
      ++at_;
      blanks();
    }
    made.name = peek();
    ++at_;
    if (made.name == '}') return close();
    arguments(made);
    script_.commands.push_back(std::move(made));
    if (script_.commands.back().name == '{') open_.push_back(script_.commands.size() - 1);
  }
  void close() {
    if (open_.empty()) return fail("unexpected }");
    script_.commands[open_.back()].end = script_.commands.size();
    open_.pop_back();
  }

  void arguments(SedCommand& made) {
    const char name = made.name;
    if (name == 's') return substitution(made);
    if (name == 'y') {
      const char delimiter = text_[at_++];
      made.text = until(delimiter, false);
      made.other = until(delimiter, false);
      return;
    }
    if (name == 'a' || name == 'i' || name == 'c') return appended(made);
    if (std::string_view("btTrw:").find(name) != std::string_view::npos && name != '\0') {
      blanks();
      while (at_ < text_.size() && peek() != '\n' && !(peek() == ';' && name != 'r' && name != 'w'))
        made.text += text_[at_++];
      made.text = std::string(trim(made.text));
      return;
    }
    if (std::string_view("{pPdDqQnNhHgGx=l").find(name) == std::string_view::npos || name == '\0')
      return fail(std::string("unsupported command ") + name);
  }
  void substitution(SedCommand& made) {
    if (at_ >= text_.size()) return fail("bad format in substitution expression");
    const char delimiter = text_[at_++];
    const std::string pattern = until(delimiter, true);
    made.other = until(delimiter, false);
    bool ignore_case = false;
    for (; at_ < text_.size(); ++at_) {
      const char flag = peek();
      if (flag == 'g')
        made.global = true;
      else if (flag == 'p')
        made.print = true;
      else if (flag == 'i' || flag == 'I')
        ignore_case = true;
      else if (flag >= '1' && flag <= '9')
        made.nth = flag - '0';
      else
        break;
    }
    made.pattern = regex(pattern, ignore_case);
  }
  /// "a\" newline text, or the rest of the line.
  void appended(SedCommand& made) {
    blanks();
    if (peek() == '\\') {
      ++at_;
      blanks();
      if (peek() == '\n') ++at_;
    }
    while (at_ < text_.size() && peek() != '\n') {
      if (peek() == '\\' && at_ + 1 < text_.size()) ++at_;
      made.text += text_[at_++];
    }
  }

  const std::string& text_;
  bool extended_;
  std::size_t at_ = 0;
  std::string last_pattern_;
  std::vector<std::size_t> open_;
  SedScript script_;
};

}  // namespace

SedScript parse_sed(const std::string& script, bool extended) {
  return SedParser(script, extended).parse();
}

}  // namespace cutaway::sim
