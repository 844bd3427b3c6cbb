// read: a line, byte by byte (what follows it belongs to others), split at IFS.
#include "base/text.h"
#include "sim/core/poll.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

struct ReadOptions {
  bool raw = false;
  std::string prompt;
  std::int64_t count = -1, fd = 0;
  std::int64_t timeout_ms = -1;
  char end = '\n';
  std::vector<std::string> names;
  std::string wrong;
};

/// Seconds, with a fraction: milliseconds.
bool milliseconds(const std::string& text, std::int64_t& ms) {
  const std::size_t dot = text.find('.');
  std::int64_t seconds = 0;
  if (!parse_decimal(text.substr(0, dot), seconds)) return false;
  ms = seconds * 1000;
  if (dot == std::string::npos) return true;
  std::string fraction = text.substr(dot + 1) + "000";
  std::int64_t rest = 0;
  if (!parse_decimal(fraction.substr(0, 3), rest)) return false;
  ms += rest;
  return true;
}

void take_value(ReadOptions& options, char letter, const std::string& value) {
  bool fine = true;
  if (letter == 'p') options.prompt = value;
  if (letter == 'n') fine = parse_decimal(value, options.count);
  if (letter == 'u') fine = parse_decimal(value, options.fd);
  if (letter == 't') fine = milliseconds(value, options.timeout_ms);
  if (letter == 'd') options.end = value.empty() ? '\0' : value[0];
  if (!fine) options.wrong = "invalid count";
}

ReadOptions read_options(const Words& words) {
  ReadOptions options;
  std::size_t at = 1;
  for (; at < words.size() && words[at].size() > 1 && words[at][0] == '-'; ++at) {
    const std::string& word = words[at];
    if (word == "--") {
      ++at;
      break;
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char letter = word[i];
      if (letter == 'r') options.raw = true;
      if (std::string_view("pntdu").find(letter) == std::string_view::npos) continue;
      const bool here = i + 1 < word.size();
      if (!here && at + 1 >= words.size()) break;
      take_value(options, letter, here ? word.substr(i + 1) : words[++at]);
      break;
    }
  }
  options.names.assign(words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size())),
                       words.end());
  return options;
}

struct Line {
  std::string text, from;  ///< 'q': behind a backslash
  bool ended = false;      ///< by its end sign (or as long as was asked for)
};

/// poll(2) for one descriptor that can be read.
Co<std::int64_t> wait_readable(Sys sys, std::int64_t fd, std::int64_t timeout_ms) {
  Arg all;
  all.tag = ArgTag::List;
  all.items = {polled(fd)};
  const std::vector<Arg> args = {all, Arg::integer(1), Arg::integer(timeout_ms)};
  co_return co_await sys.call(abi::Sys::poll, args);
}

Co<Line> read_line(Sys sys, Shell* shell, ReadOptions options) {
  Line line;
  bool escaped = false;
  while (options.count < 0 || static_cast<std::int64_t>(line.text.size()) < options.count) {
    auto waiting = wait_readable(sys, options.fd, options.timeout_ms);
    const std::int64_t ready = co_await waiting;
    note_signals(sys, shell);
    if (ready <= 0) co_return line;
    const std::int64_t got = co_await sys.read(options.fd, 1);
    if (got <= 0) co_return line;
    const char c = sys.reply().data[0];
    if (escaped) {
      escaped = false;
      if (c == '\n') continue;
      line.text += c;
      line.from += 'q';
      continue;
    }
    if (c == '\\' && !options.raw) {
      escaped = true;
      continue;
    }
    if (c == options.end) break;
    if (c == '\0') continue;
    line.text += c;
    line.from += ' ';
  }
  line.ended = true;
  co_return line;
}

/// The words for the variables: the last one gets the rest.
class LineSplitter {
 public:
  LineSplitter(const Line& line, std::string ifs) : line_(line), ifs_(std::move(ifs)) {}
  std::string next(bool last) {
    while (blank(at_)) ++at_;
    if (last) return rest();
    const std::size_t from = at_;
    while (at_ < line_.text.size() && !separator(at_)) ++at_;
    const std::string word = line_.text.substr(from, at_ - from);
    while (blank(at_)) ++at_;
    if (at_ < line_.text.size() && separator(at_)) ++at_;
    return word;
  }

 private:
  bool separator(std::size_t at) const {
    return at < line_.text.size() && line_.from[at] == ' ' &&
           ifs_.find(line_.text[at]) != std::string::npos;
  }
  bool blank(std::size_t at) const {
    return separator(at) && std::string_view(" \t\n").find(line_.text[at]) != std::string::npos;
  }
  std::string rest() {
    std::size_t end = line_.text.size();
    while (end > at_ && blank(end - 1)) --end;
    // One separator at the very end closes the last word.
    std::size_t inner = at_;
    while (inner < end && !separator(inner)) ++inner;
    if (inner + 1 == end && separator(inner)) end = inner;
    const std::string word = line_.text.substr(at_, end - at_);
    at_ = line_.text.size();
    return word;
  }

  const Line& line_;
  std::string ifs_;
  std::size_t at_ = 0;
};

}  // namespace

Co<int> builtin_read(Sys sys, Shell* shell, Words words) {
  const ReadOptions options = read_options(words);
  std::string wrong = options.wrong;
  for (const std::string& name : options.names) {
    if (!is_name(name)) wrong = "'" + name + "': bad variable name";
  }
  if (!wrong.empty()) {
    auto telling = put(sys, 2, shell->applet + ": read: " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  if (!options.prompt.empty()) {
    const std::int64_t terminal = co_await sys.ioctl(options.fd, 0x5401, 0);  // TCGETS
    if (terminal >= 0) {
      auto prompting = put(sys, 2, options.prompt);
      co_await prompting;
    }
  }
  auto reading = read_line(sys, shell, options);
  const Line line = co_await reading;
  if (options.names.empty()) assign(*shell, "REPLY", line.text);
  LineSplitter splitter(line, value_of(*shell, "IFS").value_or(" \t\n"));
  for (std::size_t i = 0; i < options.names.size(); ++i) {
    const std::string word = splitter.next(i + 1 == options.names.size());
    if (!assign(*shell, options.names[i], word)) {
      auto raising = raise_error(sys, shell, options.names[i] + ": is read only");
      co_return co_await raising;
    }
  }
  co_return line.ended ? 0 : 1;
}

}  // namespace cutaway::sim::sh
