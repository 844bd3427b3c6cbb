#include "real/runtime/launch.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr int kFirstFreeFd = 16;  ///< above all descriptors that the shim is given

// The helper's bytes in memory, sealed: nobody can change them any more (memfd_create(2)).
Result<Fd> sealed_copy(const std::string& path) {
  TRY_ASSIGN(const std::string bytes, read_text(path));
  Fd copy(::memfd_create("cutaway-runtime", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!copy) return os_fail("memfd_create", path, errno);
  TRY(write_all(copy.get(), bytes, path));
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (::fcntl(copy.get(), F_ADD_SEALS, kSeals) != 0) return os_fail("seal", path, errno);
  return copy;
}

/// All that the child needs, made before the fork: there it only makes system calls.
struct Child {
  std::array<int, 6> fds{};  ///< what becomes 0 … 5; −1: closed
  int program = -1;
  int wait_for_byte = -1;
  std::array<char*, 5> argv{};
};

// Moves a descriptor out of the way of those that it might become.
int above(int fd) { return fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kFirstFreeFd); }

void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become_shim(const Child& child) {
  char byte = 0;
  if (child.wait_for_byte >= 0 && ::read(child.wait_for_byte, &byte, 1) != 1) ::_exit(127);
  ::setsid();
  reset_signals();
  std::array<int, 6> moved{};
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = above(child.fds[i]);
  const int program = above(child.program);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const int to = static_cast<int>(i);
    if (moved[i] < 0)
      ::close(to);
    else
      ::dup2(moved[i], to);
  }
  ::syscall(SYS_close_range, child.fds.size(), ~0U, 4U);  // CLOSE_RANGE_CLOEXEC
  ::umask(022);
  if (::chdir("/") != 0) ::_exit(127);
  char* env[] = {nullptr};
  ::syscall(SYS_execveat, program, "", child.argv.data(), env, AT_EMPTY_PATH);
  ::_exit(127);
}

}  // namespace

std::string helper_path(const std::string& name) {
  if (const char* folder = std::getenv("CUTAWAY_HELPERS")) return std::string(folder) + "/" + name;
  std::array<char, 4096> self{};
  const ssize_t size = ::readlink("/proc/self/exe", self.data(), self.size() - 1);
  const std::string path(self.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return path.substr(0, path.rfind('/') + 1) + name;
}

Result<int> start_shim(const ShimLaunch& launch) {
  TRY_ASSIGN(const Fd program, sealed_copy(helper_path("cutaway-runtime")));
  std::string words[] = {"cutaway-" + launch.mode, launch.mode, launch.bundle, "traced"};
  Child child;
  child.fds = {launch.in, launch.out, launch.err, launch.control, launch.step_page, launch.console};
  child.program = program.get();
  child.wait_for_byte = launch.wait_for_byte;
  const std::size_t count = launch.step_page >= 0 ? 4 : 3;
  for (std::size_t i = 0; i < count; ++i) child.argv[i] = words[i].data();
  const pid_t pid = ::fork();
  if (pid < 0) return os_fail("fork", "", errno);
  if (pid == 0) become_shim(child);
  return pid;
}

Result<SharedStepPage> SharedStepPage::make() {
  constexpr std::size_t kPage = 4096;
  Fd fd(::memfd_create("cutaway-steps", MFD_CLOEXEC));
  if (!fd || ::ftruncate(fd.get(), kPage) != 0) return os_fail("memfd_create", "", errno);
  void* page = ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (page == MAP_FAILED) return os_fail("mmap", "", errno);
  return SharedStepPage(std::move(fd), static_cast<StepPage*>(page));
}
SharedStepPage::SharedStepPage(SharedStepPage&& other) noexcept
    : fd_(std::move(other.fd_)), page_(std::exchange(other.page_, nullptr)) {}
SharedStepPage& SharedStepPage::operator=(SharedStepPage&& other) noexcept {
  fd_ = std::move(other.fd_);
  std::swap(page_, other.page_);
  return *this;
}
SharedStepPage::~SharedStepPage() {
  if (page_ != nullptr) ::munmap(page_, 4096);
}

}  // namespace cutaway::real
