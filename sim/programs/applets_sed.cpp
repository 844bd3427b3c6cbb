// sed: a script for each line.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/sed_script.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// Lines one after the other over all files; knows which is the last.
struct Lines {
  std::vector<std::string> paths;
  std::size_t next = 0;
  std::optional<In> in;
  TakenLine ahead;
  std::vector<In> missing;
};

Co<int> look_ahead(Sys sys, Lines* lines) {
  lines->ahead = TakenLine{};
  while (true) {
    if (lines->in) {
      auto reading = next_line(sys, &*lines->in);
      lines->ahead = co_await reading;
      if (lines->ahead.got) co_return 0;
      auto closing = close_in(sys, *lines->in);
      co_await closing;
      lines->in.reset();
    }
    if (lines->next >= lines->paths.size()) co_return 0;
    auto opening = open_in(sys, lines->paths[lines->next++]);
    In in = co_await opening;
    if (in.err == 0) {
      lines->in = in;
      continue;
    }
    lines->missing.push_back(in);
    auto telling = cannot_open(sys, "sed", in);
    co_await telling;
  }
}

struct Sed {
  SedScript script;
  bool silent = false;
  std::string space, hold, output;
  std::vector<std::string> after;  ///< appended text
  std::int64_t number = 0;
  bool last = false, whole = true, substituted = false;
  int quit = -1;
  bool deleted = false, restart = false, wants_next = false, joins = false;
  bool goes_on = false;  ///< the script is not at its end, but has worked for long
};

bool is_at(const SedAddress& address, const Sed& sed) {
  Match match;
  switch (address.kind) {
    case SedAddress::Kind::Line:
      return sed.number == address.line;
    case SedAddress::Kind::Last:
      return sed.last;
    case SedAddress::Kind::Pattern:
      break;
  }
  return address.pattern.search(sed.space, 0, match);
}

bool selected(SedCommand& command, const Sed& sed) {
  bool is = true;
  if (command.from && !command.to) is = is_at(*command.from, sed);
  if (command.to) {
    const bool by_line = command.to->kind == SedAddress::Kind::Line;
    if (command.active) {
      is = !by_line || sed.number <= command.to->line;
      const bool ends = by_line ? sed.number >= command.to->line : is_at(*command.to, sed);
      if (ends) command.active = false;
    } else {
      is = is_at(*command.from, sed);
      command.active = is && !(by_line && command.to->line <= sed.number);
    }
  }
  return is != command.inverted;
}

std::string group_text(const std::string& space, const Match& match, std::size_t group) {
  if (group >= match.groups.size()) return {};
  const auto [from, to] = match.groups[group];
  return from == std::string::npos ? std::string() : space.substr(from, to - from);
}

/// The replacement with & and \1 filled in.
std::string replaced(const SedCommand& command, const std::string& space, const Match& match) {
  std::string text;
  for (std::size_t i = 0; i < command.other.size(); ++i) {
    const char c = command.other[i];
    if (c == '&') {
      text += group_text(space, match, 0);
    } else if (c == '\\' && i + 1 < command.other.size()) {
      const char next = command.other[++i];
      if (next >= '0' && next <= '9')
        text += group_text(space, match, static_cast<std::size_t>(next - '0'));
      else
        text += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    } else {
      text += c;
    }
  }
  return text;
}

void substitute(const SedCommand& command, Sed& sed) {
  std::string result;
  std::size_t at = 0;
  std::int64_t found = 0;
  Match match;
  bool changed = false;
  while (at <= sed.space.size() && command.pattern.search(sed.space, at, match)) {
    const bool empty = match.begin() == match.end();
    result += sed.space.substr(at, match.begin() - at);
    const bool counts = ++found >= command.nth;
    result += counts ? replaced(command, sed.space, match)
                     : sed.space.substr(match.begin(), match.end() - match.begin());
    changed = changed || counts;
    at = match.end();
    if (counts && !command.global) break;
    if (empty) {
      if (at < sed.space.size()) result += sed.space[at];
      ++at;
    }
  }
  if (!changed) return;
  if (at <= sed.space.size()) result += sed.space.substr(at);
  sed.space = result;
  sed.substituted = true;
  if (command.print) sed.output += sed.space + "\n";
}

std::size_t label(const SedScript& script, const std::string& name) {
  for (std::size_t i = 0; i < script.commands.size(); ++i) {
    if (script.commands[i].name == ':' && script.commands[i].text == name) return i;
  }
  return script.commands.size();
}

/// Commands that only move text around.
void move_text(char name, Sed& sed) {
  const std::size_t newline = std::min(sed.space.find('\n'), sed.space.size());
  if (name == 'p') sed.output += sed.space + "\n";
  if (name == 'P') sed.output += sed.space.substr(0, newline) + "\n";
  if (name == '=') sed.output += decimal(sed.number) + "\n";
  if (name == 'h') sed.hold = sed.space;
  if (name == 'H') sed.hold += "\n" + sed.space;
  if (name == 'g') sed.space = sed.hold;
  if (name == 'G') sed.space += "\n" + sed.hold;
  if (name == 'x') std::swap(sed.space, sed.hold);
  if (name == 'd') sed.deleted = true;
  if (name == 'D') {
    sed.deleted = true;
    sed.restart = newline < sed.space.size();
    sed.space.erase(0, newline + (sed.restart ? 1 : 0));
  }
}

void translate(const SedCommand& command, Sed& sed) {
  for (char& c : sed.space) {
    const std::size_t found = command.text.find(c);
    if (found < command.other.size()) c = command.other[found];
  }
}

/// Commands that change the space or what is printed.
void change_text(const SedCommand& command, Sed& sed) {
  const char name = command.name;
  move_text(name, sed);
  if (sed.deleted) return;
  if (name == 's') substitute(command, sed);
  if (name == 'y') translate(command, sed);
  if (name == 'a') sed.after.push_back(command.text);
  if (name == 'i') sed.output += command.text + "\n";
  if (name == 'c') {
    if (!command.to || !command.active) sed.output += command.text + "\n";
    sed.deleted = true;
  }
}

/// Where the script goes on behind command `at`.
std::size_t next_command(const SedCommand& command, Sed& sed, std::size_t at) {
  const char name = command.name;
  const bool jumps = name == 'b' || (name == 't' && std::exchange(sed.substituted, false));
  if (jumps) return label(sed.script, command.text);
  if (name == 'q' || name == 'Q') {
    sed.quit = 0;
    sed.deleted = name == 'Q';
  }
  if (name == 'n' || name == 'N') {
    sed.wants_next = true;
    sed.joins = name == 'N';
  }
  return sed.deleted || sed.quit >= 0 ? sed.script.commands.size() : at + 1;
}

/// A script may jump backwards for ever: after so many commands the kernel has its say.
constexpr int kCommandsInABurst = 5000;
constexpr std::int64_t kCommandNs = 200;

/// Runs from command `at` on; where to go on when a next line is wanted, or it has worked for long,
/// else past the end.
std::size_t run_script(Sed& sed, std::size_t at) {
  std::vector<SedCommand>& commands = sed.script.commands;
  for (int ran = 0; at < commands.size() && !sed.wants_next; ++ran) {
    sed.goes_on = ran == kCommandsInABurst;
    if (sed.goes_on) return at;
    SedCommand& command = commands[at];
    if (!selected(command, sed)) {
      at = command.name == '{' ? command.end : at + 1;
      continue;
    }
    change_text(command, sed);
    at = next_command(command, sed, at);
  }
  return at;
}

Co<std::size_t> run_to_line(Sys sys, Sed* sed, std::size_t at) {
  at = run_script(*sed, at);
  while (std::exchange(sed->goes_on, false)) {
    co_await sys.burst(kCommandsInABurst * kCommandNs);
    at = run_script(*sed, at);
  }
  co_return at;
}

Co<int> take_line(Sys sys, Lines* lines, Sed* sed) {
  const TakenLine line = lines->ahead;
  auto looking = look_ahead(sys, lines);
  co_await looking;
  ++sed->number;
  sed->last = !lines->ahead.got;
  sed->whole = line.whole;
  if (sed->joins)
    sed->space += "\n" + line.text;
  else
    sed->space = line.text;
  sed->joins = false;
  co_return 0;
}

Co<int> end_cycle(Sys sys, Sed* sed, Out* out) {
  std::string text = sed->output;
  if (!sed->deleted && !sed->silent) text += sed->space + (sed->whole ? "\n" : "");
  for (const std::string& line : sed->after) text += line + "\n";
  sed->after.clear();
  sed->output.clear();
  sed->deleted = false;
  auto emitting = emit(sys, out, text);
  co_return co_await emitting;
}

Co<int> edit(Sys sys, Lines* lines, Sed* sed, Out* out) {
  auto looking = look_ahead(sys, lines);
  co_await looking;
  while (lines->ahead.got && sed->quit < 0) {
    if (!std::exchange(sed->restart, false)) {
      auto taking = take_line(sys, lines, sed);
      co_await taking;
    }
    sed->substituted = false;
    std::size_t at = 0;
    while (true) {
      auto running = run_to_line(sys, sed, at);
      at = co_await running;
      if (!std::exchange(sed->wants_next, false)) break;
      if (!lines->ahead.got) {  // GNU and busybox print what they have
        sed->quit = 0;
        break;
      }
      if (!sed->joins) {
        auto ending = end_cycle(sys, sed, out);
        co_await ending;
      }
      auto taking = take_line(sys, lines, sed);
      co_await taking;
    }
    auto ending = end_cycle(sys, sed, out);
    co_await ending;
  }
  co_return lines->missing.empty() ? 0 : 1;
}

/// -i: the result takes the file's place.
Co<int> edit_in_place(Sys sys, Sed sed, std::string path) {
  const std::int64_t found = co_await sys.stat(path);
  const std::uint32_t mode = sys.reply().stat.mode & 07777U;
  Lines lines;
  lines.paths = {path};
  Out out;
  out.looked = true;
  if (found < 0) {
    auto telling = complain(sys, "sed", "", path, found);
    co_return co_await telling;
  }
  // What would be printed is kept back: nothing of it goes to stdout.
  const std::string beside = path + "XXXXXX";
  const std::int64_t fd =
      co_await sys.open(beside, abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc, mode);
  const std::int64_t kept = co_await sys.fcntl(1, 1030, 10);  // F_DUPFD_CLOEXEC
  co_await sys.dup2(fd, 1);
  co_await sys.close(fd);
  auto editing = edit(sys, &lines, &sed, &out);
  const int exit = co_await editing;
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_await sys.dup2(kept, 1);
  co_await sys.close(kept);
  co_await sys.rename(beside, path);
  co_return exit;
}

}  // namespace

Co<int> applet_sed(Sys sys, State state) {
  constexpr std::string_view usage = "[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...";
  Options options;
  auto taking = take_options(sys, state.argv, "inrEe:s", usage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::string script = join(options.given['e'], "\n");
  if (options.given['e'].empty() && !options.rest.empty()) {
    script = options.rest[0];
    options.rest.erase(options.rest.begin());
  }
  Sed sed;
  sed.script = parse_sed(script, options.has('r') || options.has('E'));
  sed.silent = options.has('n');
  if (!sed.script.error.empty()) {
    auto telling = put(sys, 2, "sed: " + sed.script.error + "\n");
    co_await telling;
    co_return 1;
  }
  if (options.has('i')) {
    int exit = 0;
    for (const std::string& path : options.rest) {
      auto editing = edit_in_place(sys, sed, path);
      const int failed = co_await editing;
      if (failed != 0) exit = failed;
    }
    co_return exit;
  }
  Lines lines;
  lines.paths = options.rest;
  if (lines.paths.empty()) lines.paths.push_back("-");
  Out out;
  auto editing = edit(sys, &lines, &sed, &out);
  const int exit = co_await editing;
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

}  // namespace cutaway::sim
