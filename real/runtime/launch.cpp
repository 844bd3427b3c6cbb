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

constexpr int kFirstFreeFd = 110;  ///< above all descriptors that the shim is given

/// All that the child needs, made before the fork: there it only makes system calls.
struct Child {
  std::array<int, 6> fds{};  ///< what becomes 0 … 3, the step page, the console; −1: closed
  int program = -1;
  int wait_for_byte = -1, not_inherited = -1;
  int stands = -1;  ///< told a byte: nothing more happens before `wait_for_byte`
  std::array<char*, 5> argv{};
};

// Moves a descriptor out of the way of those that it might become.
int above(int fd) { return fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kFirstFreeFd); }

// Handlers end with execve; what is ignored stays ignored (signal(7)).
void reset_signals() {
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM}) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void close_on_exec(unsigned from, unsigned to) {
  ::syscall(SYS_close_range, from, to, 4U);  // CLOSE_RANGE_CLOEXEC
}

[[noreturn]] void become_shim(const Child& child) {
  constexpr std::array<int, 6> kPlaces = {0, 1, 2, kControlFd, kStepPageFd, kConsoleFd};
  char byte = 0;
  // Held open here it would hide that the engine has died.
  if (child.not_inherited >= 0) ::close(child.not_inherited);
  (void)!::write(child.stands, &byte, 1);
  if (child.wait_for_byte >= 0 && ::read(child.wait_for_byte, &byte, 1) != 1) ::_exit(127);
  ::setsid();
  reset_signals();
  std::array<int, kPlaces.size()> moved{};
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = above(child.fds[i]);
  const int program = above(child.program);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (moved[i] >= 0) ::dup2(moved[i], kPlaces[i]);
  }
  close_on_exec(kControlFd + 1, kStepPageFd - 1);
  close_on_exec(kConsoleFd + 1, ~0U);
  if (child.fds[4] < 0) close_on_exec(kStepPageFd, kStepPageFd);
  if (child.fds[5] < 0) close_on_exec(kConsoleFd, kConsoleFd);
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

Result<Fd> sealed_helper(const std::string& name) {
  const std::string path = helper_path(name);
  TRY_ASSIGN(const std::string bytes, read_text(path));
  Fd copy(::memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!copy) return os_fail("memfd_create", path, errno);
  TRY(write_all(copy.get(), bytes, path));
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (::fcntl(copy.get(), F_ADD_SEALS, kSeals) != 0) return os_fail("seal", path, errno);
  return copy;
}

Result<int> start_shim(const ShimLaunch& launch) {
  TRY_ASSIGN(const Fd program, sealed_helper("cutaway-runtime"));
  std::string words[] = {"cutaway-" + launch.mode, launch.mode, launch.bundle, "traced"};
  Child child;
  child.fds = {launch.in, launch.out, launch.err, launch.control, launch.step_page, launch.console};
  child.program = program.get();
  child.wait_for_byte = launch.wait_for_byte;
  child.not_inherited = launch.not_inherited;
  const std::size_t count = launch.step_page >= 0 ? 4 : 3;
  for (std::size_t i = 0; i < count; ++i) child.argv[i] = words[i].data();
  TRY_ASSIGN(Pipe stands, make_pipe());
  child.stands = stands.write.get();
  const pid_t pid = ::fork();
  if (pid < 0) return os_fail("fork", "", errno);
  if (pid == 0) become_shim(child);
  // An observer reads its descriptors before it traces it: they have to stand still by then. A
  // byte, not an end of file: another thread's child may have inherited the pipe.
  stands.write.reset();
  char byte = 0;
  while (::read(stands.read.get(), &byte, 1) < 0 && errno == EINTR) {
  }
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
