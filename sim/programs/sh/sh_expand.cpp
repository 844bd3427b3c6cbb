// Expansion of words: ~, parameters, commands, arithmetic, splitting, names (POSIX 2.6).
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/pattern.h"
#include "sim/programs/sh/sh_arith.h"
#include "sim/programs/sh/sh_expand.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

// $( … ): a child writes into a pipe; newlines at the end are dropped.
Co<std::string> substitute(Sys sys, Shell* shell, int node) {
  PipeEnds pipe;
  auto piping = make_pipe(sys, shell, &pipe);
  const std::int64_t made = co_await piping;
  if (made < 0) {
    shell->substituted = 2;
    co_return std::string();
  }
  ChildJob job;
  job.shell = *shell;
  job.node = node;
  job.out = pipe.out;
  job.close = {pipe.in};
  job.how = Fork::Inside;
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  co_await forking;
  co_await sys.close(pipe.out);
  auto reading = slurp(sys, pipe.in, 128);
  std::string text = co_await reading;
  co_await sys.close(pipe.in);
  note_signals(sys, shell);
  auto waiting = wait_for_job(sys, shell, job_id);
  shell->substituted = co_await waiting;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  co_return text;
}

void add_value(Chars* out, std::string_view text, bool quoted) {
  if (quoted && text.empty()) out->mark(Chars::kNothing);
  out->add(text, quoted ? Chars::kQuoted : Chars::kExpanded);
}

// $@ and $*: each argument is a word of its own, except in "$*".
void add_arguments(const Shell& shell, const Part& part, Chars* out) {
  for (std::size_t i = 1; i < shell.arguments.size(); ++i) {
    if (i > 1) out->mark(Chars::kBreak);
    add_value(out, shell.arguments[i], part.quoted);
  }
}

Co<int> expand_arithmetic(Sys sys, Shell* shell, Part part, Chars* out) {
  Chars expression;
  auto expanding = expand_parts(sys, shell, part.word, &expression);
  co_await expanding;
  if (shell->leaving()) co_return 0;
  const Arithmetic result = evaluate(plain_text(expression), *shell);
  if (!result.error.empty()) {
    auto raising = raise_error(sys, shell, result.error);
    co_return co_await raising;
  }
  add_value(out, decimal(result.value), part.quoted);
  co_return 0;
}

/// ~ and ~user at the front; the home folder, or nothing when it stays as it is.
Co<std::string> home_of(Sys sys, Shell* shell, std::string user) {
  if (user.empty()) co_return text_of(*shell, "HOME");
  auto reading = slurp_path(sys, "/etc/passwd");
  const Slurped passwd = co_await reading;
  for (const std::string& line : split(passwd.text, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() > 5 && fields[0] == user) co_return fields[5];
  }
  co_return std::string();
}

/// Replaces ~ at `at` of an unquoted text (up to / or :); how much of the text it took.
Co<std::size_t> expand_tilde(Sys sys, Shell* shell, std::string text, bool whole, Chars* out) {
  const std::size_t end = std::min(text.find_first_of("/:"), text.size());
  if (end == text.size() && !whole) co_return 0;  // quotes follow: no user's name
  auto asking = home_of(sys, shell, text.substr(1, end - 1));
  const std::string home = co_await asking;
  if (home.empty()) co_return 0;
  out->add(home, Chars::kQuoted);
  co_return end;
}

/// Unquoted text of the script; with `each_colon`, ~ counts behind every colon.
Co<int> expand_literal(Sys sys, Shell* shell, std::string text, bool whole, bool each_colon,
                       Chars* out) {
  while (!text.empty()) {
    std::size_t taken = 0;
    if (text[0] == '~') {
      auto trying = expand_tilde(sys, shell, text, whole, out);
      taken = co_await trying;
    }
    const std::size_t colon = each_colon ? text.find(':', taken) : std::string::npos;
    const std::size_t end = colon == std::string::npos ? text.size() : colon + 1;
    out->add(text.substr(taken, end - taken), Chars::kLiteral);
    text.erase(0, end);
  }
  co_return 0;
}

Co<int> expand_one(Sys sys, Shell* shell, Part part, Chars* out) {
  const bool arguments = part.kind == Part::Kind::Parameter && part.op == ParameterOp::Plain &&
                         (part.text == "@" || (part.text == "*" && !part.quoted));
  if (part.kind == Part::Kind::Text) {
    if (part.text.empty()) out->mark(Chars::kNothing);
    out->add(part.text, part.quoted ? Chars::kQuoted : Chars::kLiteral);
  } else if (arguments) {
    add_arguments(*shell, part, out);
  } else if (part.kind == Part::Kind::Parameter) {
    auto expanding = expand_parameter(sys, shell, part, out);
    co_await expanding;
  } else if (part.kind == Part::Kind::Arithmetic) {
    auto expanding = expand_arithmetic(sys, shell, part, out);
    co_await expanding;
  } else {
    std::string text;
    if (part.node >= 0) {
      auto substituting = substitute(sys, shell, part.node);
      text = co_await substituting;
    }
    add_value(out, text, part.quoted);
  }
  co_return 0;
}

Co<Chars> expand_word(Sys sys, Shell* shell, Word word, bool each_colon) {
  Chars chars;
  for (std::size_t i = 0; i < word.parts.size() && !shell->leaving(); ++i) {
    const Part& part = word.parts[i];
    const bool literal = part.kind == Part::Kind::Text && !part.quoted;
    const bool tilde = literal && (i == 0 ? part.text[0] == '~' || each_colon : each_colon);
    if (tilde) {
      const bool whole = i + 1 == word.parts.size();
      auto expanding = expand_literal(sys, shell, part.text, whole, each_colon, &chars);
      co_await expanding;
      continue;
    }
    auto expanding = expand_one(sys, shell, part, &chars);
    co_await expanding;
  }
  co_return chars;
}

}  // namespace

Co<int> expand_parts(Sys sys, Shell* shell, std::vector<Part> parts, Chars* out) {
  for (const Part& part : parts) {
    if (shell->leaving()) break;
    auto expanding = expand_one(sys, shell, part, out);
    co_await expanding;
  }
  co_return 0;
}

Co<std::vector<std::string>> expand(Sys sys, Shell* shell, Word word) {
  auto expanding = expand_word(sys, shell, word, false);
  const Chars chars = co_await expanding;
  std::vector<std::string> words;
  if (shell->leaving()) co_return words;
  for (const Chars& field : split_fields(chars, *shell)) {
    const std::string pattern = pattern_text(field);
    if (!shell->option('f') && has_wildcard(pattern)) {
      auto naming = names_for(sys, pattern);
      const std::vector<std::string> names = co_await naming;
      words.insert(words.end(), names.begin(), names.end());
      if (!names.empty()) continue;
    }
    words.push_back(plain_text(field));
  }
  co_return words;
}

Co<std::string> expand_text(Sys sys, Shell* shell, Word word) {
  auto expanding = expand_word(sys, shell, word, false);
  const Chars chars = co_await expanding;
  co_return plain_text(chars);
}

Co<std::string> expand_value(Sys sys, Shell* shell, Word word) {
  auto expanding = expand_word(sys, shell, word, true);
  const Chars chars = co_await expanding;
  co_return plain_text(chars);
}

Co<std::string> expand_pattern(Sys sys, Shell* shell, Word word) {
  auto expanding = expand_word(sys, shell, word, false);
  const Chars chars = co_await expanding;
  co_return pattern_text(chars);
}

}  // namespace cutaway::sim::sh
