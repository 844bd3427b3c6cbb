#include "real/litmus/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/text.h"
#include "real/litmus/calls_inside.h"
#include "real/litmus/files_inside.h"
#include "real/litmus/filter.h"
#include "real/sys/files.h"
#include "real/sys/signals.h"
#include "spec/litmus_call.h"

namespace cutaway::real {

namespace {

using abi::Sys;

constexpr int kSandboxPatienceMs = 5000;
/// Where the new root is put together, in the copy of this machine's mounts that the sandbox begins
/// with: a folder that is everywhere.
constexpr const char* kPlace = "/sys";

/// Each by a bind mount of its own: mknod of a device is root's alone (user_namespaces(7)), and
/// more than these there is not to be had.
constexpr const char* kDevices[] = {"null", "zero", "full", "random", "urandom"};

void add_devices(CallsInside& inside) {
  const std::string folder = std::string(kPlace) + "/dev";
  inside.then(Sys::mkdir, {folder, 0755});
  for (const char* name : kDevices) {
    const std::string real = std::string("/dev/") + name, here = folder + "/" + name;
    inside.then(Sys::mknod, {here, S_IFREG | 0644, 0});
    inside.then(Sys::mount, {real, here, 0, abi::ms::kBind, 0});
  }
}

/// CONTRACT §5, "Start", tier R. The guest of ./test vm has v2; needs.cpp has refused other wishes.
void add_machine(CallsInside& inside) {
  constexpr std::uint64_t kQuiet = abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec;
  const std::string dev = std::string(kPlace) + "/dev", sys = std::string(kPlace) + "/sys";
  inside.then(Sys::mkdir, {dev, 0755});
  inside.then(Sys::mount, {"udev", dev, "devtmpfs", abi::ms::kNosuid, 0});
  inside.then(Sys::mkdir, {sys, 0755});
  inside.then(Sys::mount, {"sysfs", sys, "sysfs", kQuiet, 0});
  inside.then(Sys::mount, {"cgroup2", sys + "/fs/cgroup", "cgroup2", kQuiet, "nsdelegate"});
}

/// The mount tree is a copy of ours, whose mounts are locked together (mount_namespaces(7)): they
/// cannot be taken apart, but left as a whole. A new /proc needs one that is there and not covered.
void make_sandbox_root(CallsInside& inside, bool tier_r) {
  constexpr std::uint64_t kQuiet = abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec;
  const std::string proc = std::string(kPlace) + "/proc";
  inside.then(Sys::mount, {"none", "/", 0, abi::ms::kRec | abi::ms::kPrivate, 0});
  inside.then(Sys::mount, {"tmpfs", kPlace, "tmpfs", 0, "mode=755,size=32m,nr_inodes=4096"});
  inside.then(Sys::mkdir, {proc, 0755});
  inside.then(Sys::mount, {"proc", proc, "proc", kQuiet, 0});
  if (tier_r)
    add_machine(inside);
  else
    add_devices(inside);
  inside.then(Sys::chdir, {kPlace});
  inside.then(Sys::pivot_root, {".", "."});
  inside.then(Sys::umount2, {".", abi::mnt::kDetach});
  inside.then(Sys::chdir, {"/"});
}

/// A crash writes no file, and starts no helper of this machine: where core_pattern is a pipe, only
/// a limit of 1 is one (core(5); fs/coredump.c).
std::uint64_t core_limit() {
  const auto pattern = read_text("/proc/sys/kernel/core_pattern");
  return pattern && starts_with(*pattern, "|") ? 1 : 0;
}

void set_limits(CallsInside& inside) {
  struct Row {
    int resource;
    std::uint64_t limit;
  };
  const Row rows[] = {{RLIMIT_CORE, core_limit()}, {RLIMIT_NOFILE, 1024},
                      {RLIMIT_FSIZE, 64 << 20},    {RLIMIT_MEMLOCK, 8 << 20},
                      {RLIMIT_MSGQUEUE, 819200},   {RLIMIT_SIGPENDING, 1024},
                      {RLIMIT_RTPRIO, 0}};
  for (const Row& row : rows) {
    rlimit own{};  // a limit that is lower already stays
    ::getrlimit(static_cast<__rlimit_resource>(row.resource), &own);
    const std::uint64_t limit = std::min<std::uint64_t>(row.limit, own.rlim_max);
    const std::uint64_t both[2] = {limit, limit};
    const std::string_view bytes(reinterpret_cast<const char*>(both), sizeof both);
    inside.then(Sys::setrlimit, {row.resource, bytes});
  }
}

}  // namespace

Status LitmusSandbox::pid_one(const std::string& line) {
  std::int64_t pid = 0;
  if (!starts_with(line, "pid ") || !parse_decimal(line.substr(4), pid))
    return fail(ErrorCode::Cannot, "make a sandbox for litmus programs here: " + line);
  pid_ = static_cast<pid_t>(pid);
  // Until its end is told the launcher has not waited for it: the number is its own.
  process_ = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (!process_) return os_fail("pidfd_open", decimal(pid), errno);
  return {};
}

Status LitmusSandbox::begin(bool tier_r) {
  // The same for all programs, and a few milliseconds' work.
  static const Result<std::string> made = litmus_filter(spec::litmus_vocabulary());
  if (!made) return fail(made.error());
  const std::string& filter = *made;
  if (filter.size() > kLitmusRoomBytes) return os_fail("seccomp filter", "", E2BIG);
  LitmusArea& area = launcher_.area();
  std::memcpy(area.slots[0].room, filter.data(), filter.size());
  area.filter_length = static_cast<std::uint32_t>(filter.size() / 8);  // struct sock_filter
  TRY(launcher_.say(tier_r ? "machine" : "new"));
  TRY_ASSIGN(const std::string born, launcher_.hear(kSandboxPatienceMs));
  TRY(pid_one(born));
  TRY_ASSIGN(const std::string listens, launcher_.hear(kSandboxPatienceMs));
  std::int64_t number = 0;
  if (!starts_with(listens, "listener ") || !parse_decimal(listens.substr(9), number)) {
    over_ = starts_with(listens, "ended");
    return fail(ErrorCode::Cannot, "make a sandbox for litmus programs here: pid 1 " + listens);
  }
  Fd listener(static_cast<int>(::syscall(SYS_pidfd_getfd, process_.get(), number, 0)));
  if (!listener) return os_fail("pidfd_getfd", "the seccomp listener", errno);
  tasks_ = std::make_unique<LitmusTasks>(area, launcher_.area_fd(), std::move(listener));
  while (!tasks_->idle(0)) {
    if (!tasks_->listen(std::int64_t{kSandboxPatienceMs} * 1'000'000))
      return fail(ErrorCode::Failed, "litmus sandbox: pid 1 does not begin");
  }
  return {};
}

/// CONTRACT §5, "Start".
Status LitmusSandbox::set_up(const spec::Litmus& litmus) {
  CallsInside one(area(), *tasks_, 0);
  one.then(Sys::close_range, {0, ~0U, 0});
  make_sandbox_root(one, litmus.tier_r);
  one.then(Sys::open, {"/dev/null", O_RDWR, 0});
  one.then(Sys::dup, {0});
  one.then(Sys::dup, {0});
  TRY(put_files(one, litmus.files));
  TRY(note_programs(litmus));
  set_limits(one);
  one.then(Sys::sethostname, {"lab", 3});  // as the simulated machine is called
  one.then(Sys::umask, {022});
  TRY(one.spawn(kFirstSlot, SIGCHLD));
  one.reap();
  CallsInside first(area(), *tasks_, kFirstSlot);
  first.then(Sys::setsid, {});
  first.then(Sys::prctl, {PR_SET_NAME, "litmus", 0, 0, 0});
  return first.run();
}

Status LitmusSandbox::note_programs(const spec::Litmus& litmus) {
  const std::string folder = "/proc/" + decimal(pid_) + "/root";
  TRY_ASSIGN(const Fd root, open_file(folder, O_PATH | O_DIRECTORY));
  for (const auto& [path, file] : litmus.files) {
    if (file.kind != spec::FileSpec::Kind::Litmus) continue;
    // The document's links lead nowhere but into its own root.
    TRY_ASSIGN(const Fd there, open_in_root(root.get(), path, O_PATH));
    struct stat status {};
    if (::fstat(there.get(), &status) != 0) return os_fail("stat", path, errno);
    programs_[status.st_ino] = &file.litmus;
  }
  return {};
}

const spec::LitmusProgram* LitmusSandbox::program_of(pid_t pid) const {
  struct stat status {};
  if (::stat(("/proc/" + decimal(pid) + "/exe").c_str(), &status) != 0) return nullptr;
  const auto found = programs_.find(status.st_ino);
  return found == programs_.end() ? nullptr : found->second;
}

Result<std::unique_ptr<LitmusSandbox>> LitmusSandbox::make(LitmusLauncher& launcher,
                                                           const spec::Litmus& litmus) {
  TRY(launcher.cage().limit(litmus));
  TRY(launcher.clear_area());
  std::unique_ptr<LitmusSandbox> made(new LitmusSandbox(launcher));
  TRY(made->begin(litmus.tier_r));
  TRY(made->set_up(litmus));
  return made;
}

void LitmusSandbox::end() {
  if (over_ || !process_) return;
  over_ = true;
  send_signal_through(process_, pid_, SIGKILL);
  pollfd gone{process_.get(), POLLIN, 0};
  ::poll(&gone, 1, kSandboxPatienceMs);
  // The launcher says so when it has taken the status; then it makes the next one.
  static_cast<void>(launcher_.hear(kSandboxPatienceMs));
}

LitmusSandbox::~LitmusSandbox() { end(); }

}  // namespace cutaway::real
