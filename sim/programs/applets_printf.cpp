// echo and printf: escapes and formats.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"

namespace cutaway::sim {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Up to `most` digits of `base` from `at` on.
char number_escape(std::string_view text, std::size_t& at, int base, int most) {
  int value = 0;
  for (; most > 0 && at < text.size(); --most, ++at) {
    const int digit = hex_digit(text[at]);
    if (digit < 0 || digit >= base) break;
    value = value * base + digit;
  }
  return static_cast<char>(value);
}

}  // namespace

bool unescape(std::string_view text, bool zero, std::string& out) {
  static constexpr std::string_view kLetters = "abefnrtv\\";
  static constexpr std::string_view kBytes = "\a\b\033\f\n\r\t\v\\";
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i++];
      continue;
    }
    const char letter = text[i + 1];
    const std::size_t known = kLetters.find(letter);
    const bool octal = letter == '0' || (!zero && letter >= '1' && letter <= '7');
    i += 2;
    if (letter == 'c') return false;
    if (known != std::string_view::npos) {
      out += kBytes[known];
    } else if (octal) {
      if (letter != '0' || !zero) --i;
      out += number_escape(text, i, 8, 3);
    } else if (letter == 'x' && i < text.size() && hex_digit(text[i]) >= 0) {
      out += number_escape(text, i, 16, 2);
    } else {
      out += '\\';
      out += letter;
    }
  }
  return true;
}

namespace {

bool echo_flags(const std::string& word, bool& newline, bool& escapes) {
  if (word.size() < 2 || word[0] != '-' || word.find_first_not_of("neE", 1) != std::string::npos)
    return false;
  for (const char c : word.substr(1)) {
    if (c == 'n') newline = false;
    if (c == 'e') escapes = true;
    if (c == 'E') escapes = false;
  }
  return true;
}

struct Format {
  bool left = false, zeros = false, plus = false, blank = false, alternative = false;
  std::int64_t width = 0, precision = -1;
};

std::string padded(std::string text, const Format& format, bool number) {
  const auto width = static_cast<std::size_t>(std::max<std::int64_t>(0, format.width));
  if (text.size() >= width) return text;
  const std::size_t more = width - text.size();
  if (format.left) return text + std::string(more, ' ');
  if (!number || !format.zeros || format.precision >= 0) return std::string(more, ' ') + text;
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  return text.substr(0, sign) + std::string(more, '0') + text.substr(sign);
}

class Formatter {
 public:
  explicit Formatter(const std::vector<std::string>& words)
      : format_(words[1]), arguments_(words.begin() + 2, words.end()) {}

  Printed all() {
    // The format is used again as long as it takes arguments and there are some left.
    do {
      const std::size_t before = next_;
      if (!once() || before == next_) break;
    } while (next_ < arguments_.size());
    return printed_;
  }

 private:
  std::string argument() { return next_ < arguments_.size() ? arguments_[next_++] : std::string(); }
  void fail(const std::string& text) {
    printed_.errors.push_back(text);
    printed_.status = 1;
  }

  /// 12, -3, 0x1f, 017, 'a
  std::int64_t number(const std::string& text) {
    if (text.empty()) return 0;
    if (text[0] == '\'' || text[0] == '"')
      return text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
    const std::size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
    const std::string digits = text.substr(sign);
    const bool hex = starts_with(digits, "0x") || starts_with(digits, "0X");
    const unsigned base = hex ? 16 : digits.size() > 1 && digits[0] == '0' ? 8 : 10;
    std::uint64_t value = 0;
    if (!parse_unsigned(hex ? digits.substr(2) : digits, base, value)) {
      fail("invalid number '" + text + "'");
      return 0;
    }
    return text[0] == '-' ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
  }

  bool once() {
    for (std::size_t i = 0; i < format_.size();) {
      if (format_[i] == '\\') {
        const std::size_t end = escape_end(i);
        if (!unescape(std::string_view(format_).substr(i, end - i), false, printed_.out))
          return false;
        i = end;
      } else if (format_[i] != '%') {
        printed_.out += format_[i++];
      } else if (format_.substr(i, 2) == "%%") {
        printed_.out += '%';
        i += 2;
      } else if (!directive(i)) {
        return false;
      }
    }
    return true;
  }
  std::size_t escape_end(std::size_t at) const {
    std::size_t end = std::min(at + 2, format_.size());
    const bool hex = end > at + 1 && format_[at + 1] == 'x';
    const std::size_t most = at + 4;
    while (end < most && end < format_.size() &&
           (hex ? hex_digit(format_[end]) >= 0
                : format_[at + 1] >= '0' && format_[at + 1] <= '7' && format_[end] >= '0' &&
                      format_[end] <= '7'))
      ++end;
    return end;
  }

  std::int64_t read_number(std::size_t& at) {
    if (at < format_.size() && format_[at] == '*') {
      ++at;
      return number(argument());
    }
    std::int64_t value = 0;
    while (at < format_.size() && format_[at] >= '0' && format_[at] <= '9')
      value = value * 10 + (format_[at++] - '0');
    return value;
  }

  bool directive(std::size_t& at) {
    const std::size_t from = at++;
    Format format;
    for (; at < format_.size() && std::string_view("-0+ #").find(format_[at]) != std::string::npos;
         ++at) {
      format.left = format.left || format_[at] == '-';
      format.zeros = format.zeros || format_[at] == '0';
      format.plus = format.plus || format_[at] == '+';
      format.blank = format.blank || format_[at] == ' ';
      format.alternative = format.alternative || format_[at] == '#';
    }
    format.width = read_number(at);
    if (at < format_.size() && format_[at] == '.') format.precision = read_number(++at);
    while (at < format_.size() && (format_[at] == 'l' || format_[at] == 'h')) ++at;
    const char kind = at < format_.size() ? format_[at++] : '\0';
    if (kind != '\0' && convert(kind, format)) return true;
    fail(format_.substr(from) + ": invalid format");
    return false;
  }

  bool convert(char kind, const Format& format) {
    if (kind == 's' || kind == 'b' || kind == 'c') return text(kind, format);
    if (std::string_view("diouxX").find(kind) == std::string::npos) return false;
    const std::int64_t value = number(argument());
    std::string digits = in_base(kind, value);
    const bool negative = (kind == 'd' || kind == 'i') && value < 0;
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(0, format.precision));
    if (digits.size() < least) digits = std::string(least - digits.size(), '0') + digits;
    if (format.alternative && kind == 'x') digits = "0x" + digits;
    if (format.alternative && kind == 'o') digits = "0" + digits;
    if (negative)
      digits = "-" + digits;
    else if (format.plus)
      digits = "+" + digits;
    else if (format.blank)
      digits = " " + digits;
    printed_.out += padded(digits, format, true);
    return true;
  }
  static std::string in_base(char kind, std::int64_t value) {
    if (kind == 'd' || kind == 'i') return decimal(value).substr(value < 0 ? 1 : 0);
    const auto bits = static_cast<std::uint64_t>(value);
    if (kind == 'o') return octal(bits);
    if (kind == 'u') {
      const std::uint64_t high = bits / 10;
      return (high > 0 ? decimal(static_cast<std::int64_t>(high)) : "") +
             decimal(static_cast<std::int64_t>(bits % 10));
    }
    std::string digits = hex(bits);
    if (kind == 'X')
      std::transform(digits.begin(), digits.end(), digits.begin(),
                     [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
    return digits;
  }
  bool text(char kind, const Format& format) {
    std::string value = argument();
    if (kind == 'c') value = value.substr(0, 1);
    if (kind == 'b') {
      const std::string raw = value;
      value.clear();
      unescape(raw, true, value);
    }
    if (kind == 's' && format.precision >= 0)
      value = value.substr(0, static_cast<std::size_t>(format.precision));
    printed_.out += padded(value, format, false);
    return true;
  }

  std::string format_;
  std::vector<std::string> arguments_;
  std::size_t next_ = 0;
  Printed printed_;
};

}  // namespace

Printed formatted(const std::vector<std::string>& words) { return Formatter(words).all(); }

std::string echoed(const std::vector<std::string>& words) {
  bool newline = true;
  bool escapes = false;
  std::size_t at = 1;
  while (at < words.size() && echo_flags(words[at], newline, escapes)) ++at;
  std::string text;
  for (std::size_t i = at; i < words.size(); ++i) {
    if (i > at) text += ' ';
    if (!escapes) {
      text += words[i];
    } else if (!unescape(words[i], true, text)) {
      newline = false;
      break;
    }
  }
  if (newline) text += '\n';
  return text;
}

Co<int> applet_echo(Sys sys, State state) {
  auto writing = put(sys, 1, echoed(state.argv));
  co_return co_await writing;
}

Co<int> applet_printf(Sys sys, State state) {
  if (state.argv.size() < 2) {
    auto telling = misused(sys, "printf", "FORMAT [ARG]...");
    co_return co_await telling;
  }
  const Printed printed = formatted(state.argv);
  co_await sys.fcntl(1, 3, 0);  // F_GETFL: is stdout open?
  auto writing = print(sys, printed.out);
  co_await writing;
  for (const std::string& error : printed.errors) {
    auto telling = put(sys, 2, "printf: " + error + "\n");
    co_await telling;
  }
  co_return printed.status;
}

}  // namespace cutaway::sim
