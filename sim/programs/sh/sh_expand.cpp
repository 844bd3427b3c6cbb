// Expansion of words: variables, command substitution, splitting (POSIX 2.6).
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

namespace {

std::string join_arguments(const Shell& shell) {
  std::string text;
  for (std::size_t i = 1; i < shell.arguments.size(); ++i)
    text += (i > 1 ? " " : "") + shell.arguments[i];
  return text;
}

std::string variable(const Shell& shell, const std::string& name) {
  if (name == "?") return decimal(shell.status);
  if (name == "$") return decimal(shell.pid);
  if (name == "!") return shell.last_background > 0 ? decimal(shell.last_background) : "";
  if (name == "#") return decimal(static_cast<std::int64_t>(shell.arguments.size()) - 1);
  if (name == "@" || name == "*") return join_arguments(shell);
  std::int64_t number = 0;
  if (parse_decimal(name, number)) {
    const auto at = static_cast<std::size_t>(number);
    return at < shell.arguments.size() ? shell.arguments[at] : "";
  }
  const std::size_t fallback = name.find(":-");  // ${name:-otherwise}
  const auto found = shell.variables.find(name.substr(0, fallback));
  const std::string value = found == shell.variables.end() ? "" : found->second;
  return value.empty() && fallback != std::string::npos ? name.substr(fallback + 2) : value;
}

// $( … ): a child writes into a pipe; newlines at the end are dropped.
Co<std::string> substitute(Sys sys, Shell* shell, int node) {
  PipeEnds pipe;
  auto piping = make_pipe(sys, shell, &pipe);
  const std::int64_t made = co_await piping;
  if (made < 0) {
    shell->status = 2;
    co_return std::string();
  }
  ChildJob job;
  job.shell = *shell;
  job.node = node;
  job.out = pipe.out;
  job.close = {pipe.in};
  int job_id = 0;
  auto forking = fork_child(sys, shell, job, &job_id);
  co_await forking;
  co_await sys.close(pipe.out);
  auto reading = slurp(sys, pipe.in, 128);
  std::string text = co_await reading;
  co_await sys.close(pipe.in);
  note_signals(sys, shell);
  auto waiting = wait_for_job(sys, shell, job_id);
  shell->status = co_await waiting;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  co_return text;
}

// Adds unquoted text: blanks end the word that is being built.
void add_split(const std::string& text, std::vector<std::string>& words, std::string& word,
               bool& open) {
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n') {
      if (open) words.push_back(word);
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
}

Co<std::string> part_text(Sys sys, Shell* shell, Part part) {
  if (part.kind == Part::Kind::Text) co_return part.text;
  if (part.kind == Part::Kind::Variable) co_return variable(*shell, part.text);
  if (part.node < 0) co_return std::string();
  auto substituting = substitute(sys, shell, part.node);
  co_return co_await substituting;
}

}  // namespace

Co<std::vector<std::string>> expand(Sys sys, Shell* shell, Word word) {
  std::vector<std::string> words;
  std::string text;
  bool open = false;
  for (const Part& part : word.parts) {
    auto reading = part_text(sys, shell, part);
    const std::string value = co_await reading;
    const bool each_argument = part.kind == Part::Kind::Variable && part.text == "@" && part.quoted;
    if (each_argument) {
      for (std::size_t i = 1; i < shell->arguments.size(); ++i) {
        if (i > 1) words.push_back(text);
        if (i > 1) text.clear();
        text += shell->arguments[i];
        open = true;
      }
    } else if (part.quoted || part.kind == Part::Kind::Text) {
      text += value;
      open = true;
    } else {
      add_split(value, words, text, open);
    }
  }
  if (open) words.push_back(text);
  co_return words;
}

Co<std::string> expand_text(Sys sys, Shell* shell, Word word) {
  std::string text;
  for (const Part& part : word.parts) {
    auto reading = part_text(sys, shell, part);
    text += co_await reading;
  }
  co_return text;
}

}  // namespace cutaway::sim::sh
