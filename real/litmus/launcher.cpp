#include "real/litmus/launcher.h"

#include <fcntl.h>
#include <linux/falloc.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/text.h"
#include "real/litmus/id_range.h"
#include "real/runtime/launch.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr int kAwayFd = 110;

/// Between fork and execve: only system calls. Nothing of ours stays open but what it needs.
[[noreturn]] void become_launcher(int control, int area, int program) {
  constexpr std::array<int, 3> kPlaces = {kLitmusControlFd, kLitmusAreaFd, kLitmusProgramFd};
  std::array<int, 3> fds = {control, area, program};
  for (int& fd : fds) fd = ::fcntl(fd, F_DUPFD, kAwayFd);
  for (std::size_t i = 0; i < fds.size(); ++i) ::dup2(fds[i], kPlaces[i]);
  ::syscall(SYS_close_range, 0U, 2U, 0U);
  ::syscall(SYS_close_range, 6U, ~0U, 0U);
  ::setsid();
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const char* const argv[] = {"cutaway-litmus", "launcher", nullptr};
  const char* const env[] = {nullptr};
  ::syscall(SYS_execveat, kLitmusProgramFd, "", argv, env, AT_EMPTY_PATH);
  ::_exit(127);
}

}  // namespace

Result<std::string> executor_bytes() { return read_text(helper_path("cutaway-litmus")); }

Status LitmusLauncher::map_area() {
  area_fd_ = Fd(::memfd_create("litmus", MFD_CLOEXEC));
  if (!area_fd_ || ::ftruncate(area_fd_.get(), sizeof(LitmusArea)) != 0)
    return os_fail("memfd_create", "litmus", errno);
  void* at =
      ::mmap(nullptr, sizeof(LitmusArea), PROT_READ | PROT_WRITE, MAP_SHARED, area_fd_.get(), 0);
  if (at == MAP_FAILED) return os_fail("mmap", "litmus", errno);
  area_ = static_cast<LitmusArea*>(at);
  return {};
}

Status LitmusLauncher::clear_area() const {
  const std::uint64_t base = area_->id_base;
  constexpr int kHole = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
  if (::fallocate(area_fd_.get(), kHole, 0, sizeof(LitmusArea)) != 0)
    return os_fail("fallocate", "litmus", errno);
  area_->id_base = base;
  return {};
}

Result<std::unique_ptr<LitmusLauncher>> LitmusLauncher::start() {
  std::unique_ptr<LitmusLauncher> made(new LitmusLauncher());
  TRY(made->map_area());
  TRY_ASSIGN(made->area_->id_base, free_id_range());
  TRY_ASSIGN(const Fd program, sealed_helper("cutaway-litmus"));
  TRY_ASSIGN(made->cage_, LitmusCage::make());
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return os_fail("socketpair", "", errno);
  made->control_ = Fd(ends[0]);
  const Fd other(ends[1]);
  made->pid_ = ::fork();
  if (made->pid_ < 0) return os_fail("fork", "", errno);
  if (made->pid_ == 0) become_launcher(other.get(), made->area_fd_.get(), program.get());
  made->process_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, made->pid_, 0)));
  if (!made->process_) return os_fail("pidfd_open", decimal(made->pid_), errno);
  TRY(made->cage_->add(made->pid_));
  return made;
}

LitmusLauncher::~LitmusLauncher() {
  control_.reset();
  // A tracer may have seen its end, and taken its status.
  if (process_ && ::syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0) == 0)
    ::waitpid(pid_, nullptr, 0);
  if (area_ != nullptr) ::munmap(area_, sizeof(LitmusArea));
}

Status LitmusLauncher::say(std::string_view line) const {
  if (::send(control_.get(), line.data(), line.size(), MSG_NOSIGNAL) < 0)
    return os_fail("send", "the launcher", errno);
  return {};
}

Result<std::string> LitmusLauncher::hear(int ms) const {
  pollfd ready{control_.get(), POLLIN, 0};
  const int any = ::poll(&ready, 1, ms);
  std::array<char, 256> line{};
  const ssize_t got = any > 0 ? ::recv(control_.get(), line.data(), line.size(), 0) : 0;
  if (got <= 0) return fail(ErrorCode::Failed, "the litmus launcher does not answer");
  return std::string(trim(std::string_view(line.data(), static_cast<std::size_t>(got))));
}

}  // namespace cutaway::real
