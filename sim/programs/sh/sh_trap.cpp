#include "sim/programs/sh/sh_trap.h"

#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_jobs.h"

namespace cutaway::sim::sh {

Co<int> run_traps(Sys sys, Shell* shell) {
  note_signals(sys, shell);
  while (!shell->trapped.empty() && !shell->leaving()) {
    const int signal = shell->trapped.front();
    shell->trapped.erase(shell->trapped.begin());
    const auto found = shell->traps.find(signal);
    if (found == shell->traps.end() || found->second.empty()) continue;
    const std::string action = found->second;
    const int status = shell->status;
    auto running = run_text(sys, shell, action, shell->line, Way{});
    co_await running;
    if (!shell->ending()) shell->status = status;
  }
  co_return 0;
}

Co<int> run_exit_trap(Sys sys, Shell* shell) {
  const auto found = shell->traps.find(0);
  if (found == shell->traps.end()) co_return shell->status;
  const std::string action = found->second;
  shell->traps.erase(found);
  const int status = shell->status;
  shell->leave = Leave::No;
  auto running = run_text(sys, shell, action, shell->line, Way{});
  co_await running;
  if (!shell->ending()) shell->status = status;
  co_return shell->status;
}

Co<int> forget_traps(Sys sys, Shell* shell) {
  const std::map<int, std::string> traps = std::exchange(shell->traps, {});
  shell->trapped.clear();
  for (const auto& [signal, action] : traps) {
    if (action.empty()) shell->traps[signal] = action;  // what is ignored stays so
  }
  for (const auto& [signal, action] : traps) {
    if (action.empty()) continue;
    auto dropping = arrange_signal(sys, shell, signal);
    co_await dropping;
  }
  co_return 0;
}

int signal_number(std::string_view text) {
  std::int64_t number = 0;
  if (parse_decimal(text, number))
    return number >= 0 && number <= 64 ? static_cast<int>(number) : -1;
  if (text == "EXIT") return 0;
  const std::string name = starts_with(text, "SIG") ? std::string(text) : "SIG" + std::string(text);
  const int signal = abi::signal_of(name);
  return signal > 0 ? signal : -1;
}

std::string signal_short_name(int signal) {
  if (signal == 0) return "EXIT";
  const std::string name(abi::signal_name(signal));
  return starts_with(name, "SIG") ? name.substr(3) : name;
}

namespace {

Co<int> list_traps(Sys sys, Shell* shell) {
  for (const auto& [signal, action] : shell->traps) {
    const std::string text =
        "trap -- " + quoted_always(action) + " " + signal_short_name(signal) + "\n";
    auto writing = say(sys, shell, text);
    co_await writing;
  }
  co_return 0;
}

}  // namespace

Co<int> builtin_trap(Sys sys, Shell* shell, std::vector<std::string> words) {
  if (words.size() > 1 && words[1] == "--") words.erase(words.begin() + 1);
  if (words.size() < 2) {
    auto listing = list_traps(sys, shell);
    co_return co_await listing;
  }
  // A single word, or a number first: these signals are as they were.
  std::int64_t number = 0;
  const bool resets = words.size() == 2 || parse_decimal(words[1], number) || words[1] == "-";
  const std::size_t first = words.size() == 2 || parse_decimal(words[1], number) ? 1 : 2;
  int status = 0;
  for (std::size_t i = first; i < words.size(); ++i) {
    const int signal = signal_number(words[i]);
    if (signal < 0) {
      auto telling = complain(sys, shell, words[i] + ": invalid signal specification");
      co_await telling;
      status = 1;
      continue;
    }
    const bool had = shell->traps.count(signal) != 0;
    if (resets)
      shell->traps.erase(signal);
    else
      shell->traps[signal] = words[1];
    if (resets && !had) continue;
    auto arranging = arrange_signal(sys, shell, signal);
    co_await arranging;
  }
  co_return status;
}

}  // namespace cutaway::sim::sh
