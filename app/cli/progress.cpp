#include "app/cli/progress.h"

#include <signal.h>
#include <unistd.h>

#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kTenth = 10;  // percent

volatile sig_atomic_t came = 0;
void note(int) { came = 1; }

}  // namespace

std::string number(std::size_t n) { return decimal(static_cast<std::int64_t>(n)); }

Progress::Progress(std::string what, std::string each)
    : what_(std::move(what)), each_(std::move(each)), terminal_(::isatty(2) == 1) {}

Progress::~Progress() {
  if (terminal_ && told_ > 0) os::write_err("\r\033[K");
}

void Progress::tell(std::size_t done, std::size_t all) {
  const std::size_t percent = done * 100 / all;
  if (percent < told_ + (terminal_ ? 1 : kTenth) && done != all) return;
  if (percent == told_) return;
  told_ = terminal_ ? percent : percent - percent % kTenth;
  const std::string words =
      what_ + ": " + number(told_) + " %, " + each_ + " " + number(done) + " of " + number(all);
  os::write_err(terminal_ ? "\r\033[K" + words : words + "\n");
}

void note_interrupts() {
  struct sigaction action {};
  action.sa_handler = note;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return came != 0; }

}  // namespace cutaway::app
