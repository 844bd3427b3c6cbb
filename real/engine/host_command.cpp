#include "real/engine/host_command.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "real/sys/fd.h"
#include "real/sys/files.h"
#include "real/sys/process_tree.h"
#include "real/sys/signal_pipe.h"

namespace cutaway::real {

namespace {

[[noreturn]] void become_host_shell(const char* line, int in, int out, int err) {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);  // a thread of ours may take none (NoSignals)
  if (in < 0) in = ::open("/dev/null", O_RDONLY);
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(err, 2);
  ::execl("/bin/sh", "sh", "-c", line, nullptr);
  ::_exit(127);
}

// False at the end of the output.
bool copy(int from, int channel, const Streams& streams) {
  std::array<char, 32768> buffer{};
  const ssize_t got = ::read(from, buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;
  streams.write(channel, {buffer.data(), static_cast<std::size_t>(got)});
  return true;
}

// To the end of both; but what it has started may hold them open when it is killed itself.
void copy_all(pid_t pid, Fd& out, Fd& err, const Streams& streams) {
  while (out || err) {
    std::array<pollfd, 3> fds = {pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0},
                                 pollfd{streams.signals, POLLIN, 0}};
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    if (fds[0].revents != 0 && !copy(out.get(), 1, streams)) out.reset();
    if (fds[1].revents != 0 && !copy(err.get(), 2, streams)) err.reset();
    if (fds[2].revents == 0) continue;
    const int signal = take_signal(streams.signals);
    if (signal == SIGKILL) return kill_with_descendants(pid);
    ::kill(pid, signal);  // our own child, which nobody has reaped yet
  }
}

}  // namespace

Result<int> run_host_command(const std::string& line, const Streams& streams) {
  TRY_ASSIGN(Pipe out, make_pipe());
  TRY_ASSIGN(Pipe err, make_pipe());
  const pid_t pid = ::fork();
  if (pid < 0) return os_fail("fork", "", errno);
  if (pid == 0) become_host_shell(line.c_str(), streams.in, out.write.get(), err.write.get());
  out.write.reset();
  err.write.reset();
  copy_all(pid, out.read, err.read, streams);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace cutaway::real
