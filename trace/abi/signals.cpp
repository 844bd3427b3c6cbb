// Names of signals (signal(7)). Real-time signals count from glibc's SIGRTMIN, 34: the C library
// keeps 32 and 33 for itself, so these two have no name. docker and `kill -l` name them the same
// way.
#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::abi {

namespace {

constexpr int kRtMin = 34, kRtMiddle = 49, kRtMax = 64;

constexpr std::string_view kSignalNames[] = {
    "",          "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",   "SIGTRAP", "SIGABRT", "SIGBUS",
    "SIGFPE",    "SIGKILL", "SIGUSR1",   "SIGSEGV", "SIGUSR2",  "SIGPIPE", "SIGALRM", "SIGTERM",
    "SIGSTKFLT", "SIGCHLD", "SIGCONT",   "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU", "SIGURG",
    "SIGXCPU",   "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",   "SIGPWR",  "SIGSYS"};
constexpr int kNamed = 32;

constexpr Flag kSignalAliases[] = {{6, "SIGIOT"}, {17, "SIGCLD"}, {29, "SIGPOLL"}};

/// The number after `prefix`, or −1.
int number_after(std::string_view name, std::string_view prefix) {
  std::int64_t number = 0;
  if (!starts_with(name, prefix)) return -1;
  const std::string_view digits = name.substr(prefix.size());
  const bool plain = digits.size() <= 2 && digits.find('-') == std::string_view::npos;
  return plain && parse_decimal(digits, number) ? static_cast<int>(number) : -1;
}

int real_time_signal_of(std::string_view name) {
  if (name == "SIGRTMIN") return kRtMin;
  if (name == "SIGRTMAX") return kRtMax;
  const int up = number_after(name, "SIGRTMIN+");
  const int down = number_after(name, "SIGRTMAX-");
  if (up >= 0 && kRtMin + up <= kRtMax) return kRtMin + up;
  if (down >= 0 && kRtMax - down >= kRtMin) return kRtMax - down;
  return 0;
}

}  // namespace

std::string signal_name(int signal) {
  if (signal > 0 && signal < kNamed) return std::string(kSignalNames[signal]);
  if (signal == kRtMin) return "SIGRTMIN";
  if (signal == kRtMax) return "SIGRTMAX";
  if (signal > kRtMin && signal <= kRtMiddle) return "SIGRTMIN+" + decimal(signal - kRtMin);
  if (signal > kRtMiddle && signal < kRtMax) return "SIGRTMAX-" + decimal(kRtMax - signal);
  return "SIG" + decimal(signal);
}

int signal_of(std::string_view name) {
  for (int signal = 1; signal < kNamed; ++signal) {
    if (kSignalNames[signal] == name) return signal;
  }
  for (const Flag& alias : kSignalAliases) {
    if (alias.name == name) return static_cast<int>(alias.value);
  }
  if (const int signal = real_time_signal_of(name); signal != 0) return signal;
  const int number = number_after(name, "SIG");
  return number > 0 && number <= kRtMax ? number : 0;
}

}  // namespace cutaway::abi
