#include "app/live/change_line.h"

#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr std::string_view kUpdate = "update ", kKill = "kill ";

/// Letters, digits and what names and numbers have between them: no option can be smuggled in.
bool is_plain(std::string_view word) {
  if (word.empty() || word[0] == '-') return false;
  for (const char c : word) {
    const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!alnum && c != '_' && c != '.' && c != '-') return false;
  }
  return true;
}

tl::unexpected<Error> no_such(std::string_view line) {
  return fail(ErrorCode::Usage, "'" + std::string(line) + "': not something that can be asked");
}

}  // namespace

std::string change_line(const viz::ChangeAsk& ask) {
  const bool signal = ask.what == viz::ChangeKind::Signal;
  std::string line(signal ? kKill : kUpdate);
  if (!signal) line += std::string(viz::change_name(ask.what)) + " ";
  return line + ask.value + " " + ask.container;
}

bool is_change_line(std::string_view line) {
  return starts_with(line, kUpdate) || starts_with(line, kKill);
}

Result<std::vector<std::string>> words_of_change(std::string_view line) {
  const std::vector<std::string> words = split(line, ' ');
  viz::ChangeAsk ask;
  const bool signal = words.size() == 3 && words[0] == "kill";
  const bool limit = words.size() == 4 && words[0] == "update";
  if (!signal && !limit) return no_such(line);
  ask.value = words[words.size() - 2];
  ask.container = words.back();
  ask.what = signal ? viz::ChangeKind::Signal : viz::change_of_name(words[1]);
  const bool value_good = is_plain(ask.value) || (limit && ask.value == "-1");
  const bool known =
      ask.what != viz::ChangeKind::None &&
      (signal ? viz::is_offered_signal(ask.value) : ask.what != viz::ChangeKind::Signal);
  if (!known || !value_good || !is_plain(ask.container)) return no_such(line);
  return viz::docker_words(ask);
}

}  // namespace cutaway::app
