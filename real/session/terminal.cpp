#include "real/session/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr int kTerminalPatienceMs = 5000;

}  // namespace

Status Terminal::open_ends() {
  master_ = Fd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
  if (!master_) return os_fail("open", "/dev/ptmx", errno);
  if (::unlockpt(master_.get()) != 0) return os_fail("unlockpt", "/dev/ptmx", errno);
  // By the master, not by a name that somebody could have put elsewhere (ioctl_tty(2)).
  slave_ = Fd(::ioctl(master_.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!slave_) return os_fail("TIOCGPTPEER", "/dev/ptmx", errno);
  const winsize size{kRows, kColumns, 0, 0};
  ::ioctl(master_.get(), TIOCSWINSZ, &size);
  stop_ = Fd(::eventfd(0, EFD_CLOEXEC));
  return stop_ ? Status{} : Status(os_fail("eventfd", "", errno));
}

Result<std::unique_ptr<Terminal>> Terminal::open(Shown shown) {
  std::unique_ptr<Terminal> made(new Terminal(std::move(shown)));
  TRY(made->open_ends());
  TRY_ASSIGN(SignalPipe signals, SignalPipe::make());
  made->signals_ = std::make_shared<const SignalPipe>(std::move(signals));
  TRY_ASSIGN(SessionLeader leader, SessionLeader::start(made->slave_.get(), *made->signals_));
  made->leader_ = std::make_unique<SessionLeader>(std::move(leader));
  const NoSignals none;
  made->reader_ = std::thread([terminal = made.get()] { terminal->read_on(); });
  return made;
}

Terminal::~Terminal() {
  leader_.reset();
  if (!reader_.joinable()) return;
  const std::uint64_t one = 1;
  static_cast<void>(!::write(stop_.get(), &one, sizeof one));
  reader_.join();
}

Status Terminal::type(std::string_view keys) {
  while (!keys.empty()) {
    const ssize_t put = ::write(master_.get(), keys.data(), keys.size());
    if (put > 0) keys.remove_prefix(static_cast<std::size_t>(put));
    if (put >= 0 || errno == EINTR) continue;
    if (errno != EAGAIN) return os_fail("type at", "a terminal", errno);
    pollfd poller{master_.get(), POLLOUT, 0};
    if (::poll(&poller, 1, kTerminalPatienceMs) == 0)
      return fail(ErrorCode::Failed, "nobody reads what was typed before");
  }
  return {};
}

Terminal::Turn Terminal::next_turn() {
  Turn turn;
  turn.before = last_turn_;
  last_turn_ = turn.mine.get_future().share();
  return turn;
}

void Terminal::begin(Client& client) {
  while (take_signal(signals_->read.get()) != 0) {
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  in_front_ = &client;
}

// A read of the master brings what was written to the slave before (n_tty_read flushes).
void Terminal::end() {
  while (show()) {
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  in_front_ = nullptr;
}

// False: there is nothing to show.
bool Terminal::show() {
  std::array<char, 4096> buffer{};
  const std::lock_guard<std::mutex> lock(mutex_);
  const ssize_t got = ::read(master_.get(), buffer.data(), buffer.size());
  if (got <= 0) return false;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
  if (in_front_ != nullptr) in_front_->prints(1, bytes);
  shown_(bytes);
  return true;
}

void Terminal::read_on() {
  while (true) {
    std::array<pollfd, 2> fds = {pollfd{master_.get(), POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    if (fds[1].revents != 0) return;
    show();
  }
}

}  // namespace cutaway::real
