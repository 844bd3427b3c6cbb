#include "real/session/session_leader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::size_t kLineMax = 32768;

// ---- The process itself: a fork of a process with threads, so it only makes system calls and
// allocates nothing (fork(2)).

constexpr std::array<int, 6> kTold = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGTSTP};
constexpr int kSocket = 3, kSignals = 4, kFirstOther = 5;

struct Leader {
  int child_signals = -1;  ///< signalfd(2)
  pid_t child = 0;         ///< of the command line that runs; 0: none
};

// Its descriptors at the places above, and no others: a pipe of ours that is open here would never
// end.
void take_places(int terminal, int socket, int signals) {
  constexpr int kAway = 100;
  const int from[] = {::fcntl(terminal, F_DUPFD, kAway), ::fcntl(socket, F_DUPFD, kAway),
                      ::fcntl(signals, F_DUPFD, kAway)};
  for (int fd = 0; fd < 3; ++fd) ::dup2(from[0], fd);
  ::dup2(from[1], kSocket);
  ::dup2(from[2], kSignals);
  ::syscall(SYS_close_range, static_cast<unsigned>(kFirstOther), ~0U, 0U);
}

[[noreturn]] void become_shell(const char* line) {
  for (const int signal : kTold) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::syscall(SYS_close_range, static_cast<unsigned>(kSocket), ~0U, 0U);
  ::execl("/bin/sh", "sh", "-c", line, nullptr);
  ::_exit(127);
}

// A line to run; at its end (our process is gone) nothing is left to lead.
void take_line(Leader& leader) {
  static char line[kLineMax + 1];
  const ssize_t got = ::read(kSocket, line, kLineMax);
  if (got < 0 && errno == EINTR) return;
  if (got <= 0) {
    if (leader.child > 0) ::kill(leader.child, SIGKILL);
    ::_exit(0);
  }
  line[got] = '\0';
  leader.child = ::fork();
  if (leader.child == 0) become_shell(line);
}

void tell_child_end(Leader& leader) {
  int status = 0;
  pid_t ended = 0;
  while ((ended = ::waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != leader.child) continue;
    leader.child = 0;
    if (::write(kSocket, &status, sizeof status) != sizeof status) ::_exit(0);
  }
}

void take_own_signal(Leader& leader) {
  signalfd_siginfo info{};
  if (::read(leader.child_signals, &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo == SIGCHLD) {
    tell_child_end(leader);
    return;
  }
  const auto number = static_cast<std::uint8_t>(info.ssi_signo);
  static_cast<void>(!::write(kSignals, &number, 1));
}

[[noreturn]] void lead(int terminal, int socket, int signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : kTold) sigaddset(&set, signal);
  sigaddset(&set, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &set, nullptr);
  take_places(terminal, socket, signals);
  ::setsid();
  ::ioctl(0, TIOCSCTTY, 0);
  Leader leader;
  leader.child_signals = ::signalfd(-1, &set, SFD_CLOEXEC);
  // From here on what is typed comes to us; a Ctrl-C at a terminal that nobody leads is lost
  // (tty_ioctl(4), TIOCSCTTY).
  if (::write(kSocket, "", 1) != 1) ::_exit(0);
  while (true) {
    pollfd fds[] = {{kSocket, POLLIN, 0}, {leader.child_signals, POLLIN, 0}};
    if (::poll(fds, 2, -1) < 0) continue;
    if (fds[1].revents != 0) take_own_signal(leader);
    if (fds[0].revents != 0) take_line(leader);
  }
}

}  // namespace

Result<SessionLeader> SessionLeader::start(int terminal, const SignalPipe& signals) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return os_fail("socketpair", "", errno);
  Fd ours(ends[0]);
  Fd its(ends[1]);
  const pid_t pid = ::fork();
  if (pid < 0) return os_fail("fork", "", errno);
  if (pid == 0) lead(terminal, its.get(), signals.write.get());
  its.reset();
  char leads = 0;
  while (::read(ours.get(), &leads, 1) < 0 && errno == EINTR) {
  }
  return SessionLeader(std::move(ours), pid);
}

SessionLeader::~SessionLeader() {
  if (!socket_) return;
  socket_.reset();
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<int> SessionLeader::run(const std::string& line, int signals) {
  if (line.empty()) return 0;  // to it, nothing is our end
  if (line.size() > kLineMax)
    return fail(ErrorCode::Failed, "a command line at a terminal has 32768 bytes at most");
  if (::send(socket_.get(), line.data(), line.size(), MSG_NOSIGNAL) < 0)
    return os_fail("start", line, errno);
  while (true) {
    std::array<pollfd, 2> fds = {pollfd{socket_.get(), POLLIN, 0}, pollfd{signals, POLLIN, 0}};
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    if (fds[1].revents != 0 && take_signal(signals) == SIGKILL) return 128 + SIGKILL;
    if (fds[0].revents == 0) continue;
    int status = 0;
    if (::read(socket_.get(), &status, sizeof status) != sizeof status)
      return os_fail("wait for", line, ECHILD);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
}

}  // namespace cutaway::real
