#include "sim/programs/sh/sh_interactive.h"

#include "base/text.h"
#include "sim/core/poll.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"
#include "sim/programs/sh/sh_trap.h"

namespace cutaway::sim::sh {

namespace {

constexpr std::int64_t kTcgets = 0x5401, kTcsets = 0x5402, kWinsize = 0x5413;
constexpr std::int64_t kPause = 20'000'000;  // lineedit waits so long before it restores a terminal

Co<std::int64_t> readable(Sys sys, std::int64_t timeout_ms) {
  Arg all;
  all.tag = ArgTag::List;
  all.items = {polled(0)};
  const std::vector<Arg> args = {all, Arg::integer(1), Arg::integer(timeout_ms)};
  co_return co_await sys.call(abi::Sys::poll, args);
}

/// The fields of a user's line; none when there is no such user.
std::vector<std::string> line_of_user(const std::string& passwd, std::int64_t user) {
  for (const std::string& line : split(passwd, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() > 5 && fields[2] == decimal(user)) return fields;
  }
  return {};
}

/// getpwuid(3) of busybox: through stdio, as far as the line is.
Co<std::vector<std::string>> find_user(Sys sys, std::int64_t user) {
  std::vector<std::string> found;
  const std::string path = "/etc/passwd";
  const std::int64_t fd = co_await sys.open(path, 0);
  if (fd < 0) co_return found;
  co_await sys.fstat(fd);
  std::string text;
  while (found.empty()) {
    const std::int64_t got = co_await sys.read(fd, 4096);
    if (got == -static_cast<std::int64_t>(abi::Errno::kEINTR)) continue;
    if (got <= 0) break;
    text += sys.reply().data;
    found = line_of_user(text, user);
  }
  co_await sys.close(fd);
  co_return found;
}

/// What the letters of a prompt stand for.
struct PromptFacts {
  std::string folder, host, user;
  bool root = false;
};

/// \w the folder (~ at home), \W its last part, \$ # for root, \h the hostname, \u the user.
std::string filled_prompt(const std::string& pattern, const PromptFacts& facts) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '\\' || i + 1 == pattern.size()) {
      text += pattern[i];
      continue;
    }
    const char letter = pattern[++i];
    if (letter == 'w')
      text += facts.folder;
    else if (letter == 'W')
      text += facts.folder.substr(facts.folder.rfind('/') + 1);
    else if (letter == '$')
      text += facts.root ? '#' : '$';
    else if (letter == 'h')
      text += facts.host;
    else if (letter == 'u')
      text += facts.user;
    else
      text += letter;
  }
  return text;
}

/// Asked is only what the pattern needs, in its order.
Co<std::string> prompt_text(Sys sys, Shell* shell, std::string pattern) {
  const auto has = [&pattern](const char* part) { return pattern.find(part) != std::string::npos; };
  const bool place = has("\\w") || has("\\W");
  const std::vector<Arg> none;
  PromptFacts facts;
  facts.host = text_of(*shell, "HOSTNAME");
  if (place) co_await sys.getcwd();
  if (place) facts.folder = sys.reply().data;
  std::string home = text_of(*shell, "HOME");
  if (place || has("\\u")) {
    const std::int64_t user = co_await sys.call(abi::Sys::geteuid, none);
    auto reading = find_user(sys, user);
    const std::vector<std::string> fields = co_await reading;
    if (!fields.empty()) facts.user = fields[0];
    if (!fields.empty()) home = fields[5];
  }
  if (has("\\$")) facts.root = co_await sys.call(abi::Sys::geteuid, none) == 0;
  const std::string& folder = facts.folder;
  const bool at_home = home.size() > 1 && starts_with(folder, home) &&
                       (folder.size() == home.size() || folder[home.size()] == '/');
  if (at_home) facts.folder = "~" + folder.substr(home.size());
  co_return filled_prompt(pattern, facts);
}

/// struct termios as far as it matters here: are lines, echo and signals the terminal's business?
Arg terminal_mode(bool cooked) {
  Arg mode;
  mode.tag = ArgTag::Struct;
  mode.keys = {"c_lflag"};
  constexpr std::int64_t isig = 1, icanon = 2, echo = 8;
  constexpr std::int64_t others = 0x8a30;  // ECHOE ECHOK IEXTEN ECHOCTL ECHOKE
  mode.items = {Arg::integer(cooked ? others | isig | icanon | echo : others)};
  return mode;
}

Co<int> set_terminal(Sys sys, bool cooked) {
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(kTcsets), terminal_mode(cooked)};
  co_await sys.call(abi::Sys::ioctl, args);
  co_await sys.ioctl(0, kTcgets, 0);
  co_return 0;
}

struct Typed {
  enum class End { Line, Interrupt, Eof };
  End end = End::Line;
  std::string text;
};

/// What a key does to the line, and what is written for it.
std::string press(std::string& line, char key) {
  constexpr char backspace = 0x08, erase = 0x7f, kill_line = 0x15, kill_word = 0x17;
  if (key == backspace || key == erase) {
    if (line.empty()) return {};
    line.pop_back();
    return "\b\x1b[J";
  }
  if (key == kill_line || key == kill_word) {
    std::size_t keep = 0;
    if (key == kill_word) {
      keep = line.find_last_not_of(' ');
      keep = keep == std::string::npos ? 0 : line.find_last_of(' ', keep);
      keep = keep == std::string::npos ? 0 : keep + 1;
    }
    const std::string back(line.size() - keep, '\b');
    line.resize(keep);
    return back.empty() ? back : back + "\x1b[J";
  }
  if (static_cast<unsigned char>(key) < ' ') return {};
  line += key;
  return std::string(1, key);
}

/// ESC [ … up to a letter or ~ (ECMA-48), ESC and one letter.
Co<int> skip_sequence(Sys sys) {
  const std::int64_t first = co_await sys.read(0, 1);
  const bool long_one = first > 0 && (sys.reply().data[0] == '[' || sys.reply().data[0] == 'O');
  while (long_one) {
    const std::int64_t got = co_await sys.read(0, 1);
    if (got <= 0) break;
    const char c = sys.reply().data[0];
    if (c >= '@' && c <= '~') break;
  }
  co_return 0;
}

Co<Typed> edit_line(Sys sys) {
  constexpr char interrupt = 0x03, eof = 0x04;
  Typed typed;
  while (true) {
    auto waiting = readable(sys, -1);
    const std::int64_t ready = co_await waiting;
    if (ready == -static_cast<std::int64_t>(abi::Errno::kEINTR)) continue;
    const std::int64_t got = co_await sys.read(0, 1);
    if (got <= 0) {
      typed.end = Typed::End::Eof;
      co_return typed;
    }
    const char key = sys.reply().data[0];
    if (key == '\n' || key == '\r') {
      co_await sys.write(1, "\n");
      co_return typed;
    }
    if (key == interrupt) {
      typed.end = Typed::End::Interrupt;
      co_return typed;
    }
    if (key == eof && typed.text.empty()) {
      typed.end = Typed::End::Eof;
      co_return typed;
    }
    if (key == '\x1b') {  // an arrow, or the terminal's answer about its cursor: not for the line
      auto skipping = skip_sequence(sys);
      co_await skipping;
      continue;
    }
    const std::string shown = press(typed.text, key);
    if (!shown.empty()) co_await sys.write(1, shown);
  }
}

/// busybox's read_line_input: the terminal raw, a prompt, a line, the terminal as it was.
Co<Typed> prompted_line(Sys sys, Shell* shell, std::string pattern) {
  co_await sys.ioctl(0, kTcgets, 0);
  co_await sys.ioctl(0, kTcgets, 0);
  auto raw = set_terminal(sys, false);
  co_await raw;
  co_await sys.ioctl(0, kWinsize, 0);
  auto writing_prompt = prompt_text(sys, shell, pattern);
  const std::string prompt = co_await writing_prompt;
  auto asking = readable(sys, 0);
  const std::int64_t ahead = co_await asking;
  // Where is the cursor? Not asked when something was typed ahead.
  const std::string asked = ahead > 0 ? prompt : prompt + "\x1b[6n";
  co_await sys.write(1, asked);
  auto watching = set_signal(sys, abi::sig::kWinch, "handler", true);
  co_await watching;
  auto editing = edit_line(sys);
  const Typed typed = co_await editing;
  if (ahead <= 0) co_await sys.nanosleep(kPause);  // for its answer
  co_await sys.ioctl(0, kTcgets, 0);
  auto cooked = set_terminal(sys, true);
  co_await cooked;
  auto ending = set_signal(sys, abi::sig::kWinch, "SIG_DFL", false);
  co_await ending;
  if (typed.end == Typed::End::Interrupt) co_await sys.write(1, "^C");
  co_return typed;
}

}  // namespace

Co<int> greet(Sys sys, Shell* shell) {
  auto first = say(sys, shell, "\n");
  co_await first;
  auto second = say(sys, shell, "\n");
  co_await second;
  const std::string text = std::string(busybox_banner()) +
                           " built-in shell (ash)\nEnter 'help' for a list of built-in "
                           "commands.\n\n";
  co_await sys.write(1, text);
  co_return 0;
}

namespace {

Co<int> run_typed(Sys sys, Shell* shell, Parsed parsed) {
  if (!parsed.tree.error.empty()) {
    auto raising = raise_error(sys, shell, parsed.tree.error);
    co_await raising;
  } else if (parsed.root >= 0) {
    if (shell->warned > 0) --shell->warned;
    shell->tree = std::make_shared<const Tree>(std::move(parsed.tree));
    auto running = run_node(sys, shell, parsed.root, Way{});
    co_await running;
  }
  if (shell->leave == Leave::Interrupt) co_await sys.write(2, "\n");
  // Only exit leaves; after an error there is another prompt.
  if (shell->leave != Leave::Exit) shell->leave = Leave::No;
  shell->interrupted = false;
  co_return 0;
}

}  // namespace

Co<bool> asks_people(Sys sys) {
  const std::int64_t in = co_await sys.ioctl(0, kTcgets, 0);
  if (in < 0) co_return false;
  const std::int64_t out = co_await sys.ioctl(1, kTcgets, 0);
  co_return out >= 0;
}

Co<int> run_interactive(Sys sys, Shell* shell) {
  std::string text;
  while (!shell->leaving()) {
    auto telling = tell_of_jobs(sys, shell);
    co_await telling;
    auto reading = prompted_line(sys, shell, text_of(*shell, text.empty() ? "PS1" : "PS2"));
    const Typed typed = co_await reading;
    if (typed.end == Typed::End::Eof) {
      auto warning = warns_of_stopped(sys, shell);
      const bool stays = co_await warning;
      if (stays) continue;
      co_await sys.write(2, "\n");
      break;
    }
    if (typed.end == Typed::End::Interrupt) {
      auto raising = raise_signal(sys, abi::sig::kInt, true);
      co_await raising;
      sys.take_signals();
      auto opening = unblock_all(sys);
      co_await opening;
      co_await sys.write(2, "\n");
      shell->status = 128 + abi::sig::kInt;
      text.clear();
      continue;
    }
    text += typed.text + "\n";
    while (!text.empty() && !shell->leaving()) {
      Parsed parsed = parse_command(text, 0);
      if (parsed.wants_more) break;
      text.erase(0, parsed.length);
      auto running = run_typed(sys, shell, std::move(parsed));
      co_await running;
    }
  }
  co_return shell->status;
}

}  // namespace cutaway::sim::sh
