// kill: sends signals.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"

namespace cutaway::sim {

namespace {

/// "TERM", "SIGTERM", "15": its number, 0 for none.
int named_signal(const std::string& name) {
  std::int64_t number = 0;
  if (parse_decimal(name, number)) return number > 0 && number <= 64 ? static_cast<int>(number) : 0;
  const int signal = abi::signal_of(starts_with(name, "SIG") ? name : "SIG" + name);
  return signal > 0 ? signal : 0;
}
std::string short_name(int signal) {
  const std::string name(abi::signal_name(signal));
  return starts_with(name, "SIG") ? name.substr(3) : name;
}

struct KillWords {
  int signal = abi::sig::kTerm;
  std::size_t first = 1;
  std::string wrong;
};

KillWords kill_words(const std::vector<std::string>& words) {
  KillWords kill;
  if (words.size() < 2 || words[1].size() < 2 || words[1][0] != '-') return kill;
  std::string name = words[1].substr(1);
  kill.first = 2;
  if (name == "-") return kill;
  if (name == "s" && words.size() > 2) name = words[kill.first++];
  kill.signal = named_signal(name);
  if (kill.signal == 0 && name != "0") kill.wrong = "bad signal name '" + name + "'";
  return kill;
}

}  // namespace

bool lists_signals(const std::vector<std::string>& words, std::string* text) {
  if (words.size() < 2 || words[1] != "-l") return false;
  for (int signal = 1; words.size() == 2 && signal < 32; ++signal) {
    const std::string number = decimal(signal);
    *text += (number.size() < 2 ? " " : "") + number + ") " + short_name(signal) + "\n";
  }
  for (std::size_t i = 2; i < words.size(); ++i) {
    std::int64_t number = 0;
    // An exit status counts as the signal behind it.
    if (parse_decimal(words[i], number))
      *text += short_name(static_cast<int>(number & 0x7f)) + "\n";
    else
      *text += decimal(named_signal(words[i])) + "\n";
  }
  return true;
}

Co<int> kill_command(Sys sys, std::string name, std::vector<std::string> words) {
  const KillWords kill = kill_words(words);
  std::string wrong = kill.wrong;
  if (wrong.empty() && kill.first >= words.size()) wrong = "you need to specify whom to kill";
  if (!wrong.empty()) {
    auto telling = put(sys, 2, name + ": " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  int exit = 0;
  for (std::size_t at = kill.first; at < words.size(); ++at) {
    std::int64_t pid = 0;
    // The shell puts a blank before the numbers of a job, so that a group is no signal's name.
    const std::string number = words[at].substr(starts_with(words[at], " ") ? 1 : 0);
    const bool is_number = parse_decimal(number, pid);
    std::int64_t sent = -static_cast<std::int64_t>(abi::Errno::kEINVAL);
    if (is_number) sent = co_await sys.kill(pid, kill.signal);
    if (sent >= 0) continue;
    const std::string why = is_number
                                ? "can't kill pid " + decimal(pid) + ": " +
                                      std::string(abi::errno_text(static_cast<abi::Errno>(-sent)))
                                : "invalid number '" + words[at] + "'";
    auto telling = put(sys, 2, name + ": " + why + "\n");
    co_await telling;
    exit = 1;
  }
  co_return exit;
}

Co<int> applet_kill(Sys sys, State state) {
  std::string listed;
  if (lists_signals(state.argv, &listed)) {
    auto writing = print(sys, listed);
    co_return co_await writing;
  }
  co_await sys.getpid();  // it never signals itself
  auto killing = kill_command(sys, "kill", state.argv);
  co_return co_await killing;
}

}  // namespace cutaway::sim
