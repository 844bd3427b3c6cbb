// ${name…}: what becomes of a parameter's value (POSIX 2.6.2).
#include <algorithm>

#include "base/text.h"
#include "sim/programs/pattern.h"
#include "sim/programs/sh/sh_arith.h"
#include "sim/programs/sh/sh_expand.h"

namespace cutaway::sim::sh {

namespace {

void add(Chars* out, const Part& part, std::string_view text) {
  if (part.quoted && text.empty()) out->mark(Chars::kNothing);
  out->add(text, part.quoted ? Chars::kQuoted : Chars::kExpanded);
}

/// The parts of `words`; unquoted text in it is split like a value.
Co<int> add_words(Sys sys, Shell* shell, std::vector<Part> words, bool quoted, Chars* out) {
  Chars chars;
  if (quoted) chars.mark(Chars::kNothing);
  auto expanding = expand_parts(sys, shell, words, &chars);
  co_await expanding;
  for (char& kind : chars.from) {
    if (kind == Chars::kLiteral) kind = Chars::kExpanded;
  }
  out->text += chars.text;
  out->from += chars.from;
  co_return 0;
}

Co<int> complain_unset(Sys sys, Shell* shell, Part part) {
  Chars chars;
  auto expanding = expand_parts(sys, shell, part.word, &chars);
  co_await expanding;
  std::string text = plain_text(chars);
  if (text.empty()) text = part.colon ? "parameter not set or null" : "parameter not set";
  auto raising = raise_error(sys, shell, part.text + ": " + text);
  co_return co_await raising;
}

Co<int> assign_default(Sys sys, Shell* shell, Part part, Chars* out) {
  Chars chars;
  auto expanding = expand_parts(sys, shell, part.word, &chars);
  co_await expanding;
  const std::string value = plain_text(chars);
  if (!is_name(part.text)) {
    auto raising = raise_error(sys, shell, part.text + ": bad variable name");
    co_return co_await raising;
  }
  assign(*shell, part.text, value);
  add(out, part, value);
  co_return 0;
}

/// The value without the shortest (longest) piece that the pattern matches.
std::string cut(const std::string& value, const std::string& pattern, bool front, bool longest) {
  const std::size_t size = value.size();
  for (std::size_t step = 0; step <= size; ++step) {
    const std::size_t length = longest ? size - step : step;
    const std::string_view piece =
        std::string_view(value).substr(front ? 0 : size - length, length);
    if (matches_pattern(pattern, piece))
      return front ? value.substr(length) : value.substr(0, size - length);
  }
  return value;
}

/// How much at the front of `text` the pattern matches at most; npos: nothing.
std::size_t longest_match(const std::string& pattern, std::string_view text) {
  for (std::size_t length = text.size(); length > 0; --length) {
    if (matches_pattern(pattern, text.substr(0, length))) return length;
  }
  return std::string::npos;
}

std::string replace(const std::string& value, std::string pattern, const std::string& with,
                    bool all) {
  const bool at_front = !pattern.empty() && pattern[0] == '#' && !all;
  const bool at_back = !pattern.empty() && pattern[0] == '%' && !all;
  if (at_front || at_back) pattern.erase(0, 1);
  if (pattern.empty()) return value;
  std::string result;
  std::size_t at = 0;
  while (at < value.size()) {
    std::size_t length = longest_match(pattern, std::string_view(value).substr(at));
    if (at_back && length != value.size() - at) length = std::string::npos;
    if (length == std::string::npos) {
      if (at_front) break;
      result += value[at++];
      continue;
    }
    result += with;
    at += length;
    if (!all) break;
  }
  return result + value.substr(std::min(at, value.size()));
}

Co<std::string> pattern_of(Sys sys, Shell* shell, std::vector<Part> parts) {
  Chars chars;
  auto expanding = expand_parts(sys, shell, parts, &chars);
  co_await expanding;
  co_return pattern_text(chars);
}
Co<std::string> expanded_parts(Sys sys, Shell* shell, std::vector<Part> parts) {
  Chars chars;
  auto expanding = expand_parts(sys, shell, parts, &chars);
  co_await expanding;
  co_return plain_text(chars);
}

Co<std::int64_t> number_of(Sys sys, Shell* shell, std::vector<Part> parts) {
  auto reading = expanded_parts(sys, shell, parts);
  const std::string text = co_await reading;
  const Arithmetic result = evaluate(text, *shell);
  if (!result.error.empty()) {
    auto raising = raise_error(sys, shell, result.error);
    co_await raising;
  }
  co_return result.value;
}

Co<std::string> substring(Sys sys, Shell* shell, Part part, std::string value) {
  const auto size = static_cast<std::int64_t>(value.size());
  auto asking_from = number_of(sys, shell, part.word);
  std::int64_t from = co_await asking_from;
  std::int64_t count = size;
  if (part.has_second) {
    auto asking_count = number_of(sys, shell, part.second);
    count = co_await asking_count;
  }
  if (from < 0) from = std::max<std::int64_t>(0, from + size);
  if (from >= size) co_return std::string();
  if (count < 0) count = std::max<std::int64_t>(0, size - from + count);
  co_return value.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
}

/// What the operators that work on the value make of it.
Co<std::string> worked_on(Sys sys, Shell* shell, Part part, std::string value) {
  if (part.op == ParameterOp::Substring) {
    auto cutting = substring(sys, shell, part, value);
    co_return co_await cutting;
  }
  auto reading = pattern_of(sys, shell, part.word);
  const std::string pattern = co_await reading;
  if (part.op != ParameterOp::Replace)
    co_return cut(value, pattern, part.op == ParameterOp::CutFront, part.twice);
  auto replacing = expanded_parts(sys, shell, part.second);
  const std::string with = co_await replacing;
  co_return replace(value, pattern, with, part.twice);
}

bool asks_for_value(ParameterOp op) {
  return op == ParameterOp::Default || op == ParameterOp::Assign || op == ParameterOp::Complain ||
         op == ParameterOp::Alternative;
}

Co<int> instead(Sys sys, Shell* shell, Part part, Chars* out) {
  if (part.op == ParameterOp::Complain) {
    auto complaining = complain_unset(sys, shell, part);
    co_return co_await complaining;
  }
  if (part.op == ParameterOp::Assign) {
    auto assigning = assign_default(sys, shell, part, out);
    co_return co_await assigning;
  }
  auto adding = add_words(sys, shell, part.word, part.quoted, out);
  co_return co_await adding;
}

}  // namespace

Co<int> expand_parameter(Sys sys, Shell* shell, Part part, Chars* out) {
  if (part.op == ParameterOp::Bad) {
    auto raising = raise_error(sys, shell, "syntax error: bad substitution");
    co_return co_await raising;
  }
  const std::optional<std::string> value = parameter(*shell, part.text);
  const bool missing = !value || (part.colon && value->empty());
  if (part.op == ParameterOp::Alternative) {
    if (missing && part.quoted) out->mark(Chars::kNothing);
    if (missing) co_return 0;
    auto adding = add_words(sys, shell, part.word, part.quoted, out);
    co_return co_await adding;
  }
  if (asks_for_value(part.op) && missing) {
    auto replacing = instead(sys, shell, part, out);
    co_return co_await replacing;
  }
  const bool arguments = part.text == "@" || part.text == "*";
  if (!value && shell->option('u') && !arguments) {
    auto raising = raise_error(sys, shell, part.text + ": parameter not set");
    co_return co_await raising;
  }
  std::string text = value.value_or("");
  if (part.op == ParameterOp::Length)
    text = decimal(static_cast<std::int64_t>(text.size()));
  else if (part.op != ParameterOp::Plain && !asks_for_value(part.op)) {
    auto working = worked_on(sys, shell, part, text);
    text = co_await working;
  }
  if (arguments && part.op == ParameterOp::Default) {
    part.op = ParameterOp::Plain;
    auto expanding = expand_parts(sys, shell, {part}, out);
    co_return co_await expanding;
  }
  add(out, part, text);
  co_return 0;
}

}  // namespace cutaway::sim::sh
