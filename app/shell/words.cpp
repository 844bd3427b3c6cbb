#include "app/shell/words.h"

#include "app/shell/session.h"
#include "base/os/files.h"
#include "base/text.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

using Words = std::vector<std::string>;

Status takes(const Words& given, std::size_t least, std::size_t most, std::string_view form) {
  if (given.size() >= least && given.size() <= most) return {};
  return fail(ErrorCode::Usage, "as in: " + std::string(form));
}

/// "undo 3": how many; 1 when nothing is said.
Result<std::size_t> how_many(const Words& given, std::string_view form) {
  TRY(takes(given, 0, 1, form));
  std::int64_t n = 1;
  if (!given.empty() && (!parse_decimal(given[0], n) || n < 1))
    return fail(ErrorCode::Usage, "'" + given[0] + "': a number from 1 on was expected");
  return static_cast<std::size_t>(n);
}

Status undo(ShellSession& session, const Words& given) {
  TRY_ASSIGN(const std::size_t n, how_many(given, "undo 3"));
  return session.undo(n);
}

Status redo(ShellSession& session, const Words& given) {
  TRY_ASSIGN(const std::size_t n, how_many(given, "redo 3"));
  return session.redo(n);
}

Status fork(ShellSession& session, const Words& given) {
  TRY(takes(given, 1, 1, "fork other"));
  return session.fork(given[0]);
}

Status switch_to(ShellSession& session, const Words& given) {
  TRY(takes(given, 1, 1, "switch 2, switch other"));
  return session.switch_to(given[0]);
}

Status save(ShellSession& session, const Words& given) {
  TRY(takes(given, 1, 1, "save work.json"));
  return session.save(given[0]);
}

Status load(ShellSession& session, const Words& given) {
  TRY(takes(given, 1, 1, "load work.json"));
  return session.load(given[0]);
}

Status interrupt(ShellSession& session, const Words& given) {
  TRY(takes(given, 0, 0, "interrupt"));
  return session.interrupt();
}

Status at(ShellSession& session, const Words& given) {
  TRY(takes(given, 0, 1, "at 120, at last"));
  if (!given.empty()) TRY(session.set_moment(given[0]));
  session.note("moment " + decimal(static_cast<std::int64_t>(session.moment())) + " of " +
               decimal(static_cast<std::int64_t>(session.trace().size())));
  return {};
}

Status explain(ShellSession& session, const Words& given) {
  TRY(takes(given, 0, 0, "explain"));
  session.note(viz::explain(session.trace(), session.moment(), os::terminal_columns()));
  return {};
}

Status why(ShellSession& session, const Words& given) {
  TRY(takes(given, 1, 1, "why task:4711"));
  TRY_ASSIGN(const std::string said, viz::explain_about(session.trace(), session.moment(), given[0],
                                                        os::terminal_columns()));
  session.note(said);
  return {};
}

Status help(ShellSession& session, const Words&) {
  std::string text = "docker …   a docker command; any other line is one for the host's shell\n";
  for (const ShellWord& word : shell_words()) {
    const std::string form(word.form);
    const std::size_t room = form.size() < 14 ? 14 - form.size() : 1;
    text += form + std::string(room, ' ') + std::string(word.says) + "\n";
  }
  session.note(text + "Ctrl-]        leaves a program that has the keyboard; it goes on");
  return {};
}

Status leave(ShellSession& session, const Words&) {
  session.end();
  return {};
}

}  // namespace

const std::vector<ShellWord>& shell_words() {
  static const std::vector<ShellWord> words = {
      {"undo", "undo [N]", "takes the last N commands back, as if they had never been typed", undo},
      {"redo", "redo [N]", "does again what was taken back", redo},
      {"fork", "fork NAME", "from here on another future; the one so far stays as it is", fork},
      {"switch", "switch 2|NAME", "to another terminal (a number) or another future (a name)",
       switch_to},
      {"save", "save FILE", "the session as x.json (to go on from), x.cut or x.jsonl (a trace)",
       save},
      {"load", "load FILE", "goes on from a saved session, a scenario, or the id of a bundled one",
       load},
      {"at", "at [N|last]", "the moment that why and explain are about", at},
      {"explain", "explain", "the whole picture at that moment, in words", explain},
      {"why", "why ID", "one thing of the picture, and why it is so: why row:host", why},
      {"interrupt", "interrupt", "SIGINT to the command that still runs", interrupt},
      {"help", "help", "these words", help},
      {"exit", "exit", "ends the shell", leave},
  };
  return words;
}

const ShellWord* find_shell_word(std::string_view name) {
  for (const ShellWord& word : shell_words()) {
    if (word.name == name) return &word;
  }
  return nullptr;
}

}  // namespace cutaway::app
