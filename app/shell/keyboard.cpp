#include "app/shell/keyboard.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace cutaway::app {

namespace {

constexpr char kLeave = '\x1d';  // Ctrl-], as in telnet(1)
constexpr int kTickMs = 20;

/// Raw while it lives, and as it was before afterwards.
class RawTerminal {
 public:
  RawTerminal() : known_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!known_) return;
    termios raw = before_;
    ::cfmakeraw(&raw);
    raw.c_oflag |= OPOST;  // our own words end in plain newlines
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
  }
  ~RawTerminal() {
    if (known_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

 private:
  termios before_{};
  bool known_;
};

std::int64_t now_ns() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

Status lend_keyboard(ShellSession& session) {
  const RawTerminal raw;
  std::int64_t before = now_ns();
  while (session.keyboard_taken()) {
    pollfd ours{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&ours, 1, kTickMs);
    const std::int64_t now = now_ns();
    TRY(session.pass(now - before));
    before = now;
    if (ready <= 0) continue;
    char buffer[256];
    const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (n <= 0) return {};
    const std::string keys(buffer, static_cast<std::size_t>(n));
    const std::size_t leave = keys.find(kLeave);
    if (leave != 0) TRY(session.keys(keys.substr(0, leave)));
    if (leave != std::string::npos) return {};
  }
  return {};
}

Status take_line(ShellSession& session, const std::string& line, bool person) {
  if (session.keyboard_taken() && !person) {
    const bool leaves = !line.empty() && line[0] == kLeave;
    return leaves ? session.line(line.substr(1)) : session.keys(line + "\n");
  }
  TRY(session.line(line));
  return person && session.keyboard_taken() ? lend_keyboard(session) : Status{};
}

}  // namespace cutaway::app
