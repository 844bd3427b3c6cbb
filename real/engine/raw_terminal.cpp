#include "real/engine/raw_terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace cutaway::real {

namespace {
constexpr winsize kFirstSize{24, 80, 0, 0};
}

void set_first_size(int master) { ::ioctl(master, TIOCSWINSZ, &kFirstSize); }

RawTerminal::RawTerminal(int fd) {
  if (fd < 0 || ::tcgetattr(fd, &before_) != 0) return;
  fd_ = fd;
  termios raw = before_;
  ::cfmakeraw(&raw);
  ::tcsetattr(fd_, TCSANOW, &raw);
}

RawTerminal::~RawTerminal() {
  if (fd_ >= 0) ::tcsetattr(fd_, TCSANOW, &before_);
}

void RawTerminal::copy_size(int master) const {
  winsize size = kFirstSize;
  if (fd_ >= 0) ::ioctl(fd_, TIOCGWINSZ, &size);
  ::ioctl(master, TIOCSWINSZ, &size);
}

}  // namespace cutaway::real
